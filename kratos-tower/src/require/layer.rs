use std::{sync::Arc, time::Duration};

use kratos_core::{model::Session, policy::Requirement};
use serde::de::DeserializeOwned;
use tower_layer::Layer;

use super::RequireService;

/// Calls the handler only for requests whose session meets a [`Requirement`].
///
/// Pages are redirected to login, step-up or enrolment with 303, where the [`Kratos`](kratos_core::Kratos) has
/// [`with_app`](kratos_core::Kratos::with_app). Every other refusal is 401, 403, 429, 500 or 503: an HTML page for browsers
/// that navigate or post a form, an error in Kratos' JSON shape for programs. The [`Refusal`](kratos_core::policy::Refusal) is in the response's extensions.
///
/// It needs a [`KratosLayer`](crate::KratosLayer) around it. Put it on routes, not around a router's fallback: there it
/// would turn every 404 into a 401.
#[derive(Clone, Debug)]
#[must_use]
pub struct RequireLayer {
    requirement: Arc<Requirement>,
}

impl RequireLayer {
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
    /// let staff = kratos_tower::RequireLayer::metadata_public(|metadata: Metadata| metadata.role == "staff");
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

impl<S> Layer<S> for RequireLayer {
    type Service = RequireService<S>;

    fn layer(&self, inner: S) -> RequireService<S> {
        RequireService { inner, requirement: Arc::clone(&self.requirement) }
    }
}
