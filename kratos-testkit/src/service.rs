//! The server as a tower service.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use crate::cors;
use crate::exchange::{self, Port, Shared};
use crate::fault::{Faults, Verdict};
use crate::journal::Journal;
use crate::wire::Crashed;

/// One port of the server as a tower service, without a socket.
///
/// Faults apply and requests are recorded as over a socket. A dropped connection is an error of kind
/// [`io::ErrorKind::ConnectionReset`].
#[derive(Clone, Debug)]
pub struct TestKratosService {
    router: Router,
    port: Port,
    /// Origins whose scripts may call the public port.
    origins: Arc<[String]>,
    faults: Faults,
    journal: Journal,
}

impl TestKratosService {
    pub(crate) fn new(shared: Shared, faults: Faults, journal: Journal) -> Self {
        let port = shared.port;
        let world = shared.world.lock();
        let origins =
            if port == Port::Public { world.config.cors_origins.clone().into() } else { Arc::default() };
        drop(world);
        let routes = match port {
            Port::Public => crate::public::routes(),
            Port::Admin => crate::admin::routes(),
        };
        let router = routes
            .merge(crate::other_port::routes(port))
            .fallback(exchange::route(&[], exchange::not_found))
            .method_not_allowed_fallback(exchange::route(&[], exchange::method_not_allowed))
            .with_state(shared);
        Self { router, port, origins, faults, journal }
    }

    pub(crate) async fn answer(mut self, request: Request<Body>) -> io::Result<Response<Body>> {
        self.journal.note(self.port, &request);
        match self.faults.judge(request.uri().path()).await {
            Verdict::Serve => {
                if let Some(answer) = cors::preflight(&self.origins, &request) {
                    return Ok(answer);
                }
                let answer: Result<_, Infallible> = self.router.call(request).await;
                match answer {
                    Ok(answer) if answer.extensions().get::<Crashed>().is_some() => {
                        Err(io::ErrorKind::ConnectionReset.into())
                    }
                    Ok(answer) => Ok(answer),
                    Err(never) => match never {},
                }
            }
            Verdict::Instead(response) => Ok(response),
            Verdict::Drop => Err(io::ErrorKind::ConnectionReset.into()),
        }
    }
}

impl<B> Service<Request<B>> for TestKratosService
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Response<Body>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Response<Body>>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        Box::pin(self.clone().answer(request.map(Body::new)))
    }
}
