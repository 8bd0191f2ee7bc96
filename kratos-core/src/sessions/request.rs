//! The session of one request, asked for at most once.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use http::HeaderValue;

use tokio::sync::Mutex as Turn;

use super::{Kratos, ResponseHeaders};
use crate::{
    client::RelayCookies,
    credential::{AmbiguousCredentials, Credential, HeaderLookup},
    diagnosis::cookies,
    model::Session,
    model::Timestamp,
    policy::{
        Decision, Facts, GuardResponse, Refusal, RequestView, Requirement, decide, is_cross_site, is_unsafe,
    },
    resolve::{Freshness, Resolution, ResolveError, Resolved, SecondFactor},
};

/// The session of one request. Resolved when first needed and remembered, failure included, so that a layer,
/// an extractor and a handler together cost one question. Cheap to clone.
#[derive(Clone)]
pub struct RequestSession(Arc<Inner>);

struct Inner {
    sessions: Kratos,
    /// Filled before anybody gets hold of the session.
    credential: OnceLock<Result<Option<Credential>, AmbiguousCredentials>>,
    remembered: OnceLock<Outcome>,
    live: OnceLock<Outcome>,
    /// One question at a time.
    asking: Turn<()>,
    asked: AtomicBool,
    /// The cookies that came with flows; empty when no flow was shown.
    shown: OnceLock<Mutex<Vec<HeaderValue>>>,
}

type Outcome = Result<Resolved, ResolveError>;

impl RequestSession {
    /// A session whose credential is still to be read.
    pub(super) fn unread(sessions: Kratos) -> Self {
        Self(Arc::new(Inner {
            sessions,
            credential: OnceLock::new(),
            remembered: OnceLock::new(),
            live: OnceLock::new(),
            asking: Turn::const_new(()),
            asked: AtomicBool::new(false),
            shown: OnceLock::new(),
        }))
    }

    /// Reads the credential, unless that was done before.
    pub(super) fn read(&self, headers: &impl HeaderLookup) {
        self.0.credential.get_or_init(|| self.0.sessions.credentials().read(headers));
    }

    /// The credential that was chosen. For logout and for calls on the user's behalf.
    ///
    /// # Errors
    /// When the request carries two and the reader is strict.
    pub fn credential(&self) -> Result<Option<&Credential>, AmbiguousCredentials> {
        match self.0.credential.get() {
            Some(Ok(credential)) => Ok(credential.as_ref()),
            Some(Err(error)) => Err(*error),
            None => Ok(None),
        }
    }

    /// Lets a request through that meets the requirement.
    ///
    /// # Errors
    /// The answer to send instead of calling the handler, when the requirement is not met or nobody could tell.
    pub async fn require<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Result<(), Box<GuardResponse>> {
        if let Some(outcome) = self.require_at_hand(requirement, request) {
            return outcome;
        }
        // In a box, so that the future of a session at hand is small.
        let decision = Box::pin(self.decide(requirement, request)).await;
        if decision.asks_for_a_factor() {
            // Whoever comes back from a refresh or a step-up with the same token is not to be who they were.
            self.forget().await;
        }
        self.carry_out(&decision)
    }

    /// The same without waiting: `None` when somebody has to be asked.
    #[must_use]
    pub fn require_at_hand<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Option<Result<(), Box<GuardResponse>>> {
        if self.is_forged(request) {
            return Some(self.carry_out(&self.forged(requirement, request)));
        }
        let resolution = self.resolve_at_hand(requirement.freshness())?;
        match self.needs_second_factor(requirement, &resolution) {
            Some(_) => None,
            // Not moved: a decision is large, and nearly always to continue.
            None => Some(self.carry_out(&self.judge(
                &resolution,
                &Ok(SecondFactor::Unknown),
                requirement,
                request,
            ))),
        }
    }

    fn carry_out(&self, decision: &Decision) -> Result<(), Box<GuardResponse>> {
        match decision.answer() {
            Some(answer) => Err(Box::new(self.0.sessions.render(answer))),
            None => Ok(()),
        }
    }

    /// The session of somebody who is signed in.
    ///
    /// # Errors
    /// The answer to send instead, as for [`RequestSession::require`] with [`Requirement::signed_in`].
    pub async fn signed_in<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<Arc<Session>, Box<GuardResponse>> {
        if let Some(outcome) = self.signed_in_at_hand(request) {
            return outcome;
        }
        let requirement = Requirement::signed_in();
        self.require(&requirement, request).await?;
        self.met(Box::pin(self.resolve(requirement.freshness())).await, request)
    }

