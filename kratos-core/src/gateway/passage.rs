//! A request on its way through the gateway.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, Method, StatusCode, header};
use serde::Deserialize;

use super::{
    GatewayEvent, GatewayEventKind, GatewayOutcome, SubmittedFlow,
    action::Action,
    forget::{Done, Known, forget},
    outcome::{CookieChange, outcome},
};
use crate::{Kratos, credential::Credential, model::Session, resolve::ResolveError};

/// The credentials of one request whose sessions are looked up. A browser sends one, or two after a change of the cookie's name.
const MOST_LOOKUPS: usize = 4;
/// When to try again if Kratos does not say.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Follows one request through the gateway, and drops the cache entries that it outdates: before its response reaches the
/// browser, or, once it was [`sent`](Self::sent), when it is cut off, since Kratos may have served it nevertheless.
///
/// Costs nothing for requests that change no session, nor without [`Kratos::with_cache`]. `Debug` shows no credential.
#[derive(Debug)]
#[must_use = "dropping it drops the cache entries that the request may outdate"]
pub struct Passage {
    kratos: Kratos,
    action: Action,
    credentials: Vec<Credential>,
    /// The sessions of these that the cache did not have.
    found: Vec<Arc<Session>>,
    needs_body: bool,
    state: State,
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It changes nothing, or all that it changes is known.
    Over,
    Prepared,
    Sent,
}

impl Passage {
    pub(super) fn new(kratos: &Kratos, method: &Method, path: &str, headers: &HeaderMap) -> Self {
        let action = Action::of(method, path);
        let credentials = match action {
            Action::Nothing => Vec::new(),
            _ => carried(kratos, headers),
        };
        Self {
            kratos: kratos.clone(),
            action,
            credentials,
            found: Vec::new(),
            needs_body: action != Action::Nothing && (action.names_token() || !has_form(method)),
            state: if action == Action::Nothing { State::Over } else { State::Prepared },
        }
    }

    /// The flow whose form is submitted, if one is.
    #[must_use]
    pub fn flow(&self) -> Option<SubmittedFlow> {
        match self.action {
            Action::Flow(flow) => Some(flow),
            _ => None,
        }
    }

    /// Whether the request's whole body is needed before [`find_sessions`](Self::find_sessions): it may name the session
    /// token that a logout ends, or Kratos may do what the head asks for without waiting for it, so that a body that breaks
    /// off would leave unknown what Kratos did.
    #[must_use]
    pub fn needs_body(&self) -> bool {
        self.needs_body
    }

    /// Adds the credential that the request's body names. Native logouts have a few hundred bytes.
    pub fn read_body(&mut self, body: &[u8]) {
        if !self.action.names_token() {
            return;
        }
        #[derive(Deserialize)]
        struct Logout {
            session_token: String,
        }
        if let Ok(logout) = serde_json::from_slice::<Logout>(body) {
            // First: it names the session that ends, and only so many are looked up.
            self.credentials.insert(0, Credential::session_token(logout.session_token));
        }
    }

    /// Finds the sessions of the request that the cache does not have, if it may end others with them: by a logout,
    /// `DELETE /sessions`, `DELETE /sessions/ID`, a settings form, the return from a single sign-on provider, or a form that is
    /// not known. Only then can the entries of those be dropped, and no other. To be called before the request is sent.
    ///
    /// Calls whoami for each credential that the cache does not have, at most four, as a guard would: within its time-out and
    /// its limit of calls in flight, joined with equal calls. Kratos names no session for a made-up credential, nor for one
    /// that needs a second factor first.
    ///
    /// # Errors
    /// When Kratos does not tell, with the time after which to try again. The request must not be sent: a session that it
    /// ends could be served from the cache afterwards.
    pub async fn find_sessions(&mut self) -> Result<(), Duration> {
        if !self.action.ends_other_sessions() {
            return Ok(());
        }
        for credential in self.credentials.iter().take(MOST_LOOKUPS) {
            match self.kratos.uncached_session(credential).await {
                Ok(session) => self.found.extend(session),
                Err(error) => {
                    warn(
                        &error,
                        "the session of a request through the gateway is not known; it was not sent",
                    );
                    return Err(error.retry_after().unwrap_or(RETRY_AFTER));
                }
            }
        }
        Ok(())
    }

    /// Whether the request may change sessions, and its response has not told yet. The call must then go on if the caller
    /// hangs up: which sessions of which identity it ended, the response alone tells.
    #[must_use]
    pub fn may_change_sessions(&self) -> bool {
        self.state != State::Over
    }

    /// Notes that the request is sent: from now on Kratos may have served it.
    pub fn sent(&mut self) {
        if self.state == State::Prepared {
            self.state = State::Sent;
        }
    }

    /// Ends the passage of a request that was not sent after all.
    pub fn not_sent(mut self) {
        self.state = State::Over;
    }

