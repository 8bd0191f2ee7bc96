use std::{sync::Arc, time::Duration};

use kratos_core::{model::Session, policy::Requirement};
use tower_layer::Layer;

use super::RequireService;

/// Lets a request through only when its session meets a [`Requirement`]; otherwise the handler is not called.
///
/// A page is led to login, step-up or enrolment with 303 where [`Links`](kratos_core::policy::Links) are given;
/// everything else gets 401, 403, 429, 500 or 503 with an error in Kratos' shape. The
/// [`Refusal`](kratos_core::policy::Refusal) lies in the response's extensions.
///
/// It needs a [`KratosLayer`](crate::KratosLayer) around it. Put it on routes, not around a router's fallback:
/// there it would turn every 404 into a 401.
#[derive(Clone, Debug)]
#[must_use]
pub struct RequireLayer {
    requirement: Arc<Requirement>,
}

impl RequireLayer {
    /// Lets through what meets this requirement.
    pub fn new(requirement: Requirement) -> Self {
        Self { requirement: Arc::new(requirement) }
    }

    /// Lets through who is signed in.
    pub fn signed_in() -> Self {
        Self::new(Requirement::signed_in())
    }

    /// Lets through who showed a second factor.
    pub fn aal2() -> Self {
        Self::new(Requirement::signed_in().with_aal2())
    }

    /// Lets through who showed a factor no longer ago than `age`.
    pub fn authenticated_within(age: Duration) -> Self {
        Self::new(Requirement::signed_in().with_authenticated_within(age))
    }

    /// Lets through who has a verified address.
    pub fn verified_address() -> Self {
        Self::new(Requirement::signed_in().with_verified_address())
    }

    /// Lets through whom `predicate` accepts.
    pub fn predicate(predicate: impl Fn(&Session) -> bool + Send + Sync + 'static) -> Self {
        Self::new(Requirement::signed_in().with_predicate(predicate))
    }

    /// Lets through who is not signed in: for login and registration pages.
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
