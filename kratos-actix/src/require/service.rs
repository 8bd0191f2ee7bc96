use std::{rc::Rc, sync::Arc};

use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, forward_ready},
};
use kratos_core::policy::Requirement;

use super::RequireFuture;
use crate::{SessionError, context};

/// The service of [`crate::Require`].
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
        let guard =
            match context::ask(request.request(), |session, view| session.require(&self.requirement, view)) {
                Ok(guard) => guard,
                // A response rather than an error, so that outer middleware sees it as every other.
                Err(error) => return RequireFuture::answer(request.error_response(error)),
            };
        match guard.into_ready() {
            Ok(Ok(())) => RequireFuture::through(self.inner.call(request)),
            Ok(Err(rejection)) => {
                RequireFuture::answer(request.error_response(SessionError::from(rejection)))
            }
            Err(guard) => {
                let inner = Rc::clone(&self.inner);
                RequireFuture::waiting(Box::pin(async move {
                    match guard.await {
                        Ok(()) => inner.call(request).await.map(ServiceResponse::map_into_left_body),
                        Err(rejection) => {
                            Ok(request.error_response(SessionError::from(rejection)).map_into_right_body())
                        }
                    }
                }))
            }
        }
    }
}
