use std::task::{Context, Poll};

use http::{Request, Response};
use kratos_core::{Kratos, adapter::RequestContext};
use tower_service::Service;

use super::{KratosFuture, layer::OriginalUri, room};

/// The service of [`crate::KratosLayer`].
#[derive(Clone, Debug)]
pub struct KratosService<S> {
    pub(super) inner: S,
    pub(super) kratos: Kratos,
    pub(super) original_uri: OriginalUri,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for KratosService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = KratosFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let session = self.kratos.lazy_session();
        let uri = (self.original_uri)(request.extensions()).unwrap_or(request.uri());
        let context = RequestContext::new(session.clone(), uri);
        room::reserve(request.extensions_mut());
        request.extensions_mut().insert(context);
        KratosFuture::new(self.inner.call(request), session)
    }
}
