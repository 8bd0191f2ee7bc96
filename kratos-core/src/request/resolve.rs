//! Resolving the session of a request, once.

use std::sync::{OnceLock, atomic::Ordering};

use super::session::{Outcome, RequestSession};
use crate::{
    diagnosis::{Finding, cookies, hosts},
    resolve::{Freshness, Resolution, ResolveError},
};

impl RequestSession {
    /// Returns the resolver's resolution. It is asked at most once a request, and once more if a live one is needed after
    /// a cached one. A request without a credential costs no call.
    ///
    /// # Errors
    /// When the resolver fails; the same error each time. Ambiguous credentials count as misconfigured here: use
    /// [`RequestSession::decide`] to have them answered.
    pub(crate) async fn resolve(&self, freshness: Freshness) -> Result<&Resolution, ResolveError> {
        if let Some(outcome) = self.resolve_cached(freshness) {
            return outcome;
        }
        // There is a credential, or the resolution would be known.
        let Ok(Some(credential)) = self.credential() else { return Ok(&Resolution::Anonymous) };
        let _turn = self.0.init_rare().asking.lock().await;
        if let Some(outcome) = self.cell(freshness).get() {
            return outcome_of(outcome);
        }
        let outcome = self.0.kratos.resolver().resolve(credential, freshness).await;
        if let (Ok(resolved), Some(links)) = (&outcome, self.0.kratos.links()) {
            cookies::watch(&resolved.cookies, links);
            self.watch_demand(&resolved.resolution);
        }
        outcome_of(self.cell(freshness).get_or_init(|| outcome))
    }

    /// The resolution without waiting; `None` when Kratos must be asked.
    pub(super) fn resolve_cached(&self, freshness: Freshness) -> Option<Result<&Resolution, ResolveError>> {
        self.0.asked.store(true, Ordering::Relaxed);
        let credential = match self.credential() {
            Ok(Some(credential)) => credential,
            Ok(None) => return Some(Ok(&Resolution::Anonymous)),
            Err(error) => return Some(Err(ResolveError::misconfigured(error.to_string()))),
        };
        let cell = self.cell(freshness);
        if freshness == Freshness::Cached
            && cell.get().is_none()
            && let Some(found) = self.0.kratos.resolver().cached(credential)
        {
            // Another task of this request may win the race: one of the two stays.
            let _ = cell.set(Ok(found));
        }
        cell.get().map(outcome_of)
    }

    /// The cell of a resolution that is current enough.
    fn cell(&self, freshness: Freshness) -> &OnceLock<Outcome> {
        match freshness {
            Freshness::Live if !self.0.remembered.get().is_some_and(is_live) => &self.0.init_rare().live,
            Freshness::Cached if self.0.live().is_some() => &self.0.init_rare().live,
            Freshness::Live | Freshness::Cached => &self.0.remembered,
        }
    }

    /// Compares the URL that Kratos names for a second factor with the configured one.
    fn watch_demand(&self, resolution: &Resolution) {
        let (Resolution::Aal2Required(demand), Some(links)) = (resolution, self.0.kratos.links()) else {
            return;
        };
        let asked = demand.redirect_browser_to.as_ref();
        if let Some(asked) = asked.filter(|url| url.path().ends_with("/self-service/login/browser")) {
            hosts::base_url(asked, links).iter().for_each(Finding::log_once);
        }
    }
}

fn outcome_of(outcome: &Outcome) -> Result<&Resolution, ResolveError> {
    outcome.as_ref().map(|resolved| &resolved.resolution).map_err(ResolveError::clone)
}

fn is_live(outcome: &Outcome) -> bool {
    // A failure is kept too: asking again would double the load on a Kratos in trouble.
    outcome.as_ref().map_or(true, |resolved| resolved.live)
}
