use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::{Request, Response, request::Parts};
use kratos_core::{
    Rejection,
    adapter::{GuardFuture, RequestContext, missing_layer},
    policy::{RequestView, Requirement},
};
use tower_service::Service;

use super::{RequireFuture, future::respond};
use crate::GuardBody;

/// The service of [`crate::RequireLayer`].
#[derive(Clone, Debug)]
pub struct RequireService<S> {
    pub(super) inner: S,
    pub(super) requirement: Arc<Requirement>,
}

impl<S: Clone> RequireService<S> {
    /// Takes the service that was polled ready. A fresh clone, which may not be ready, stays in its place.
    fn take_ready(&mut self) -> S {
        let next = self.inner.clone();
        std::mem::replace(&mut self.inner, next)
    }
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
        let guard = match guard(&parts, &self.requirement) {
            Ok(guard) => guard,
            Err(rejection) => return self.reject(rejection),
        };
        match guard.into_ready() {
            Ok(Ok(())) => RequireFuture::through(self.inner.call(Request::from_parts(parts, body))),
            Ok(Err(rejection)) => self.reject(rejection),
            Err(guard) => {
                let mut inner = self.take_ready();
                RequireFuture::waiting(Box::pin(async move {
                    match guard.await {
                        Ok(()) => {
                            let response = inner.call(Request::from_parts(parts, body)).await?;
                            Ok(response.map(GuardBody::inner))
                        }
                        Err(rejection) => {
                            drop(inner);
                            Ok(respond(rejection.into_response()))
                        }
                    }
                }))
            }
        }
    }
}

impl<S: Clone> RequireService<S> {
    /// Rejects the request. The inner service is not called, so what it reserved by becoming ready is released.
    fn reject<F, B, E>(&mut self, rejection: Rejection) -> RequireFuture<F, B, E> {
        drop(self.take_ready());
        RequireFuture::answer(rejection.into_response())
    }
}

fn guard(parts: &Parts, requirement: &Requirement) -> Result<GuardFuture<()>, Rejection> {
    let Some(context) = parts.extensions.get::<RequestContext>() else {
        return Err(missing_layer(
            "a RequireLayer guards a request that did not pass a KratosLayer: add the KratosLayer outside of it (in axum \
             by a `layer` call further down)",
            &RequestView::new(parts.method.as_str(), parts.uri.path(), &parts.headers),
        ));
    };
    Ok(context.session(&parts.headers).require(requirement, &context.view(parts)))
}
