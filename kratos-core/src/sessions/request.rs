//! The session of one request, asked for at most once.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use http::HeaderValue;

use tokio::sync::OnceCell;

use super::{ResponseTouch, Sessions};
use crate::{
    client::RelayCookies,
    credential::{AmbiguousCredentials, Credential, HeaderLookup},
    model::Session,
    policy::{Answer, Decision, Facts, Refusal, RequestView, Requirement, decide, is_cross_site, is_unsafe},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SecondFactor},
    wire::Timestamp,
};

/// The session of one request. Resolved when first needed and remembered, failure included, so that a layer,
/// an extractor and a handler together cost one question. Cheap to clone.
#[derive(Clone)]
pub struct RequestSession(Arc<Inner>);

struct Inner {
    sessions: Sessions,
    credential: Result<Option<Credential>, AmbiguousCredentials>,
    remembered: OnceCell<Result<Resolved, ResolveError>>,
    live: OnceCell<Result<Resolved, ResolveError>>,
    asked: AtomicBool,
    /// The cookies that came with a flow; `None` when no flow was shown.
    shown: Mutex<Option<Vec<HeaderValue>>>,
}

impl RequestSession {
    pub(super) fn new(
        sessions: Sessions,
        credential: Result<Option<Credential>, AmbiguousCredentials>,
    ) -> Self {
        let (remembered, live) = (OnceCell::new(), OnceCell::new());
        Self(Arc::new(Inner {
            sessions,
            credential,
            remembered,
            live,
            asked: AtomicBool::new(false),
            shown: Mutex::new(None),
        }))
    }

    /// The credential that was chosen. For logout and for calls on the user's behalf.
    ///
    /// # Errors
    /// When the request carries two and the reader is strict.
    pub fn credential(&self) -> Result<Option<&Credential>, AmbiguousCredentials> {
        self.0.credential.as_ref().map(Option::as_ref).map_err(|error| *error)
    }

