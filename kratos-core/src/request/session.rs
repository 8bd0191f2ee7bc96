//! The session of one request, resolved at most once.

use std::sync::{
    Arc, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use http::HeaderValue;

use super::{GuardFuture, KratosRequest, Rejection, ResponseHeaders, SessionState, rare::Rare};
use crate::{
    Kratos,
    adapter::HeaderLookup,
    credential::{AmbiguousCredentials, Credential},
    diagnosis::{self, Finding, hosts},
    model::{Session, Timestamp},
    policy::{
        Decision, Facts, GuardResponse, Refusal, RefusalReason, RequestView, Requirement, decide,
        is_cross_site, is_unsafe,
    },
    resolve::{Freshness, Resolution, ResolveError, Resolved, SecondFactor},
};

/// The session of one request. It is resolved when first needed and kept, a failure included, so that a layer, an
/// extractor and a handler together cost one call to Kratos. Cheap to clone.
#[derive(Clone)]
pub struct RequestSession(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) kratos: Kratos,
    /// Set before the session is shared.
    pub(super) credential: OnceLock<Result<Option<Credential>, AmbiguousCredentials>>,
    pub(super) remembered: OnceLock<Outcome>,
    pub(super) asked: AtomicBool,
    rare: OnceLock<Box<Rare>>,
}

impl Inner {
    /// The rare state, if the request has needed it.
    pub(super) fn rare(&self) -> Option<&Rare> {
        self.rare.get().map(|rare| &**rare)
    }

    pub(super) fn init_rare(&self) -> &Rare {
        self.rare.get_or_init(Box::default)
    }

    /// The live resolution, if there is one beside the cached one.
    pub(super) fn live(&self) -> Option<&Outcome> {
        self.rare()?.live.get()
    }
}

/// What the cache says of [`Requirement::signed_in`].
enum SignedIn<'a> {
    /// This session meets it.
    Met(&'a Arc<Session>),
    /// Kratos must be asked.
    Uncached,
    /// The decision table decides.
    Undecided,
}

pub(super) type Outcome = Result<Resolved, ResolveError>;

impl RequestSession {
    /// A session whose credential is unread.
    pub(super) fn unread(kratos: Kratos) -> Self {
        Self(Arc::new(Inner {
            kratos,
            credential: OnceLock::new(),
            remembered: OnceLock::new(),
            asked: AtomicBool::new(false),
            rare: OnceLock::new(),
        }))
    }

    /// Reads the credential, unless it was read before.
    pub(super) fn read(&self, headers: &impl HeaderLookup) {
        self.0.credential.get_or_init(|| self.0.kratos.credentials().read(headers));
    }

    /// Returns the credential that the request carries.
    ///
    /// # Errors
    /// When the request carries two under [`Ambiguous::Reject`](crate::credential::Ambiguous::Reject).
    pub fn credential(&self) -> Result<Option<&Credential>, AmbiguousCredentials> {
        match self.0.credential.get() {
            Some(Ok(credential)) => Ok(credential.as_ref()),
            Some(Err(error)) => Err(*error),
            None => Ok(None),
        }
    }

    /// Binds the session to its request.
    #[must_use]
    pub fn bind<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> KratosRequest {
        let headers = request.headers().to_map();
        KratosRequest::new(self.clone(), request.method(), request.path_and_query(), headers)
    }

