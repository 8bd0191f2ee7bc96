use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use tower_service::Service;

use crate::{HookGuard, HookIds, HookResponse};

/// The service of [`HookLayer`](crate::HookLayer).
#[derive(Clone, Debug)]
pub struct HookService<S> {
    pub(super) inner: S,
    pub(super) guard: HookGuard,
}

/// The future of [`HookService`].
pub struct HookFuture<B, E>(Pin<Box<dyn Future<Output = Result<Response<B>, E>> + Send>>);

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for HookService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send + 'static,
    RequestBody: Send + 'static,
    ResponseBody: From<Bytes> + Send + 'static,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = HookFuture<ResponseBody, S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        // The service that was polled ready; a fresh clone, which may not be ready, stays in its place.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        let guard = self.guard.clone();
        HookFuture(Box::pin(async move {
            let ids = HookIds::of_headers(request.headers());
            let proof =
                request.headers().get_all(guard.auth().header_name()).iter().map(HeaderValue::as_bytes);
            let pass = match guard.admit(proof, ids) {
                Ok(pass) => pass,
                Err(refused) => return Ok(respond(refused)),
            };
            request.extensions_mut().insert(pass);
            let route = request.uri().path().to_owned();
            let handler = async {
                let mut response = inner.call(request).await.ok()?;
                response.extensions_mut().remove::<HookResponse>()
            };
            Ok(respond(guard.run(&route, pass, handler).await))
        }))
    }
}

impl<B, E> Future for HookFuture<B, E> {
    type Output = Result<Response<B>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<B, E> fmt::Debug for HookFuture<B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookFuture").finish_non_exhaustive()
    }
}

fn respond<B: From<Bytes>>(answer: HookResponse) -> Response<B> {
    let headers = answer.headers().collect();
    let mut response = Response::new(B::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = headers;
    response
}
