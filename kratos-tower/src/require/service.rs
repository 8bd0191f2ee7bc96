use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http::{Request, Response, request::Parts};
use kratos_core::policy::{Answer, Audience, Refusal, Requirement};
use tower_service::Service;

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
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        // The service that was polled ready is the one to call: a fresh clone may not be ready.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        let requirement = Arc::clone(&self.requirement);
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            match check(&parts, &requirement).await {
                Ok(()) => {
                    let response = inner.call(Request::from_parts(parts, body)).await?;
                    Ok(response.map(GuardBody::inner))
                }
                Err(answer) => Ok(respond(*answer)),
            }
        })
    }
}

async fn check(parts: &Parts, requirement: &Requirement) -> Result<(), Box<Answer>> {
    let Some(context) = parts.extensions.get::<SessionContext>() else {
        let refusal = Refusal::missing_layer("SessionLayer");
        return Err(Box::new(Answer::refuse(&refusal, Audience::Program)));
    };
    context.session().require(requirement, &context.view(parts)).await.map(drop)
}

fn respond<B>(answer: Answer) -> Response<GuardBody<B>> {
    let mut response = Response::new(GuardBody::answer(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response.extensions_mut().insert(answer.refusal);
    response
}
