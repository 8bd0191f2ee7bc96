use std::{rc::Rc, sync::Arc};

use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, forward_ready},
};
use kratos_core::policy::Requirement;

use super::RequireFuture;
use crate::context;

/// The service that [`crate::Require`] makes.
#[derive(Debug)]
pub struct RequireService<S> {
    pub(super) inner: Rc<S>,
    pub(super) requirement: Arc<Requirement>,
}

impl<S, B> Service<ServiceRequest> for RequireService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = RequireFuture<S::Future, B>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        match context::require_at_hand(request.request(), &self.requirement) {
            Some(Ok(())) => return RequireFuture::through(self.inner.call(request)),
            // A response rather than an error, so that outer middleware sees it as every other.
            Some(Err(error)) => return RequireFuture::answer(request.error_response(error)),
            None => {}
        }
        let inner = Rc::clone(&self.inner);
        let requirement = Arc::clone(&self.requirement);
        RequireFuture::waiting(Box::pin(async move {
            match context::require(request.request(), &requirement).await {
                Ok(()) => inner.call(request).await.map(ServiceResponse::map_into_left_body),
                Err(error) => Ok(request.error_response(error).map_into_right_body()),
            }
        }))
    }
}
