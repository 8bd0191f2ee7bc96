//! What a route asks of a session.

use std::{fmt, sync::Arc, time::Duration};

use crate::{model::Session, resolve::Freshness};

/// What a route asks for. Start with [`Requirement::signed_in`] or [`Requirement::signed_out`], and add.
#[derive(Clone)]
pub struct Requirement {
    pub(super) signed_out: bool,
    pub(super) second_factor: bool,
    pub(super) authenticated_within: Option<Duration>,
    pub(super) verified_address: bool,
    pub(super) live: bool,
    pub(super) predicates: Vec<Predicate>,
    pub(super) redirects: bool,
}

type Predicate = Arc<dyn Fn(&Session) -> bool + Send + Sync>;

impl Requirement {
    /// A valid session, of any level.
    #[must_use]
    pub fn signed_in() -> Self {
        Self {
            signed_out: false,
            second_factor: false,
            authenticated_within: None,
            verified_address: false,
            live: false,
            predicates: Vec::new(),
            redirects: true,
        }
    }

    /// No session: for login and registration pages. Somebody signed in is led home, except on the way to a
    /// refresh (`refresh=true`), a second factor (`aal=`) or an OAuth2 login (`login_challenge=`), which need
    /// the login page although there is a session.
    ///
    /// What is added to it by `with_…` (except [`Requirement::with_status_only`]) has no effect.
    #[must_use]
    pub fn signed_out() -> Self {
        Self { signed_out: true, ..Self::signed_in() }
    }

    /// Also a second factor (AAL2). Kratos is asked live.
    #[must_use]
    pub fn with_aal2(mut self) -> Self {
        self.second_factor = true;
        self
    }

    /// Also that a factor was shown no longer ago than `age`: a privileged session. Kratos is asked live, and
    /// does not tell its own `privileged_session_max_age` (default 1 h), so say here what your route needs.
    /// `Duration::ZERO` is never met.
    #[must_use]
    pub fn with_authenticated_within(mut self, age: Duration) -> Self {
        self.authenticated_within = Some(self.authenticated_within.map_or(age, |known| known.min(age)));
        self
    }

    /// Also at least one verified address.
    #[must_use]
    pub fn with_verified_address(mut self) -> Self {
        self.verified_address = true;
        self
    }

    /// Also that Kratos itself says so now, where the resolver remembers sessions or checks tokens: for routes on
    /// which a session revoked a moment ago must not count. Costs a call for each request.
    #[must_use]
    pub fn with_live_session(mut self) -> Self {
        self.live = true;
        self
    }

    /// Also whatever you ask of the session; a "no" is answered with 403 and never with a redirect.
    #[must_use]
    pub fn with_predicate(mut self, predicate: impl Fn(&Session) -> bool + Send + Sync + 'static) -> Self {
        self.predicates.push(Arc::new(predicate));
        self
    }

    /// Answers pages with a status too instead of a redirect. For APIs that browsers are not meant to visit.
    #[must_use]
    pub fn with_status_only(mut self) -> Self {
        self.redirects = false;
        self
    }

    /// How current the session must be: live for AAL2, freshness and where it was asked for, otherwise a
    /// remembered one will do.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        if self.live || self.second_factor || self.authenticated_within.is_some() {
            Freshness::Live
        } else {
            Freshness::Cached
        }
    }

    /// Whether the decision depends on what time it is.
    pub(crate) fn looks_at_time(&self) -> bool {
        self.authenticated_within.is_some()
    }

    /// Whether a session without a second factor does not meet this.
    #[must_use]
    pub fn is_second_factor_missing(&self, session: &Session) -> bool {
        self.second_factor && !self.signed_out && !session.has_second_factor()
    }
}

impl fmt::Debug for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requirement")
            .field("signed_out", &self.signed_out)
            .field("second_factor", &self.second_factor)
            .field("fresh_within", &self.authenticated_within)
            .field("verified_address", &self.verified_address)
            .field("live", &self.live)
            .field("predicates", &self.predicates.len())
            .field("redirects", &self.redirects)
            .finish()
    }
}
