//! What guards, extractors and handlers require of a session: answered at once where it is cached.

use std::sync::{Arc, atomic::Ordering};

use super::{GuardFuture, KratosRequest, Rejection, RequestSession, SessionState};
use crate::{
    adapter::HeaderLookup,
    model::Session,
    policy::{Facts, Refusal, RequestView, Requirement},
    resolve::{Freshness, Resolution, ResolveError, SecondFactor},
};

/// What the cache says of [`Requirement::signed_in`].
enum SignedIn<'a> {
    /// This session meets it.
    Met(&'a Arc<Session>),
    /// Kratos must be asked.
    Uncached,
    /// The decision table decides.
    Undecided,
}

impl RequestSession {
    /// Requires that the session meets a requirement.
    ///
    /// # Errors
    /// The response to send: the requirement is unmet, or the session cannot be checked.
    pub fn require<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> GuardFuture<()> {
        self.0.required.store(true, Ordering::Relaxed);
        let cached = if requirement.is_signed_in() { self.signed_in(request) } else { SignedIn::Undecided };
        match cached {
            SignedIn::Met(_) => return GuardFuture::ready(Ok(())),
            SignedIn::Uncached => {}
            SignedIn::Undecided => {
                if let Some(outcome) = self.require_cached(requirement, request) {
                    return GuardFuture::ready(outcome);
                }
            }
        }
        let (request, requirement) = (self.bind(request), requirement.clone());
        GuardFuture::waiting(async move { request.requires(&requirement).await })
    }

    /// Returns the active session.
    ///
    /// # Errors
    /// The response to send, as for [`RequestSession::require`] with [`Requirement::signed_in`].
    pub fn session<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> GuardFuture<Arc<Session>> {
        match self.signed_in(request) {
            SignedIn::Met(session) => return GuardFuture::ready(Ok(Arc::clone(session))),
            SignedIn::Uncached => {}
            SignedIn::Undecided => {
                if let Some(Err(rejection)) = self.require_cached(&Requirement::signed_in(), request) {
                    return GuardFuture::ready(Err(rejection));
                }
            }
        }
        let request = self.bind(request);
        GuardFuture::waiting(async move {
            let requirement = Requirement::signed_in();
            request.requires(&requirement).await?;
            let session = request.bound();
            session.met(session.resolve(requirement.freshness()).await, &request.view())
        })
    }

    /// Returns the active session, or `None` for an anonymous request.
    ///
    /// # Errors
    /// The response to send in every other case: the session cannot be checked, Kratos requires a second factor, or
    /// another site sent the request.
    pub fn optional_session<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> GuardFuture<Option<Arc<Session>>> {
        // A forged request is refused even when its cookie opens no session.
        if !self.is_forged(request) {
            match self.resolve_cached(Freshness::Cached) {
                Some(Ok(Resolution::Anonymous)) => return GuardFuture::ready(Ok(None)),
                Some(_) => {}
                None => {
                    let request = self.bind(request);
                    return GuardFuture::waiting(async move { request.optional().await });
                }
            }
        }
        self.session(request).map(Some)
    }

    /// Returns the session for a page that stays public, also while Kratos requires a second factor.
    ///
    /// # Errors
    /// The response to send: the session cannot be checked, or another site sent the request.
    pub(crate) fn session_state<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> GuardFuture<SessionState> {
        if !self.is_forged(request)
            && let Some(resolution) = self.resolve_cached(Freshness::Cached)
        {
            return GuardFuture::ready(self.state(resolution, request));
        }
        let request = self.bind(request);
        GuardFuture::waiting(async move {
            let (session, view) = (request.bound(), request.view());
            if session.is_forged(&view) {
                return Err(session.forged_rejection(&view));
            }
            session.state(session.resolve(Freshness::Cached).await, &view)
        })
    }

    fn state<H: HeaderLookup>(
        &self,
        resolution: Result<&Resolution, ResolveError>,
        request: &RequestView<'_, H>,
    ) -> Result<SessionState, Rejection> {
        if let Err(ambiguous) = self.credential() {
            let decision = self.decided(Facts::Ambiguous(ambiguous), &Requirement::signed_in(), request);
            self.carry_out(&decision, request)?;
        }
        match resolution {
            Ok(Resolution::Active(session) | Resolution::Unconfirmed(session)) => {
                Ok(SessionState::Active(Arc::clone(session)))
            }
            Ok(Resolution::Anonymous) => Ok(SessionState::Anonymous),
            Ok(Resolution::Aal2Required(_)) => Ok(SessionState::Aal2Required),
            Err(error) => Err(self.refuse(&Refusal::from(&error), request)),
        }
    }

    /// Whether a cached session meets [`Requirement::signed_in`]. It spares most requests the decision table.
    fn signed_in<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> SignedIn<'_> {
        if self.is_forged(request) {
            return SignedIn::Undecided;
        }
        match self.resolve_cached(Freshness::Cached) {
            None => SignedIn::Uncached,
            Some(Ok(resolution)) => resolution.active().map_or(SignedIn::Undecided, SignedIn::Met),
            Some(Err(_)) => SignedIn::Undecided,
        }
    }

    /// The outcome of a requirement without waiting; `None` when Kratos must be asked.
    fn require_cached<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Option<Result<(), Rejection>> {
        if self.is_forged(request) {
            return Some(self.carry_out(&self.forged(requirement, request), request));
        }
        if !self.counts(requirement) {
            return Some(self.carry_out(&self.uncounted(requirement, request), request));
        }
        let resolution = self.resolve_cached(requirement.freshness())?;
        match self.needs_second_factor(requirement, &resolution) {
            Some(_) => None,
            // Not moved: a decision is large, and nearly always to continue.
            None => Some(self.carry_out(
                &self.judge(&resolution, &Ok(SecondFactor::Unknown), requirement, request),
                request,
            )),
        }
    }

    /// The session of a resolution that met [`Requirement::signed_in`].
    fn met<H: HeaderLookup>(
        &self,
        resolution: Result<&Resolution, ResolveError>,
        request: &RequestView<'_, H>,
    ) -> Result<Arc<Session>, Rejection> {
        match resolution {
            Ok(Resolution::Active(session) | Resolution::Unconfirmed(session)) => Ok(Arc::clone(session)),
            // Not reached: the requirement was met, and the resolution is kept.
            Ok(Resolution::Anonymous | Resolution::Aal2Required(_)) => {
                Err(self.refuse(&Refusal::anonymous(), request))
            }
            Err(error) => Err(self.refuse(&Refusal::from(&error), request)),
        }
    }
}

impl KratosRequest {
    /// Requires a session, by a call to Kratos where one is needed.
    async fn requires(&self, requirement: &Requirement) -> Result<(), Rejection> {
        let (session, view) = (self.bound(), self.view());
        let decision = session.decide(requirement, &view).await;
        if decision.asks_for_a_factor() {
            // Drop the cached session: the same credential changes after a refresh or step-up.
            session.forget().await;
        }
        session.carry_out(&decision, &view)
    }

    async fn optional(&self) -> Result<Option<Arc<Session>>, Rejection> {
        match self.bound().resolve(Freshness::Cached).await {
            Ok(Resolution::Anonymous) => Ok(None),
            _ => self.session().await.map(Some),
        }
    }
}
