use std::future::{Ready, ready};

use actix_web::{
    Error,
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
};
use kratos_core::Kratos;

use super::KratosService;

/// Gives every request its session, resolved when first needed and at most once. It rejects nothing: a public route below
/// it costs no call to Kratos.
///
/// It also adds what the session means for the response: `Set-Cookie` when Kratos re-issues the session cookie, and
/// `Cache-Control: private` with `Vary` when the handler used the session. An error that an inner middleware returns after
/// that is wrapped to carry these headers: its response is the same, but `Error::as_error` no longer finds its type
/// outside of this middleware.
///
/// Put it outside of everything that uses sessions: call `.wrap` with it last (see
/// [the order](crate#the-order-of-middleware)). Middleware that answers by itself (CORS, for example) belongs outside of
/// it, so its `.wrap` comes after.
#[derive(Clone, Debug)]
#[must_use]
pub struct KratosMiddleware {
    kratos: Kratos,
}

impl KratosMiddleware {
    /// Uses this [`Kratos`], or one made from a bare [`SessionResolver`](crate::resolve::SessionResolver). Logs what its
    /// configuration alone shows to be wrong.
    ///
    /// Make the [`Kratos`] outside of the closure that `HttpServer::new` takes, and clone it inside: the closure runs once
    /// for each worker, and a value made inside would have connections and a cache of its own.
    pub fn new(kratos: impl Into<Kratos>) -> Self {
        let kratos = kratos.into();
        kratos.explain();
        Self { kratos }
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
        ready(Ok(KratosService { inner, kratos: self.kratos.clone() }))
    }
}
