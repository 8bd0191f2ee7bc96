use std::{
    future::{Ready, ready},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
};
use kratos_core::{model::Session, policy::Requirement};
use serde::de::DeserializeOwned;

use super::RequireService;

/// Calls the handler only for requests whose session meets a [`Requirement`]. For an `App`, a scope or a resource.
///
/// Pages are redirected to login, step-up or enrolment with 303, where the [`Kratos`](crate::Kratos) has
/// [`with_app`](crate::Kratos::with_app). Every other refusal is 401, 403, 429, 500 or 503: an HTML page for browsers that
/// navigate or post a form, an error in Kratos' JSON shape for programs. The [`Refusal`](kratos_core::policy::Refusal) is in the response's extensions, and the response's
/// [`error`](actix_web::HttpResponse::error) is a [`SessionError`](crate::SessionError).
///
/// It needs a [`KratosMiddleware`](crate::KratosMiddleware) around it. Put it on resources and scopes rather than around
/// the `App`, where it would turn every 404 into a 401.
#[derive(Clone, Debug)]
#[must_use]
pub struct Require {
    requirement: Arc<Requirement>,
}

impl Require {
    /// Requires what `requirement` says.
    pub fn new(requirement: Requirement) -> Self {
        Self { requirement: Arc::new(requirement) }
    }

    /// Requires an active session.
    pub fn signed_in() -> Self {
        Self::new(Requirement::signed_in())
    }

    /// Requires an active session by a session token: for APIs of native apps. A session cookie does not count, and every
    /// refusal is JSON; without an active session token it is 401.
    pub fn session_token() -> Self {
        Self::new(Requirement::session_token())
    }

    /// Requires a second factor.
    pub fn aal2() -> Self {
        Self::new(Requirement::signed_in().with_aal2())
    }

    /// Requires authentication within the last `age`.
    pub fn authenticated_within(age: Duration) -> Self {
        Self::new(Requirement::signed_in().with_authenticated_within(age))
    }

    /// Requires a verified address.
    pub fn verified_address() -> Self {
        Self::new(Requirement::signed_in().with_verified_address())
    }

    /// Requires that `predicate` returns true for the session, a [`model::Session`](Session). Otherwise the response is 403.
    pub fn predicate(predicate: impl Fn(&Session) -> bool + Send + Sync + 'static) -> Self {
        Self::new(Requirement::signed_in().with_predicate(predicate))
    }

    /// Requires that the identity's `metadata_public` deserializes into `T` and that `predicate` returns true for it: a role,
    /// for example. Otherwise the response is 403. Parses the metadata for each request.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Metadata {
    ///     role: String,
    /// }
    ///
    /// let staff = kratos_actix::Require::metadata_public(|metadata: Metadata| metadata.role == "staff");
    /// ```
    pub fn metadata_public<T: DeserializeOwned>(
        predicate: impl Fn(T) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::new(Requirement::signed_in().with_metadata_public(predicate))
    }

    /// Requires the absence of a session: for login and registration pages.
    pub fn signed_out() -> Self {
        Self::new(Requirement::signed_out())
    }
}

impl<S, B> Transform<S, ServiceRequest> for Require
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = RequireService<S>;
    type InitError = ();
    type Future = Ready<Result<RequireService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        let requirement = Arc::clone(&self.requirement);
        ready(Ok(RequireService { inner: Rc::new(inner), requirement }))
    }
}
