use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::{Request, Response, request::Parts};
use kratos_core::policy::{Audience, GuardResponse, Refusal, Requirement};
use tower_service::Service;

use super::{RequireFuture, future::respond};
use crate::{GuardBody, SessionContext};

/// The service that [`crate::RequireLayer`] makes.
#[derive(Clone, Debug)]
pub struct RequireService<S> {
    pub(super) inner: S,
    pub(super) requirement: Arc<Requirement>,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for RequireService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone + Send + 'static,
    S::Future: Send,
    RequestBody: Send + 'static,
{
    type Response = Response<GuardBody<ResponseBody>>;
    type Error = S::Error;
    type Future = RequireFuture<S::Future, ResponseBody, S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (parts, body) = request.into_parts();
        match check_at_hand(&parts, &self.requirement) {
            Some(Ok(())) => {
                return RequireFuture::through(self.inner.call(Request::from_parts(parts, body)));
            }
            Some(Err(answer)) => return RequireFuture::answer(*answer),
            None => {}
        }
        // The service that was polled ready is the one to call: a fresh clone may not be ready.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        let requirement = Arc::clone(&self.requirement);
        RequireFuture::waiting(Box::pin(async move {
            match check(&parts, &requirement).await {
                Ok(()) => {
                    let response = inner.call(Request::from_parts(parts, body)).await?;
                    Ok(response.map(GuardBody::inner))
                }
                Err(answer) => Ok(respond(*answer)),
            }
        }))
    }
}

/// What is known without waiting; nothing when somebody has to be asked.
fn check_at_hand(parts: &Parts, requirement: &Requirement) -> Option<Result<(), Box<GuardResponse>>> {
    let Some(context) = parts.extensions.get::<SessionContext>() else { return Some(Err(missing_layer())) };
    context.session(&parts.headers).require_at_hand(requirement, &context.view(parts))
}

async fn check(parts: &Parts, requirement: &Requirement) -> Result<(), Box<GuardResponse>> {
    let Some(context) = parts.extensions.get::<SessionContext>() else { return Err(missing_layer()) };
    context.session(&parts.headers).require(requirement, &context.view(parts)).await
}

fn missing_layer() -> Box<GuardResponse> {
    Box::new(GuardResponse::refuse(&Refusal::missing_layer("KratosLayer"), Audience::Program))
}