    /// The same without waiting: `None` when somebody has to be asked.
    #[must_use]
    pub fn signed_in_at_hand<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Option<Result<Arc<Session>, Box<GuardResponse>>> {
        let requirement = Requirement::signed_in();
        match self.require_at_hand(&requirement, request)? {
            Ok(()) => {
                self.resolve_at_hand(requirement.freshness()).map(|resolution| self.met(resolution, request))
            }
            Err(answer) => Some(Err(answer)),
        }
    }

    /// The session of a resolution that met [`Requirement::signed_in`].
    fn met<H: HeaderLookup>(
        &self,
        resolution: Result<&Resolution, ResolveError>,
        request: &RequestView<'_, H>,
    ) -> Result<Arc<Session>, Box<GuardResponse>> {
        match resolution {
            Ok(Resolution::Active(session) | Resolution::Unconfirmed(session)) => Ok(Arc::clone(session)),
            // Not reached: the requirement was met, and the resolution is remembered.
            Ok(Resolution::Anonymous | Resolution::Aal2Required(_)) => {
                Err(self.refuse(&Refusal::anonymous(), request))
            }
            Err(error) => Err(self.refuse(&Refusal::from(&error), request)),
        }
    }

    /// The session, or `None` when nobody is signed in.
    ///
    /// # Errors
    /// The answer to send for everything else: nobody could tell, Kratos demands a second factor, or the request
    /// shows two credentials to a strict reader.
    pub async fn optional<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<Option<Arc<Session>>, Box<GuardResponse>> {
        // What another site sends is refused even when its cookie opens nothing.
        if self.is_forged(request) {
            return self.signed_in(request).await.map(Some);
        }
        let resolution = match self.resolve_at_hand(Freshness::Cached) {
            Some(resolution) => resolution,
            None => Box::pin(self.resolve(Freshness::Cached)).await,
        };
        if matches!(resolution, Ok(Resolution::Anonymous)) {
            return Ok(None);
        }
        self.signed_in(request).await.map(Some)
    }

    /// Drops what the resolver remembers of this request's credential: call it when the session ended or changed,
    /// for example after a logout.
    pub async fn forget(&self) {
        if let Ok(Some(credential)) = self.credential() {
            self.0.sessions.resolver().forget(credential).await;
            if let (Some(exchange), Some(session)) = (self.0.sessions.exchange(), credential.session()) {
                exchange.forget(session);
            }
        }
    }

    /// The answer for a refusal of an extractor's own, rendered as all others.
    #[must_use]
    pub fn refuse<H: HeaderLookup>(
        &self,
        refusal: &Refusal,
        request: &RequestView<'_, H>,
    ) -> Box<GuardResponse> {
        Box::new(self.0.sessions.render(GuardResponse::refuse(refusal, request.audience())))
    }

    /// The answer of the resolver, asked at most once a request, and once more if a live one is needed where a
    /// remembered one was used before. A request without a credential asks nobody.
    ///
    /// # Errors
    /// When the resolver fails; the same error each time. Ambiguous credentials count as misconfigured here:
    /// use [`RequestSession::decide`] to have them answered.
    pub async fn resolve(&self, freshness: Freshness) -> Result<&Resolution, ResolveError> {
        if let Some(outcome) = self.resolve_at_hand(freshness) {
            return outcome;
        }
        // Not at hand, so there is a credential to ask with.
        let Ok(Some(credential)) = self.credential() else { return Ok(&Resolution::Anonymous) };
        let _turn = self.0.asking.lock().await;
        if let Some(outcome) = self.cell(freshness).get() {
            return outcome_of(outcome);
        }
        let outcome = self.0.sessions.resolver().resolve(credential, freshness).await;
        if let (Ok(resolved), Some(links)) = (&outcome, self.0.sessions.links()) {
            cookies::watch(&resolved.cookies, links);
        }
        outcome_of(self.cell(freshness).get_or_init(|| outcome))
    }

    /// The same without waiting: `None` when somebody has to be asked.
    fn resolve_at_hand(&self, freshness: Freshness) -> Option<Result<&Resolution, ResolveError>> {
        self.0.asked.store(true, Ordering::Relaxed);
        let credential = match self.credential() {
            Ok(Some(credential)) => credential,
            Ok(None) => return Some(Ok(&Resolution::Anonymous)),
            Err(error) => return Some(Err(ResolveError::misconfigured(error.to_string()))),
        };
        let cell = self.cell(freshness);
        if freshness == Freshness::Cached
            && cell.get().is_none()
            && let Some(found) = self.0.sessions.resolver().cached(credential)
        {
            // Losing the race against another task of this request is fine: one of the answers stays.
            let _ = cell.set(Ok(found));
        }
        cell.get().map(outcome_of)
    }

