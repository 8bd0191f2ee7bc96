use actix_web::{
    Error, HttpMessage as _,
    dev::{Service, ServiceRequest, ServiceResponse, forward_ready},
};
use kratos_core::Kratos;

use super::KratosFuture;
use crate::{SessionError, context, headers::Headers};

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
        let outer = request.extensions_mut().insert(session.clone());
        if outer.is_some_and(|outer| outer.is_guarded_by_another(&self.kratos)) {
            let headers = Headers(request.headers());
            let view = context::view(request.request(), &headers);
            return KratosFuture::refused(SessionError::nested_middleware(&view), session);
        }
        KratosFuture::new(self.inner.call(request), session)
    }
}
