//! Sends calls to one port of one Kratos and reads the responses.

use kratos_model::__private::decode_salvaging;
use std::{borrow::Cow, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use serde::de::DeserializeOwned;
use tracing::{Instrument as _, field::Empty};

use super::{
    Era,
    call::{Body, Call, Creds, JSON},
    error::Error,
    operations::Operation,
    retry_policy::RetryPolicy,
    with_cookies::{RelayCookies, RelayRule, WithCookies},
};
use crate::{
    breaker::{CircuitBreaker, Gate},
    diagnosis::{
        Finding,
        ports::{self, Port},
        return_to,
    },
    model::SecretText,
    transport::{BaseUrl, CallSpan, Reply, Transport, TransportFailure},
};

/// The default timeout of a call. Longer than that of whoami: submits hash passwords and send mail.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The default limit for a response body. 1000 identities have about 2 MB.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Connection {
    base: BaseUrl,
    port: Port,
    /// The base URL, for errors.
    place: String,
    transport: Transport,
    key: Option<SecretText>,
    retry_policy: RetryPolicy,
    gate: Option<Gate>,
    pub(super) era: Era,
    #[cfg(test)]
    pub(super) recorder: Option<super::tests::Recorder>,
}

impl Connection {
    /// Shares the connection pool of `transport`, with the timeout and body limit of a client.
    pub(super) fn new(base: BaseUrl, port: Port, transport: Transport) -> Self {
        Self {
            port,
            place: base.join("").into(),
            base,
            transport: transport.with_timeout(TIMEOUT).with_body_limit(BODY_LIMIT),
            key: None,
            retry_policy: RetryPolicy::none(),
            gate: None,
            era: Era::default(),
            #[cfg(test)]
            recorder: None,
        }
    }

    pub(super) fn edit_transport(mut self, change: impl FnOnce(Transport) -> Transport) -> Self {
        self.transport = change(self.transport);
        self
    }

    #[cfg(feature = "system-proxy")]
    pub(super) fn try_edit_transport(
        mut self,
        change: impl FnOnce(Transport) -> Result<Transport, crate::ConfigError>,
    ) -> Result<Self, crate::ConfigError> {
        self.transport = change(self.transport)?;
        Ok(self)
    }

    pub(super) fn with_key(mut self, key: SecretText) -> Self {
        self.key = Some(key);
        self
    }

