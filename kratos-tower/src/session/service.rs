use std::task::{Context, Poll};

use http::{Request, Response};
use kratos_core::Sessions;
use tower_service::Service;

use super::{SessionFuture, layer::OriginalUri};
use crate::SessionContext;

/// The service that [`crate::SessionLayer`] makes.
#[derive(Clone, Debug)]
pub struct SessionService<S> {
    pub(super) inner: S,
    pub(super) sessions: Sessions,
    pub(super) original_uri: OriginalUri,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for SessionService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = SessionFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let session = self.sessions.pending();
        let uri = (self.original_uri)(request.extensions()).unwrap_or(request.uri());
        let context = SessionContext::new(session.clone(), uri);
        request.extensions_mut().insert(context);
        SessionFuture::new(self.inner.call(request), session)
    }
}