    /// Lets a request through that meets the requirement.
    ///
    /// # Errors
    /// The answer to send instead of calling the handler, when the requirement is not met or nobody could tell.
    pub async fn require<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Result<(), Box<Answer>> {
        match self.decide(requirement, request).await.answer() {
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
    ) -> Result<Arc<Session>, Box<Answer>> {
        let requirement = Requirement::signed_in();
        self.require(&requirement, request).await?;
        match self.resolve(requirement.freshness()).await {
            Ok(Resolution::Active(session) | Resolution::NotLive(session)) => Ok(Arc::clone(session)),
            // Not reached: the requirement was met, and the resolution is remembered.
            Ok(Resolution::Anonymous | Resolution::StepUp(_)) => {
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
    ) -> Result<Option<Arc<Session>>, Box<Answer>> {
        // What another site sends is refused even when its cookie opens nothing.
        if !self.is_forged(request)
            && matches!(self.resolve(Freshness::Cached).await, Ok(Resolution::Anonymous))
        {
            return Ok(None);
        }
        self.signed_in(request).await.map(Some)
    }

    /// Drops what the resolver remembers of this request's credential: call it when the session ended or changed,
    /// for example after a logout.
    pub async fn forget(&self) {
        if let Ok(Some(credential)) = &self.0.credential {
            self.0.sessions.resolver().forget(credential).await;
            if let (Some(exchange), Some(session)) = (self.0.sessions.exchange(), credential.session()) {
                exchange.forget(session);
            }
        }
    }

    /// The answer for a refusal of an extractor's own, rendered as all others.
    #[must_use]
    pub fn refuse<H: HeaderLookup>(&self, refusal: &Refusal, request: &RequestView<'_, H>) -> Box<Answer> {
        Box::new(self.0.sessions.render(Answer::refuse(refusal, request.audience())))
    }

    /// The answer of the resolver, asked at most once a request, and once more if a live one is needed where a
    /// remembered one was used before. A request without a credential asks nobody.
    ///
    /// # Errors
    /// When the resolver fails; the same error each time. Ambiguous credentials count as misconfigured here:
    /// use [`RequestSession::decide`] to have them answered.
    pub async fn resolve(&self, freshness: Freshness) -> Result<&Resolution, ResolveError> {
        self.0.asked.store(true, Ordering::Relaxed);
        let credential = match &self.0.credential {
            Ok(Some(credential)) => credential,
            Ok(None) => return Ok(&Resolution::Anonymous),
            Err(error) => return Err(ResolveError::misconfigured(error.to_string())),
        };
        let cell = match freshness {
            Freshness::Live if !self.0.remembered.get().is_some_and(is_live) => &self.0.live,
            Freshness::Cached if self.0.live.initialized() => &self.0.live,
            Freshness::Live | Freshness::Cached => &self.0.remembered,
        };
        let resolver = self.0.sessions.resolver();
        let remembers = freshness == Freshness::Cached && !cell.initialized();
        if let Some(found) = remembers.then(|| resolver.at_hand(credential)).flatten() {
            // Losing the race against another task of this request is fine: one of the answers stays.
            let _ = cell.set(Ok(found));
        }
        let outcome = cell.get_or_init(|| resolver.resolve(credential, freshness)).await;
        outcome.as_ref().map(|resolved| &resolved.resolution).map_err(ResolveError::clone)
    }

    /// Whether this request may go on, and if not, what to answer.
    pub async fn decide<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        let now = Timestamp::now();
        let links = self.0.sessions.links();
        if let Err(error) = self.0.credential {
            return decide(Facts::Ambiguous(error), requirement, request, links, now);
        }
        if self.is_forged(request) {
            return decide(Facts::CrossSite, requirement, request, links, now);
        }
        let resolution = match self.resolve(requirement.freshness()).await {
            Ok(resolution) => resolution,
            Err(error) => return decide(Facts::Failed(&error), requirement, request, links, now),
        };
        let factor = match self.second_factor(requirement, resolution).await {
            Ok(factor) => factor,
            Err(error) => return decide(Facts::Failed(&error), requirement, request, links, now),
        };
        decide(Facts::Resolved(resolution, factor), requirement, request, links, now)
    }

    /// Whether another site made the browser send this with its cookie. Without links nobody can tell.
    fn is_forged<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> bool {
        let sessions = &self.0.sessions;
        let is_ambient =
            || matches!(&self.0.credential, Ok(Some(credential)) if credential.kind().is_ambient());
        sessions.checks_origin()
            && is_ambient()
            && is_unsafe(request)
            && sessions.links().is_none_or(|links| is_cross_site(request, links))
    }

    /// Asked only where it decides: an AAL1 session that meets an AAL2 requirement.
    async fn second_factor(
        &self,
        requirement: &Requirement,
        resolution: &Resolution,
    ) -> Result<SecondFactor, ResolveError> {
        match (resolution, &self.0.credential) {
            (Resolution::Active(session), Ok(Some(credential)))
                if requirement.is_second_factor_missing(session)
                    && session.authenticator_assurance_level.is_some() =>
            {
                self.0.sessions.resolver().second_factor(credential).await
            }
            _ => Ok(SecondFactor::Unknown),
        }
    }

    /// What the response needs. Call it when the handler is done.
    pub fn touch(&self) -> ResponseTouch {
        // The live answer knows better.
        let resolved = [&self.0.live, &self.0.remembered].map(OnceCell::get).into_iter().flatten().flatten();
        let cookies = resolved.map(|found| &found.cookies).find(|cookies| !cookies.is_empty());
        let mut cookies = cookies.cloned().unwrap_or_default();
        let shown = self.0.shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (asked, flow) = (self.0.asked.load(Ordering::Relaxed), shown.is_some());
        cookies.extend(shown.into_iter().flatten());
        ResponseTouch::new(cookies, asked, flow)
    }

    /// The response shows a flow, and these cookies came with it.
    pub(crate) fn shows_flow(&self, cookies: &RelayCookies) {
        let mut shown = self.0.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.get_or_insert_default().extend(cookies.iter().cloned());
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }
}

fn is_live(outcome: &Result<Resolved, ResolveError>) -> bool {
    // A failure is remembered too: asking again would double the load on a Kratos in trouble.
    outcome.as_ref().map_or(true, |resolved| resolved.live)
}

/// Counts what came of the request's question.
#[cfg(feature = "metrics")]
impl Drop for Inner {
    fn drop(&mut self) {
        // The live answer is what the request went by.
        match self.live.get().or_else(|| self.remembered.get()) {
            Some(outcome) => crate::metrics::resolution(outcome),
            None if self.asked.load(Ordering::Relaxed) => crate::metrics::unasked(self.credential.is_err()),
            None => {}
        }
    }
}

impl std::fmt::Debug for RequestSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestSession").field("credential", &self.0.credential).finish_non_exhaustive()
    }
}
