//! One request through the gateway.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use http::{Extensions, HeaderMap, Method, Request, Response, StatusCode, Uri, header, request::Parts};
use http_body::Body as _;
use hyper::body::Incoming;
use hyper_util::client::legacy::Error;
use kratos_core::gateway::{Passage, UpstreamPermit, posted_identifiers, public_path};

use super::{
    GatewayBody, GatewayEvent, GatewayEventKind, GatewayRefusal, Inner, SubmittedFlow,
    address::Found,
    body::{Erased, Upload, peek},
    headers,
    in_flight::InFlight,
    limit::Attempt,
    progress::{Progress, UploadEnd},
};

pub(super) async fn serve(
    gateway: Arc<Inner>,
    parts: Parts,
    body: Erased,
    progress: Progress,
) -> Response<GatewayBody> {
    match gateway.pass(parts, body, progress).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

/// The methods of the public API, and the one that scripts send before them.
fn passes(method: &Method) -> bool {
    let methods = [
        Method::GET,
        Method::POST,
        Method::HEAD,
        Method::DELETE,
        Method::PUT,
        Method::PATCH,
        Method::OPTIONS,
    ];
    methods.contains(method)
}

impl Inner {
    async fn pass(
        &self,
        mut parts: Parts,
        body: Erased,
        progress: Progress,
    ) -> Result<Response<GatewayBody>, GatewayRefusal> {
        self.check(&parts, &body)?;
        let path = public_path(parts.uri.path(), &self.config.mount_path, self.config.health)
            .map_err(|_| GatewayRefusal::Path)?;
        let target = self.upstream.target(path, &parts.uri).ok_or(GatewayRefusal::Malformed)?;
        let mut passage = self.upstream.passage(&parts.method, path, &parts.headers);
        let client = self.client(&parts.headers, &parts.extensions);
        let (attempt, body) = if passage.may_change_sessions() {
            // In a box, so that the future of every request is small.
            Box::pin(self.prepare(&mut passage, &parts, client, body)).await?
        } else {
            (None, body)
        };
        let permit = self.upstream.enter(&parts.method).await.map_err(unavailable)?;
        self.introduce(&mut parts.headers, client);
        let upload = Upload::new(body, self.config.body_limit, self.config.upload_timeout, progress.clone());
        let mut in_flight = InFlight::new(passage, permit, progress);
        let answer = match self.ask(request(parts, target, upload), &mut in_flight).await {
            Ok(answer) => answer,
            Err(refusal) => {
                self.report(&in_flight.unanswered(refusal.status()));
                return Err(refusal);
            }
        };
        let (head, body) = answer.into_parts();
        let (permit, signed_in) = self.settle(in_flight, head.status, &head.headers).await;
        let permit = permit.ok_or(GatewayRefusal::Unreachable)?;
        let mut response = Response::new(GatewayBody::streamed(body, self.config.timeout, permit));
        *response.status_mut() = head.status;
        *response.headers_mut() = head.headers;
        self.clean(&mut response);
        if let Some(cookie) = attempt.filter(|_| signed_in).and_then(|attempt| self.device_cookie(&attempt)) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }

    fn check(&self, parts: &Parts, body: &Erased) -> Result<(), GatewayRefusal> {
        if !passes(&parts.method) {
            return Err(GatewayRefusal::Method);
        }
        if headers::came_back(&parts.headers) {
            self.upstream.explain_loop();
            return Err(GatewayRefusal::Loop);
        }
        if headers::asks_for_upgrade(&parts.headers) {
            return Err(GatewayRefusal::Upgrade);
        }
        if headers::is_ambiguous(&parts.headers) {
            return Err(GatewayRefusal::Framing);
        }
        if body.size_hint().lower() > self.config.body_limit {
            return Err(GatewayRefusal::BodyTooLarge);
        }
        Ok(())
    }

    /// Does what has to be done before a request is sent that may change sessions: counts it, and finds the sessions that it
    /// may end.
    async fn prepare(
        &self,
        passage: &mut Passage,
        parts: &Parts,
        client: Option<IpAddr>,
        body: Erased,
    ) -> Result<(Option<Attempt>, Erased), GatewayRefusal> {
        let (attempt, mut body) = self.limited(passage, parts, client, body).await?;
        if passage.needs_body() && !body.is_end_stream() {
            let (start, whole) = peek(body, self.config.upload_timeout).await?;
            passage.read_body(&start);
            body = whole;
        }
        passage.find_sessions().await.map_err(unavailable)?;
        Ok((attempt, body))
    }

    /// Counts a submitted form against the limits, and reads its identifier if one is limited.
    async fn limited(
        &self,
        passage: &Passage,
        parts: &Parts,
        client: Option<IpAddr>,
        body: Erased,
    ) -> Result<(Option<Attempt>, Erased), GatewayRefusal> {
        let (Some(limiter), Some(flow), true) = (
            &self.config.limiter,
            passage.flow(),
            parts.method != Method::GET && parts.method != Method::HEAD,
        ) else {
            return Ok((None, body));
        };
        let limited = |retry_after| GatewayRefusal::RateLimited { retry_after };
        limiter.count_address(client).map_err(limited)?;
        let names_one =
            matches!(flow, SubmittedFlow::Login | SubmittedFlow::Recovery | SubmittedFlow::Verification);
        if !limiter.reads_identifiers() || !names_one {
            return Ok((None, body));
        }
        let (start, body) = peek(body, self.config.upload_timeout).await?;
        let kind = parts.headers.get(header::CONTENT_TYPE).map(http::HeaderValue::as_bytes);
        let identifiers = posted_identifiers(kind, &start).ok_or(GatewayRefusal::Malformed)?;
        let counted = limiter.count_identifiers(&self.upstream, &identifiers, &parts.headers);
        let attempt = counted.map_err(limited)?;
        Ok((Some(attempt).filter(|_| flow == SubmittedFlow::Login), body))
    }

    fn device_cookie(&self, attempt: &Attempt) -> Option<http::HeaderValue> {
        let url = self.upstream.gateway_url();
        attempt.cookie(&self.upstream, url.as_ref().map_or(&*self.config.mount_path, |url| url.path()))
    }

    /// The address of the client.
    fn client(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
        match self.config.address.find(headers, (self.config.peer)(extensions)) {
            Found::Address(address) => Some(address),
            Found::OnlyPeer(address) => {
                self.upstream.explain_missing_proxy();
                Some(address)
            }
            Found::Nothing => {
                self.upstream.explain_unknown_peer();
                None
            }
        }
    }

    /// Replaces what the client says of itself by what is known.
    fn introduce(&self, headers: &mut HeaderMap, client: Option<IpAddr>) {
        headers::clean_request(headers);
        headers::introduce(headers, client, self.config.origin.as_ref(), self.config.kratos.as_ref());
        if let Some(network) = &self.config.network {
            network.introduce(headers);
        }
    }

    /// Sends the request and waits for the head of the response.
    async fn ask(
        &self,
        request: Request<Upload>,
        in_flight: &mut InFlight,
    ) -> Result<Response<Incoming>, GatewayRefusal> {
        let mut limit = self.config.timeout;
        if !request.body().is_end_stream() {
            limit = limit.saturating_add(self.config.upload_timeout);
        }
        match tokio::time::timeout(limit, self.client.request(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(self.failed(&error, in_flight)),
            Err(_) => {
                in_flight.timed_out();
                Err(GatewayRefusal::TimedOut)
            }
        }
    }

    fn failed(&self, error: &Error, in_flight: &mut InFlight) -> GatewayRefusal {
        match in_flight.upload_end() {
            Some(UploadEnd::TooLarge) => return GatewayRefusal::BodyTooLarge,
            Some(UploadEnd::TooSlow) => return GatewayRefusal::BodyTooSlow,
            Some(UploadEnd::Broken) => return GatewayRefusal::BodyBroken,
            Some(UploadEnd::Sent(_)) | None => {}
        }
        self.upstream.log_failure(error);
        if error.is_connect() {
            in_flight.not_sent();
        }
        if is_timeout(error) {
            in_flight.timed_out();
            return GatewayRefusal::TimedOut;
        }
        in_flight.failed();
        GatewayRefusal::Unreachable
    }

    /// Drops what the response outdates in the cache, and reports what happened, before the client has the response. Returns
    /// whether Kratos issued a session.
    async fn settle(
        &self,
        mut in_flight: InFlight,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> (Option<UpstreamPermit>, bool) {
        let events = in_flight.answered(status, headers).await;
        self.report(&events);
        let signed_in = events.iter().any(|event| event.kind == GatewayEventKind::SignedIn);
        // No upgrade was asked for.
        (in_flight.into_permit().filter(|_| status != StatusCode::SWITCHING_PROTOCOLS), signed_in)
    }

    fn report(&self, events: &[GatewayEvent]) {
        if let Some(observe) = &self.config.observe {
            events.iter().for_each(|event| observe(event));
        }
    }

    fn clean(&self, response: &mut Response<GatewayBody>) {
        let is_redirect = response.status().is_redirection();
        let headers = response.headers_mut();
        headers::clean_response(headers);
        match &self.config.network {
            Some(network) => network.rewrite(headers),
            None if is_redirect => {
                if let Some(to) = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()) {
                    self.upstream.explain_location(to);
                }
            }
            None => {}
        }
    }
}

fn unavailable(retry_after: Duration) -> GatewayRefusal {
    GatewayRefusal::Unavailable { retry_after }
}

/// The request to Kratos. Nothing of the request but its method, target, headers and body goes on.
fn request(parts: Parts, target: Uri, body: Upload) -> Request<Upload> {
    let mut request = Request::new(body);
    *request.method_mut() = parts.method;
    *request.uri_mut() = target;
    *request.headers_mut() = parts.headers;
    request
}

/// Whether connecting took too long.
fn is_timeout(error: &Error) -> bool {
    let causes = std::iter::successors(std::error::Error::source(error), |error| error.source());
    causes
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::TimedOut)
}
