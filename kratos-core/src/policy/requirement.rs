//! What a route requires of a session.

use std::{fmt, sync::Arc, time::Duration};

use serde::de::DeserializeOwned;

use crate::{credential::CredentialKind, model::Session, resolve::Freshness};

/// What a route requires. Start with [`Requirement::signed_in`] or [`Requirement::signed_out`].
#[derive(Clone)]
pub struct Requirement {
    pub(super) signed_out: bool,
    pub(super) second_factor: bool,
    pub(super) authenticated_within: Option<Duration>,
    pub(super) verified_address: bool,
    pub(super) live: bool,
    pub(super) predicates: Vec<Predicate>,
    pub(super) session_token: bool,
    pub(super) redirects: bool,
}

type Predicate = Arc<dyn Fn(&Session) -> bool + Send + Sync>;

impl Requirement {
    /// Requires an active session of any level.
    #[must_use]
    pub fn signed_in() -> Self {
        Self {
            signed_out: false,
            second_factor: false,
            authenticated_within: None,
            verified_address: false,
            live: false,
            predicates: Vec::new(),
            session_token: false,
            redirects: true,
        }
    }

    /// Requires an active session by a session token: for APIs of native apps. A session cookie does not count, so no other
    /// site can use a browser's session. Every refusal is JSON, never a redirect or a page; without an active session token it
    /// is 401 `session_inactive`.
    #[must_use]
    pub fn session_token() -> Self {
        Self { session_token: true, redirects: false, ..Self::signed_in() }
    }

    /// Requires the absence of a session: for login and registration pages. Redirects a signed-in user to the home page,
    /// except for a refresh (`refresh=true`), a second factor (`aal=`) or an OAuth2 login (`login_challenge=`), which
    /// need the login page beside a session.
    ///
    /// The `with_…` methods have no effect on it, except [`Requirement::with_status_only`].
    #[must_use]
    pub fn signed_out() -> Self {
        Self { signed_out: true, ..Self::signed_in() }
    }

    /// Requires a second factor (AAL2). Costs a call to Kratos for each request.
    #[must_use]
    pub fn with_aal2(mut self) -> Self {
        self.second_factor = true;
        self
    }

    /// Requires authentication within the last `age`: a privileged session. Costs a call to Kratos for each request. The
    /// API does not expose Kratos' own `privileged_session_max_age` (default 1 h). No session meets `Duration::ZERO`.
    #[must_use]
    pub fn with_authenticated_within(mut self, age: Duration) -> Self {
        self.authenticated_within = Some(self.authenticated_within.map_or(age, |known| known.min(age)));
        self
    }

    /// Requires at least one verified address.
    #[must_use]
    pub fn with_verified_address(mut self) -> Self {
        self.verified_address = true;
        self
    }

    /// Requires that Kratos confirms the session for this request, past cache and JWT: for routes on which a session
    /// revoked a moment ago must not count. Costs a call to Kratos for each request.
    #[must_use]
    pub fn with_live_session(mut self) -> Self {
        self.live = true;
        self
    }

    /// Requires that `predicate` returns true for the session. Otherwise the response is 403, never a redirect.
    #[must_use]
    pub fn with_predicate(mut self, predicate: impl Fn(&Session) -> bool + Send + Sync + 'static) -> Self {
        self.predicates.push(Arc::new(predicate));
        self
    }

    /// Requires that the identity's `metadata_public` deserializes into `T` and that `predicate` returns true for it: a role,
    /// for example. Kratos lets only the admin API write it. Otherwise the response is 403, as for
    /// [`with_predicate`](Self::with_predicate). Parses the metadata for each request.
    #[must_use]
    pub fn with_metadata_public<T: DeserializeOwned>(
        self,
        predicate: impl Fn(T) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.with_predicate(move |session| {
            let metadata = session.identity().and_then(|identity| identity.metadata_public.as_ref());
            metadata.and_then(|metadata| metadata.parse().ok()).is_some_and(&predicate)
        })
    }

    /// Answers pages with a status instead of a redirect: for APIs that browsers do not visit.
    #[must_use]
    pub fn with_status_only(mut self) -> Self {
        self.redirects = false;
        self
    }

    /// Returns how current the session must be: live for AAL2, recent authentication and
    /// [`with_live_session`](Self::with_live_session), otherwise cached.
    #[must_use]
    pub(crate) fn freshness(&self) -> Freshness {
        if self.live || self.second_factor || self.authenticated_within.is_some() {
            Freshness::Live
        } else {
            Freshness::Cached
        }
    }

    /// Whether this requires what [`Requirement::signed_in`] requires, and nothing more.
    pub(crate) fn is_signed_in(&self) -> bool {
        let Self {
            signed_out,
            second_factor,
            authenticated_within,
            verified_address,
            live,
            predicates,
            session_token,
            redirects: _,
        } = self;
        !(*signed_out || *second_factor || *verified_address || *live || *session_token)
            && authenticated_within.is_none()
            && predicates.is_empty()
    }

    /// Whether a credential of this kind counts.
    pub(crate) fn accepts(&self, kind: CredentialKind) -> bool {
        !self.session_token || matches!(kind, CredentialKind::SessionToken | CredentialKind::Bearer)
    }

    /// Whether the decision depends on the time.
    pub(crate) fn looks_at_time(&self) -> bool {
        self.authenticated_within.is_some()
    }

    /// Returns whether `session` lacks the second factor that this requires.
    #[must_use]
    pub(crate) fn is_second_factor_missing(&self, session: &Session) -> bool {
        self.second_factor && !self.signed_out && !session.has_second_factor()
    }
}

impl fmt::Debug for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requirement")
            .field("signed_out", &self.signed_out)
            .field("second_factor", &self.second_factor)
            .field("authenticated_within", &self.authenticated_within)
            .field("verified_address", &self.verified_address)
            .field("live", &self.live)
            .field("predicates", &self.predicates.len())
            .field("session_token", &self.session_token)
            .field("redirects", &self.redirects)
            .finish()
    }
}

#[cfg(test)]
mod tests;
