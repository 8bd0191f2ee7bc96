//! The session where there is no argument for it.

use std::future::Future;

use actix_web::{HttpRequest, dev::ServiceRequest};
use kratos_core::{RequestSession, client, policy::Requirement};

use crate::{Identity, Session, SessionError, context, extract::FromSession as _};

/// The session of a request where extractors do not reach: in middleware, and in the midst of a handler. For
/// [`HttpRequest`] and [`ServiceRequest`].
///
/// Everything here shares one question to Kratos with the extractors and middleware of the same request. The
/// names do not clash with those of `actix_session::SessionExt` and `actix_identity::IdentityExt`.
pub trait SessionExt: sealed::Request {
    /// The session, unresolved: for the credential of a logout, or a decision of your own.
    ///
    /// # Errors
    /// When the request came through no [`KratosMiddleware`](crate::KratosMiddleware), and no
    /// [`Kratos`](crate::Kratos) are in `app_data`.
    fn request_session(&self) -> Result<RequestSession, SessionError> {
        context::request_session(self.request())
    }

    /// The session of who is signed in, as the extractor [`Session`] brings it.
    ///
    /// # Errors
    /// As the extractor.
    fn kratos_session(&self) -> impl Future<Output = Result<Session, SessionError>> {
        async { context::signed_in(self.request()).await.map(Session::new) }
    }

    /// The session, or `None` only when nobody is signed in.
    ///
    /// # Errors
    /// For everything else, as [`Optional<Session>`](crate::Optional).
    fn optional_kratos_session(&self) -> impl Future<Output = Result<Option<Session>, SessionError>> {
        async { Ok(context::optional(self.request()).await?.map(Session::new)) }
    }

    /// Who is signed in, as the extractor [`Identity`] brings them.
    ///
    /// # Errors
    /// As the extractor.
    fn kratos_identity(&self) -> impl Future<Output = Result<Identity, SessionError>> {
        async { Identity::of(self.kratos_session().await?, self.request()) }
    }

    /// Goes on only when the session meets a requirement: a step-up in the midst of a handler. Return the error
    /// by `?`, and it is answered as [`Require`](crate::Require) would.
    ///
    /// # Errors
    /// When it does not, or nobody could tell.
    fn require(&self, requirement: &Requirement) -> impl Future<Output = Result<(), SessionError>> {
        context::require(self.request(), requirement)
    }

    /// The answer for a call to Kratos that a handler made for its user and that failed; see
    /// [`RequestSession::call_failed`].
    fn call_failed(&self, error: &client::Error) -> SessionError {
        context::call_failed(self.request(), error)
    }
}

impl SessionExt for HttpRequest {}
impl SessionExt for ServiceRequest {}

mod sealed {
    use super::{HttpRequest, ServiceRequest};

    pub trait Request {
        fn request(&self) -> &HttpRequest;
    }

    impl Request for HttpRequest {
        fn request(&self) -> &HttpRequest {
            self
        }
    }

    impl Request for ServiceRequest {
        fn request(&self) -> &HttpRequest {
            // The inherent method, not this one.
            ServiceRequest::request(self)
        }
    }
}
