//! The guard as middleware of actix-web: the twin of kratos-hooks' tower layer.

use std::{
    cell::Cell,
    fmt,
    future::{Future, Ready, ready},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _,
    body::{BoxBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
    http::header::HeaderValue,
};
use kratos_hooks::{HookAuth, HookGuard, HookIds, HookPass, HookResponse, Idempotence};

use super::reply::{Unrouted, respond};

/// Guards the routes of hooks: see [`HookGuard`] for its rules. Put it around the scope that Kratos calls, and around no
/// other.
#[derive(Clone, Debug)]
#[must_use]
pub struct HookMiddleware(HookGuard);

impl HookMiddleware {
    /// Requires this proof. A body may have 1 MiB, and a handler 20 s.
    pub fn new(auth: HookAuth) -> Self {
        Self(HookGuard::new(auth))
    }

    /// Sets the bytes that a body may have. Default: 1 MiB.
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self(self.0.with_body_limit(bytes))
    }

    /// Sets the time that a handler may take. Default: 20 s; Kratos gives up after 30 s.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout))
    }

    /// Remembers answers, so that a retry of Kratos does not run the handler again. Make the [`Idempotence`] before the
    /// closure of `HttpServer` and clone it inside: all workers then share it.
    pub fn with_idempotence(self, idempotence: Idempotence) -> Self {
        Self(self.0.with_idempotence(idempotence))
    }
}

impl<S, B> Transform<S, ServiceRequest> for HookMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Transform = HookService<S>;
    type InitError = ();
    type Future = Ready<Result<HookService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(HookService { inner: Rc::new(inner), guard: self.0.clone() }))
    }
}

/// The service of [`HookMiddleware`].
pub struct HookService<S> {
    inner: Rc<S>,
    guard: HookGuard,
}

impl<S> fmt::Debug for HookService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookService").field("guard", &self.guard).finish_non_exhaustive()
    }
}

/// The future of [`HookService`].
pub struct HookFuture(Pin<Box<dyn Future<Output = Result<ServiceResponse<BoxBody>, Error>>>>);

impl Future for HookFuture {
    type Output = Result<ServiceResponse<BoxBody>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for HookFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookFuture").finish_non_exhaustive()
    }
}

impl<S, B> Service<ServiceRequest> for HookService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = HookFuture;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let (inner, guard) = (Rc::clone(&self.inner), self.guard.clone());
        HookFuture(Box::pin(async move {
            let pass = match admit(&guard, &request) {
                Ok(pass) => pass,
                Err(refused) => return Ok(request.into_response(respond(refused))),
            };
            request.extensions_mut().insert(pass);
            let route = request.path().to_owned();
            // actix-web panics if a second handle of the request exists while it is routed: take it from the response.
            let routed = Cell::new(None);
            let handler = async {
                match inner.call(request).await {
                    Ok(response) => {
                        let (request, response) = response.into_parts();
                        routed.set(Some(request));
                        response.extensions().get::<HookResponse>().cloned()
                    }
                    Err(error) => error.error_response().extensions().get::<HookResponse>().cloned(),
                }
            };
            let answer = guard.run(&route, pass, handler).await;
            match routed.take() {
                Some(request) => Ok(ServiceResponse::new(request, respond(answer))),
                None => Err(Unrouted(answer).into()),
            }
        }))
    }
}

fn admit(guard: &HookGuard, request: &ServiceRequest) -> Result<HookPass, HookResponse> {
    let headers = request.headers();
    let value = |name| headers.get(name).map(HeaderValue::as_bytes);
    let ids = HookIds::of(value(HookIds::TRIGGER_HEADER), value(HookIds::REQUEST_HEADER));
    guard.admit(headers.get_all(guard.auth().header_name()).map(HeaderValue::as_bytes), ids)
}