    /// Requires that the session meets a requirement.
    ///
    /// # Errors
    /// The response to send: the requirement is unmet, or the session cannot be checked.
    pub fn require<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> GuardFuture<()> {
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

    /// Turns a decision into the rejection to send, and logs the misconfiguration that it shows.
    pub(crate) fn carry_out<H: HeaderLookup>(
        &self,
        decision: &Decision,
        request: &RequestView<'_, H>,
    ) -> Result<(), Rejection> {
        match decision.response() {
            Some(response) => {
                self.explain(&response.refusal, request);
                Err(self.0.kratos.render(response, request))
            }
            None => Ok(()),
        }
    }

    /// Logs what a refusal shows of the configuration, each finding once a process.
    fn explain<H: HeaderLookup>(&self, refusal: &Refusal, request: &RequestView<'_, H>) {
        match (refusal.reason(), self.0.kratos.links_for(request)) {
            (RefusalReason::Misconfigured, _) => diagnosis::misuse(refusal.explanation()).log_once(),
            (RefusalReason::LoginLoop { .. }, links) => {
                tracing::debug!(target: "kratos", "broke a login loop");
                let of_flow = request.query("flow").is_some();
                let guarded = of_flow || links.is_some_and(|links| links.is_target(request.path()));
                let finding = if guarded { hosts::guarded_page(request.path()) } else { hosts::login_loop() };
                finding.log_once();
            }
            (RefusalReason::CrossSite, _)
                if self.0.kratos.origins_for(request).is_none()
                    && request.headers().values("origin").next().is_some() =>
            {
                hosts::unknown_origin().log_once();
            }
            (RefusalReason::Anonymous, Some(links)) => {
                let host = request.text("host");
                host.and_then(|host| hosts::asked_as(host, links)).iter().for_each(Finding::log_once);
            }
            _ => {}
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

    /// Drops the cached session of this request's credential: after the session ended or changed.
    pub async fn forget(&self) {
        if let Ok(Some(credential)) = self.credential() {
            self.0.kratos.forget_credential(credential).await;
        }
    }

    /// Refuses the request, rendered as every other rejection.
    #[must_use]
    pub fn refuse<H: HeaderLookup>(&self, refusal: &Refusal, request: &RequestView<'_, H>) -> Rejection {
        self.explain(refusal, request);
        self.0.kratos.render(GuardResponse::refuse(refusal, request.audience()), request)
    }

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
    fn counts(&self, requirement: &Requirement) -> bool {
        self.credential().ok().flatten().is_none_or(|sent| requirement.accepts(sent.kind()))
    }

    /// The decision for a request whose credential does not count: it is anonymous.
    fn uncounted<H: HeaderLookup>(
        &self,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        let facts = Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown);
        self.decided(facts, requirement, request)
    }

    fn forged<H: HeaderLookup>(&self, requirement: &Requirement, request: &RequestView<'_, H>) -> Decision {
        self.decided(Facts::CrossSite, requirement, request)
    }

    fn forged_rejection<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Rejection {
        match self.carry_out(&self.forged(&Requirement::signed_in(), request), request) {
            Err(rejection) => rejection,
            // Not reached: a forged request is always refused.
            Ok(()) => self.refuse(&Refusal::anonymous(), request),
        }
    }

    /// Decides by facts that no clock matters to.
    fn decided<H: HeaderLookup>(
        &self,
        facts: Facts<'_>,
        requirement: &Requirement,
        request: &RequestView<'_, H>,
    ) -> Decision {
        decide(facts, requirement, request, self.0.kratos.links_for(request), Timestamp::EPOCH)
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
        // Reading the clock costs as much as half of the rest.
        let now = if requirement.looks_at_time() { crate::clock::now() } else { Timestamp::EPOCH };
        decide(facts, requirement, request, self.0.kratos.links_for(request), now)
    }

    /// The credential of a request whose second factor matters: an AAL1 session that meets an AAL2 requirement.
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

    /// Returns the headers that the response needs. Call it after the handler.
    pub fn response_headers(&self) -> ResponseHeaders {
        let cookies = |outcome: Option<&Outcome>| match outcome {
            Some(Ok(found)) if !found.cookies.is_empty() => Some(found.cookies.clone()),
            _ => None,
        };
        // The live resolution is the newer one.
        let mut cookies =
            cookies(self.0.live()).or_else(|| cookies(self.0.remembered.get())).unwrap_or_default();
        let shown = self.0.rare().and_then(|rare| rare.shown.get());
        if let Some(shown) = shown {
            cookies.extend_from_slice(&shown.lock().unwrap_or_else(PoisonError::into_inner));
        }
        ResponseHeaders::new(cookies, self.0.asked.load(Ordering::Relaxed), shown.is_some())
    }

    /// Notes that the response shows a flow, and the cookies to relay with it.
    pub(crate) fn shows_flow(&self, cookies: impl IntoIterator<Item = HeaderValue>) {
        let shown = self.0.init_rare().shown.get_or_init(Default::default);
        shown.lock().unwrap_or_else(PoisonError::into_inner).extend(cookies);
    }

    /// Returns the [`Kratos`] of the layer.
    #[must_use]
    pub(crate) fn kratos(&self) -> &Kratos {
        &self.0.kratos
    }
}

/// Counts the outcome of the request.
#[cfg(feature = "metrics")]
impl Drop for Inner {
    fn drop(&mut self) {
        // The live resolution is the one that the request was judged by.
        match self.live().or_else(|| self.remembered.get()) {
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

impl std::fmt::Debug for RequestSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestSession").field("credential", &self.credential()).finish_non_exhaustive()
    }
}