    /// Drops the cache entries that the response outdates, and returns what happened.
    ///
    /// A login or recovery may end all earlier sessions of its identity (the hook `revoke_active_sessions`): with a cache,
    /// calls whoami with the cookie that the response issues, which the next request needs anyway. If Kratos does not tell
    /// whose it is, that is logged, and those entries end at their own time.
    pub async fn answered(&mut self, status: StatusCode, headers: &HeaderMap) -> Vec<GatewayEvent> {
        if std::mem::replace(&mut self.state, State::Over) == State::Over {
            return Vec::new();
        }
        let cookie = CookieChange::of(headers, self.kratos.credentials().cookies());
        let outcome = outcome(self.action, status, headers, cookie);
        let known = self.forget(outcome, cookie);
        let issued = match (self.action, cookie) {
            (Action::Flow(flow), CookieChange::Issued) if may_end_earlier(flow) => self.issued(headers).await,
            _ => None,
        };
        self.events(outcome, status, cookie, &known, issued.as_deref())
    }

    /// Drops the cache entries that a request may have outdated that was sent and has no response, and returns what may have
    /// happened. `status` is that of the gateway's own response.
    pub fn unanswered(&mut self, status: StatusCode) -> Vec<GatewayEvent> {
        if std::mem::replace(&mut self.state, State::Over) != State::Sent {
            return Vec::new();
        }
        let known = self.forget(GatewayOutcome::Unknown, CookieChange::None);
        self.events(GatewayOutcome::Unknown, status, CookieChange::None, &known, None)
    }

    /// Finds the session that a response issues, and drops the earlier ones of its identity.
    async fn issued(&self, headers: &HeaderMap) -> Option<Arc<Session>> {
        let lines = headers.get_all(header::SET_COOKIE).iter();
        let pairs = lines.filter_map(|line| {
            let pair = line.as_bytes().split(|byte| *byte == b';').next()?;
            Some((header::COOKIE, http::HeaderValue::from_bytes(pair).ok()?))
        });
        let credential = self.kratos.credentials().cookie(&pairs.collect::<HeaderMap>())?;
        let session = match self.kratos.uncached_session(&credential).await {
            Ok(session) => session?,
            Err(error) => {
                warn(&error, "whose the new session is is not known; earlier sessions stay in the cache");
                return None;
            }
        };
        if let Some(identity) = session.identity() {
            self.kratos.forget_identity(identity.id);
        }
        Some(session)
    }

    fn forget(&self, outcome: GatewayOutcome, cookie: CookieChange) -> Known {
        let known = Known::of(&self.kratos, &self.credentials, &self.found);
        let done = Done { action: self.action, outcome, cookie };
        forget(&self.kratos, done, &self.credentials, MOST_LOOKUPS, &known);
        known
    }

    fn events(
        &self,
        outcome: GatewayOutcome,
        status: StatusCode,
        cookie: CookieChange,
        known: &Known,
        issued: Option<&Session>,
    ) -> Vec<GatewayEvent> {
        let (identity, session) = (known.identities.first().copied(), known.sessions.first().copied());
        let event = |kind, session| GatewayEvent { kind, outcome, identity, session, status };
        let flow = match self.action {
            Action::Nothing => return Vec::new(),
            Action::Logout => return vec![event(GatewayEventKind::SignedOut, session)],
            Action::Revoke(id) => return vec![event(GatewayEventKind::SessionRevoked, Some(id))],
            Action::RevokeOthers => return vec![event(GatewayEventKind::OtherSessionsRevoked, None)],
            Action::Flow(flow) => flow,
        };
        let submitted = event(GatewayEventKind::FlowSubmitted(flow), session);
        // A native login has its session in the body.
        let native = flow == SubmittedFlow::Login && status.is_success();
        let by_cookie = cookie == CookieChange::Issued && flow != SubmittedFlow::Settings;
        if outcome == GatewayOutcome::Succeeded && (native || by_cookie) {
            let signed_in = GatewayEvent {
                identity: issued
                    .and_then(|session| session.identity())
                    .map(|identity| identity.id)
                    .or(identity.filter(|_| flow == SubmittedFlow::Login && session.is_some())),
                ..event(GatewayEventKind::SignedIn, issued.map(|session| session.id))
            };
            return vec![submitted, signed_in];
        }
        vec![submitted]
    }
}

fn carried(kratos: &Kratos, headers: &HeaderMap) -> Vec<Credential> {
    let reader = kratos.credentials();
    // The cache knows a request by the credential that takes precedence, together with those beside it.
    let chosen = reader.read(headers).ok().flatten();
    let mut all = Vec::new();
    for credential in chosen.into_iter().chain(reader.cookie(headers)).chain(reader.read_all(headers)) {
        if !all.contains(&credential) {
            all.push(credential);
        }
    }
    all
}

/// Whether requests of this method act by their body: not before Kratos has read all of it.
fn has_form(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// Whether such a form may end earlier sessions of the identity that it signs in. A new identity has none.
fn may_end_earlier(flow: SubmittedFlow) -> bool {
    !matches!(flow, SubmittedFlow::Registration | SubmittedFlow::Settings | SubmittedFlow::Verification)
}

fn warn(error: &ResolveError, what: &'static str) {
    tracing::warn!(target: "kratos", %error, "{what}");
}

impl Drop for Passage {
    fn drop(&mut self) {
        if self.state == State::Sent {
            self.forget(GatewayOutcome::Unknown, CookieChange::None);
        }
    }
}