    pub(super) fn with_retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry_policy = policy;
        self
    }

    /// Sends every call behind this breaker.
    pub(super) fn with_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.gate = Some(Gate::new(breaker));
        self
    }

    /// Returns the call of an operation in this era.
    pub(super) fn call(&self, operation: Operation, values: &[&str]) -> Result<Call, Error> {
        Call::to(operation, self.era, &self.place, values)
    }

    /// Returns the call of any method and path.
    pub(super) fn raw_call(&self, method: http::Method, path: &str) -> Call {
        let name = Cow::Owned(format!("{method} {}", path.split('?').next().unwrap_or_default()));
        let what = Cow::Owned(format!("{name} at {}", self.place));
        let repeatable = method.is_safe();
        let path = path.to_owned();
        Call {
            name,
            what,
            method,
            path,
            template: None,
            query: Vec::new(),
            body: Body::None,
            credential: None,
            repeatable,
            is_https: false,
            accept: JSON,
        }
    }

    /// Sends the call. Succeeds for every status.
    pub(super) async fn send(&self, call: Call) -> Result<Reply, Error> {
        let span = tracing::debug_span!(
            target: "kratos", "kratos_call",
            operation = %call.name, method = %call.method, status = Empty, elapsed_ms = Empty, outcome = Empty,
        );
        let recorded = span.clone();
        async {
            let started = std::time::Instant::now();
            let outcome = self.send_with_retries(&call).await;
            let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
            recorded.record("elapsed_ms", elapsed_ms);
            match &outcome {
                Ok(reply) => {
                    recorded.record("status", reply.status.as_u16());
                    recorded.record("outcome", "answered");
                    tracing::debug!(target: "kratos", status = reply.status.as_u16(), elapsed_ms, "Kratos responded");
                }
                Err(error) => {
                    recorded.record("outcome", tracing::field::debug(error.kind()));
                    tracing::warn!(target: "kratos", %error, elapsed_ms, "call to Kratos failed");
                }
            }
            outcome
        }
        .instrument(span)
        .await
    }

    async fn send_with_retries(&self, call: &Call) -> Result<Reply, Error> {
        let mut retries = 0;
        loop {
            let outcome = self.send_once(call, retries).await;
            let Some(delay) = self.retry_policy.delay_after(retries, call.repeatable, &outcome) else {
                let mut reply = outcome.map_err(|failure| Error::transport(&call.what, failure))?;
                if let Body::Raw { bytes, .. } = &call.body {
                    reply.sent = Bytes::clone(bytes);
                }
                return Ok(reply);
            };
            retries += 1;
            tokio::time::sleep(delay).await;
        }
    }

    /// Sends one attempt, in a span of its own.
    async fn send_once(&self, call: &Call, resent: u32) -> Result<Reply, TransportFailure> {
        let span = CallSpan::start(&call.method, call.template, &self.base, resent);
        // Boxed: the futures of all operations contain this one.
        let outcome = Box::pin(self.attempt(call, &span)).instrument(span.span()).await;
        span.end(&outcome);
        outcome
    }

    async fn attempt(&self, call: &Call, span: &CallSpan) -> Result<Reply, TransportFailure> {
        let url = self.base.join(&call.path_and_query());
        let mut request = span.propagate(self.transport.request(call.method.clone(), url));
        let accept = HeaderValue::from_static(call.accept);
        request = request.headers(HeaderMap::from_iter([(header::ACCEPT, accept)]));
        if let Some((name, value)) = &call.credential {
            request = request.header(name, value);
        }
        if call.is_https {
            request = request.header("x-forwarded-proto", HeaderValue::from_static("https"));
        }
        if let Some(key) = self.key_header() {
            request = request.header(header::AUTHORIZATION, key);
        }
        if let Body::Raw { content_type, bytes } = &call.body {
            request = request.header(header::CONTENT_TYPE, content_type).body(Bytes::clone(bytes));
        }
        #[cfg(test)]
        if let Some(recorder) = &self.recorder {
            return recorder.take(&request.build()?);
        }
        match &self.gate {
            Some(gate) => gate.send(&self.transport, request, call.method.is_safe()).await,
            None => self.transport.send(request).await,
        }
    }

    fn key_header(&self) -> Option<HeaderValue> {
        let key = self.key.as_ref()?;
        let mut value = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Sends the call. Succeeds for a 2xx status.
    pub(super) async fn succeed(&self, call: Call, rule: &RelayRule) -> Result<(Reply, RelayCookies), Error> {
        let what = call.what.clone();
        let reply = self.send(call).await?;
        let cookies = RelayCookies::by(rule, reply.status.is_success(), &reply.headers);
        if reply.status.is_success() {
            Ok((reply, cookies))
        } else {
            Err(self.refused(&what, &reply, cookies))
        }
    }

    /// Returns the error for an unsuccessful response. Logs a misconfiguration that it shows, once per process.
    pub(super) fn refused(&self, what: &str, reply: &Reply, cookies: RelayCookies) -> Error {
        let error = Error::refused(what, reply, cookies);
        let error = if self.port == Port::Admin { error.of_admin() } else { error };
        let wrong_port = if ports::is_other_port(reply.status) {
            Some(ports::redirected(self.port, reply.status))
        } else {
            error.is_unsupported().then(|| ports::no_route(self.port))
        };
        if let Some(finding) = wrong_port {
            finding.log_once();
            return error.explained(finding.to_string());
        }
        let refused_url = error.envelope().and_then(|envelope| return_to::of_error(&envelope.error, None));
        refused_url.iter().for_each(Finding::log_once);
        error
    }

    /// Sends the call and decodes the response as JSON.
    pub(super) async fn fetch<T: DeserializeOwned>(
        &self,
        call: Call,
        rule: &RelayRule,
    ) -> Result<WithCookies<T>, Error> {
        let what = call.what.clone();
        let (reply, cookies) = self.succeed(call, rule).await?;
        let value = decode(&what, &reply)?;
        Ok(WithCookies::new(value, cookies, reply.headers))
    }

    /// Does the same as [`fetch`](Self::fetch) for a call without a browser.
    pub(super) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        self.fetch(call, &RelayRule::None).await.map(WithCookies::drop_cookies)
    }

    /// Sends the call and ignores the response body.
    pub(super) async fn done(&self, call: Call) -> Result<(), Error> {
        self.succeed(call, &RelayRule::None).await.map(drop)
    }

    /// Sends the call and returns the response body as text.
    pub(super) async fn text(&self, call: Call) -> Result<String, Error> {
        let (reply, _) = self.succeed(call, &RelayRule::None).await?;
        Ok(String::from_utf8_lossy(&reply.body).into_owned())
    }

    /// Sends a call that succeeds with a redirect, and returns its target.
    pub(super) async fn redirect(&self, call: Call) -> Result<WithCookies<url::Url>, Error> {
        let what = call.what.clone();
        let reply = self.send(call).await?;
        let cookies = RelayCookies::by(&RelayRule::All, true, &reply.headers);
        match self.location(&reply) {
            Some(url) => Ok(WithCookies::new(url, cookies, reply.headers)),
            None => Err(self.refused(&what, &reply, cookies)),
        }
    }

    /// Returns the target of a redirect. A relative one is resolved against this server's URL.
    pub(super) fn location(&self, reply: &Reply) -> Option<url::Url> {
        if !reply.status.is_redirection() {
            return None;
        }
        let text = reply.headers.get(header::LOCATION)?.to_str().ok()?;
        let url = self.base.join("/").join(text).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }

    pub(super) fn creds_call(
        &self,
        operation: Operation,
        values: &[&str],
        creds: &Creds,
    ) -> Result<Call, Error> {
        self.call(operation, values)?.creds(creds)
    }
}

pub(super) fn decode<T: DeserializeOwned>(what: &str, reply: &Reply) -> Result<T, Error> {
    decode_salvaging(&reply.body).map_err(|error| Error::unreadable(what, reply, error))
}
