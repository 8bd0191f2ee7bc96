use actix_web::{
    Error, HttpMessage as _,
    dev::{Service, ServiceRequest, ServiceResponse, forward_ready},
};
use kratos_core::Kratos;

use super::KratosFuture;

/// The service of [`crate::KratosMiddleware`].
#[derive(Clone, Debug)]
pub struct KratosService<S> {
    pub(super) inner: S,
    pub(super) kratos: Kratos,
}

impl<S, B> Service<ServiceRequest> for KratosService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = KratosFuture<S::Future>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let session = self.kratos.lazy_session();
        request.extensions_mut().insert(session.clone());
        KratosFuture::new(self.inner.call(request), session)
    }
}
