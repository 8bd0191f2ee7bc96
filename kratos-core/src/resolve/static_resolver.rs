//! A resolver with one fixed outcome.

use std::sync::Arc;

use async_trait::async_trait;
use url::Url;

use super::{Aal2Required, Freshness, Resolution, ResolveError, Resolved, SecondFactor, SessionResolver};
use crate::{credential::Credential, model::Session};

/// Resolves every credential to one outcome, without any call. For tests and documentation.
#[derive(Clone, Debug)]
pub struct StaticResolver {
    outcome: Result<Resolved, ResolveError>,
    second_factor: SecondFactor,
}

impl StaticResolver {
    /// Resolves every credential to this session.
    #[must_use]
    pub fn active(session: Session) -> Self {
        Self::new(Ok(Resolved::new(Resolution::Active(Arc::new(session)))))
    }

    /// Resolves no credential to a session.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::new(Ok(Resolved::new(Resolution::Anonymous)))
    }

    /// Resolves every credential to a session that needs a second factor first ([`Resolution::Aal2Required`]).
    #[must_use]
    pub fn step_up(redirect_browser_to: Option<Url>) -> Self {
        Self::new(Ok(Resolved::new(Resolution::Aal2Required(Box::new(Aal2Required::new(
            redirect_browser_to,
        ))))))
    }

    /// Fails for every credential.
    #[must_use]
    pub fn failing(error: ResolveError) -> Self {
        Self::new(Err(error))
    }

    /// Resolves every credential to this outcome, for example one with cookies to relay.
    #[must_use]
    pub fn new(outcome: Result<Resolved, ResolveError>) -> Self {
        Self { outcome, second_factor: SecondFactor::Unknown }
    }

    /// Sets the outcome of [`SessionResolver::second_factor`]. Default: [`SecondFactor::Unknown`].
    #[must_use]
    pub fn with_second_factor(mut self, second_factor: SecondFactor) -> Self {
        self.second_factor = second_factor;
        self
    }
}

#[async_trait]
impl SessionResolver for StaticResolver {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        self.outcome.clone()
    }

    async fn second_factor(&self, _: &Credential) -> Result<SecondFactor, ResolveError> {
        Ok(self.second_factor)
    }
}