    /// Where an answer that is current enough lies, or will lie.
    fn cell(&self, freshness: Freshness) -> &OnceLock<Outcome> {
        match freshness {
            Freshness::Live if !self.0.remembered.get().is_some_and(is_live) => &self.0.live,
            Freshness::Cached if self.0.live.get().is_some() => &self.0.live,
            Freshness::Live | Freshness::Cached => &self.0.remembered,
        }
    }

    /// Whether this request may go on, and if not, what to answer.
    pub async fn decide<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        if self.is_forged(request) {
            return self.forged(requirement, request);
        }
        let resolution = self.resolve(requirement.freshness()).await;
        let factor = match self.needs_second_factor(requirement, &resolution) {
            Some(credential) => self.0.sessions.resolver().second_factor(credential).await,
            None => Ok(SecondFactor::Unknown),
        };
        self.judge(&resolution, &factor, requirement, request)
    }

    /// Whether another site made the browser send this with its cookie. Without links nobody can tell.
    fn is_forged<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> bool {
        let sessions = &self.0.sessions;
        let is_ambient = || self.credential().ok().flatten().is_some_and(|shown| shown.kind().is_ambient());
        sessions.checks_origin()
            && is_unsafe(request)
            && is_ambient()
            && sessions.links().is_none_or(|links| is_cross_site(request, links))
    }

    fn forged<H: HeaderLookup>(&self, requirement: &Requirement, request: &RequestView<'_, H>) -> Decision {
        decide(Facts::CrossSite, requirement, request, self.0.sessions.links(), Timestamp::EPOCH)
    }

    fn judge<H: HeaderLookup>(
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
        // Asking the clock costs as much as half of the rest.
        let now = if requirement.looks_at_time() { crate::clock::now() } else { Timestamp::EPOCH };
        decide(facts, requirement, request, self.0.sessions.links(), now)
    }

    /// The credential to ask with whether a second factor could be shown. That is asked only where it decides: an
    /// AAL1 session that meets an AAL2 requirement.
    fn needs_second_factor(
        &self,
        requirement: &Requirement,
        resolution: &Result<&Resolution, ResolveError>,
    ) -> Option<&Credential> {
        let Ok(Resolution::Active(session)) = resolution else { return None };
        let decides =
            requirement.is_second_factor_missing(session) && session.authenticator_assurance_level.is_some();
        self.credential().ok().flatten().filter(|_| decides)
    }

    /// What the response needs. Call it when the handler is done.
    pub fn response_headers(&self) -> ResponseHeaders {
        let cookies = |cell: &OnceLock<Outcome>| match cell.get() {
            Some(Ok(found)) if !found.cookies.is_empty() => Some(found.cookies.clone()),
            _ => None,
        };
        // The live answer knows better.
        let mut cookies = cookies(&self.0.live).or_else(|| cookies(&self.0.remembered)).unwrap_or_default();
        let shown = self.0.shown.get();
        if let Some(shown) = shown {
            cookies.extend_from_slice(&shown.lock().unwrap_or_else(PoisonError::into_inner));
        }
        ResponseHeaders::new(cookies, self.0.asked.load(Ordering::Relaxed), shown.is_some())
    }

    /// The response shows a flow, and these cookies came with it.
    pub(crate) fn shows_flow(&self, cookies: &RelayCookies) {
        let shown = self.0.shown.get_or_init(Mutex::default);
        shown.lock().unwrap_or_else(PoisonError::into_inner).extend(cookies.iter().cloned());
    }

    pub(crate) fn sessions(&self) -> &Kratos {
        &self.0.sessions
    }
}

fn outcome_of(outcome: &Outcome) -> Result<&Resolution, ResolveError> {
    outcome.as_ref().map(|resolved| &resolved.resolution).map_err(ResolveError::clone)
}

fn is_live(outcome: &Outcome) -> bool {
    // A failure is remembered too: asking again would double the load on a Kratos in trouble.
    outcome.as_ref().map_or(true, |resolved| resolved.live)
}

/// Counts what came of the request's question.
#[cfg(feature = "metrics")]
impl Drop for Inner {
    fn drop(&mut self) {
        // The live answer is what the request went by.
        match self.live.get().or_else(|| self.remembered.get()) {
            Some(outcome) => {
                let (outcome, source) = crate::resolve::label::of_resolution(outcome);
                crate::metrics::resolution(outcome, source);
            }
            None if self.asked.load(Ordering::Relaxed) => {
                crate::metrics::unasked(matches!(self.credential.get(), Some(Err(_))));
            }
            None => {}
        }
    }
}

impl std::fmt::Debug for RequestSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestSession").field("credential", &self.credential()).finish_non_exhaustive()
    }
}
