//! What the decision table needs to know of a session.

use super::{Rejection, RequestSession};
use crate::{
    adapter::HeaderLookup,
    credential::Credential,
    model::Timestamp,
    policy::{Decision, Facts, Refusal, RequestView, Requirement, decide, is_cross_site, is_unsafe},
    resolve::{Resolution, ResolveError, SecondFactor},
};

impl RequestSession {
    /// Decides whether the handler is called.
    pub async fn decide<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        if self.is_forged(request) {
            return self.forged(requirement, request);
        }
        if !self.counts(requirement) {
            return self.uncounted(requirement, request);
        }
        let resolution = self.resolve(requirement.freshness()).await;
        let factor = match self.needs_second_factor(requirement, &resolution) {
            Some(credential) => self.0.kratos.resolver().second_factor(credential).await,
            None => Ok(SecondFactor::Unknown),
        };
        self.judge(&resolution, &factor, requirement, request)
    }

    /// Whether another site made the browser send this request with its cookie.
    pub(super) fn is_forged<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> bool {
        let kratos = &self.0.kratos;
        let is_ambient = || self.credential().ok().flatten().is_some_and(|sent| sent.kind().is_ambient());
        kratos.checks_origin()
            && is_ambient()
            && is_unsafe(request)
            && is_cross_site(request, kratos.origins_for(request))
    }

    /// Whether the requirement accepts the kind of credential that the request carries, if any.
    pub(super) fn counts(&self, requirement: &Requirement) -> bool {
        self.credential().ok().flatten().is_none_or(|sent| requirement.accepts(sent.kind()))
    }

    /// The decision for a request whose credential does not count: it is anonymous.
    pub(super) fn uncounted<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        let facts = Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown);
        self.decided(facts, requirement, request)
    }

    pub(super) fn forged<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        self.decided(Facts::CrossSite, requirement, request)
    }

    pub(super) fn forged_rejection<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Rejection {
        match self.carry_out(&self.forged(&Requirement::signed_in(), request), request) {
            Err(rejection) => rejection,
            // Not reached: a forged request is always refused.
            Ok(()) => self.refuse(&Refusal::anonymous(), request),
        }
    }

    /// Decides by facts that no clock matters to.
    pub(super) fn decided<H: HeaderLookup>(
        &self,
        facts: Facts<'_>,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        decide(facts, requirement, request, self.0.kratos.links_for(request), Timestamp::EPOCH)
    }

    pub(super) fn judge<H: HeaderLookup>(
        &self,
        resolution: &Result<&Resolution, ResolveError>,
        factor: &Result<SecondFactor, ResolveError>,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        let facts = match (self.credential(), resolution, factor) {
            (Err(ambiguous), ..) => Facts::Ambiguous(ambiguous),
            (Ok(_), Ok(resolution), Ok(factor)) => Facts::Resolved(resolution, *factor),
            (Ok(_), Err(error), _) | (Ok(_), _, Err(error)) => Facts::Failed(error),
        };
        // Reading the clock costs as much as half of the rest.
        let now = if requirement.looks_at_time() { crate::clock::now() } else { Timestamp::EPOCH };
        decide(facts, requirement, request, self.0.kratos.links_for(request), now)
    }

    /// The credential of a request whose second factor matters: an AAL1 session that meets an AAL2 requirement.
    pub(super) fn needs_second_factor(
        &self,
        requirement: &Requirement,
        resolution: &Result<&Resolution, ResolveError>,
    ) -> Option<&Credential> {
        let Ok(Resolution::Active(session)) = resolution else { return None };
        let decides =
            requirement.is_second_factor_missing(session) && session.authenticator_assurance_level.is_some();
        self.credential().ok().flatten().filter(|_| decides)
    }
}
