use actix_web::{
    Error, HttpMessage as _,
    dev::{Service, ServiceRequest, ServiceResponse, forward_ready},
};
use kratos_core::Sessions;

use super::SessionFuture;

/// The service that [`crate::SessionMiddleware`] makes.
#[derive(Clone, Debug)]
pub struct SessionService<S> {
    pub(super) inner: S,
    pub(super) sessions: Sessions,
}

impl<S, B> Service<ServiceRequest> for SessionService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = SessionFuture<S::Future>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let session = self.sessions.pending();
        request.extensions_mut().insert(session.clone());
        SessionFuture::new(self.inner.call(request), session)
    }
}
