use std::future::{Ready, ready};

use actix_web::{
    Error,
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
};
use kratos_core::Kratos;

use super::KratosService;

/// Gives every request its session, found when something first asks for it and at most once, failure included.
/// It rejects nothing: a public route below it costs no call to Kratos.
///
/// It also carries what a session means for the response: `Set-Cookie` when Kratos re-issued the session
/// cookie, and `Cache-Control: private` with `Vary` when anything asked for the session. An error that an inner
/// middleware returns after that is wrapped to carry it too: it is answered as before, but `Error::as_error` no
/// longer finds its type outside of this.
///
/// Put it outside of everything that asks for sessions, which is the `.wrap` furthest down (see
/// [the order](crate#the-order-of-middleware)). Middleware that answers by itself (CORS, for one) belongs
/// outside of it, further down still.
#[derive(Clone, Debug)]
#[must_use]
pub struct KratosMiddleware {
    sessions: Kratos,
}

impl KratosMiddleware {
    /// Sessions of this resolver with the defaults, or [`Kratos`] set up by you.
    ///
    /// Make the [`Kratos`] outside of the closure that you give to `HttpServer::new`, and clone them in it:
    /// the closure runs once a worker, and a resolver made inside would have its own connections and cache.
    pub fn new(sessions: impl Into<Kratos>) -> Self {
        Self { sessions: sessions.into() }
    }
}

impl<S, B> Transform<S, ServiceRequest> for KratosMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Transform = KratosService<S>;
    type InitError = ();
    type Future = Ready<Result<KratosService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(KratosService { inner, sessions: self.sessions.clone() }))
    }
}
