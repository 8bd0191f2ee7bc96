//! Sessions, session tokens and session cookies.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::identity::Identity;
use super::{World, rfc3339, secret};
use crate::wire::Call;
use crate::wire::cookie::SetCookie;

/// One session. Debug omits both tokens.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) token: String,
    pub(crate) logout_token: String,
    pub(crate) identity: Uuid,
    pub(crate) revoked: bool,
    pub(crate) issued_at: OffsetDateTime,
    pub(crate) authenticated_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) methods: Vec<Method>,
    pub(crate) devices: Vec<Device>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

/// A completed authentication method.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    pub(crate) method: &'static str,
    pub(crate) aal: &'static str,
    pub(crate) completed_at: OffsetDateTime,
    /// The single sign-on provider.
    pub(crate) provider: Option<String>,
}

/// The device that started the session.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) id: Uuid,
    pub(crate) ip_address: String,
    pub(crate) user_agent: Option<String>,
}

impl Device {
    pub(crate) fn of(call: &Call) -> Self {
        Self {
            id: Uuid::new_v4(),
            ip_address: call.peer.clone(),
            user_agent: call.header("user-agent").map(str::to_owned),
        }
    }
}

/// The session of an issued cookie value. The value itself is random.
#[derive(Clone)]
pub(crate) struct SessionCookie {
    token: String,
    pub(super) expires_at: OffsetDateTime,
}

impl std::fmt::Debug for SessionCookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionCookie").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// The session of a request.
#[derive(Debug)]
pub(crate) enum Found {
    /// The request carries no credential.
    NoCredentials,
    /// The credential has no active session.
    Nothing,
    Session(Uuid),
}

impl Session {
    pub(crate) fn new(identity: Uuid, now: OffsetDateTime, lifespan: Duration) -> Self {
        Self {
            id: Uuid::new_v4(),
            token: secret::token("ory_st_"),
            logout_token: secret::token("ory_lo_"),
            identity,
            revoked: false,
            issued_at: now,
            authenticated_at: now,
            expires_at: now.saturating_add(lifespan),
            methods: Vec::new(),
            devices: Vec::new(),
        }
    }

    pub(crate) fn aal(&self) -> &'static str {
        if self.methods.iter().any(|method| method.aal == "aal2") {
            "aal2"
        } else if self.methods.is_empty() {
            "aal0"
        } else {
            "aal1"
        }
    }

    /// Returns true if the session is neither revoked nor expired (`active` in JSON).
    pub(crate) fn is_active(&self, now: OffsetDateTime) -> bool {
        !self.revoked && self.expires_at > now
    }

    /// Returns the session as JSON, with the given identity and devices.
    pub(crate) fn json(&self, now: OffsetDateTime, identity: &Value, devices: &Value) -> Value {
        let methods: Vec<Value> = self
            .methods
            .iter()
            .map(|done| {
                let at = rfc3339(done.completed_at);
                let mut method = json!({"method": done.method, "aal": done.aal, "completed_at": at});
                if let (Some(provider), Value::Object(method)) = (&done.provider, &mut method) {
                    method.insert("provider".into(), provider.as_str().into());
                }
                method
            })
            .collect();
        json!({
            "id": self.id,
            "active": self.is_active(now),
            "expires_at": rfc3339(self.expires_at),
            "authenticated_at": rfc3339(self.authenticated_at),
            "authenticator_assurance_level": self.aal(),
            "authentication_methods": methods,
            "issued_at": rfc3339(self.issued_at),
            "identity": identity,
            "devices": devices,
        })
    }

    pub(crate) fn devices_json(&self) -> Value {
        let device = |device: &Device| {
            json!({
                "id": device.id, "ip_address": device.ip_address, "user_agent": device.user_agent, "location": "",
            })
        };
        self.devices.iter().map(device).collect()
    }
}

impl World {
    pub(crate) fn session(&self, id: Uuid) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    pub(crate) fn session_mut(&mut self, id: Uuid) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// Returns the session of a request: `X-Session-Token`, then the first readable session cookie, then
    /// `Authorization: Bearer` (Kratos 26.2.0, session/manager_http.go).
    pub(crate) fn find_session(&self, call: &Call) -> Found {
        let header = call.header("x-session-token").filter(|token| !token.is_empty());
        let token = header
            .or_else(|| self.read_cookie(call).map(|cookie| cookie.token.as_str()))
            .or_else(|| call.bearer())
            .filter(|token| !token.is_empty());
        let Some(token) = token else { return Found::NoCredentials };
        let now = self.now();
        // A session is active only while its identity is (Kratos 26.2.0, session/session.go).
        let is_active = |id| self.identity(id).is_some_and(|identity| identity.state == "active");
        let alive = |session: &&Session| {
            secret::is_same(&session.token, token) && session.is_active(now) && is_active(session.identity)
        };
        match self.sessions.iter().find(alive) {
            Some(session) => Found::Session(session.id),
            None => Found::Nothing,
        }
    }

    /// Returns the active session of a request and its identity.
    pub(crate) fn signed_in(&self, call: &Call) -> Option<(&Session, &Identity)> {
        let Found::Session(id) = self.find_session(call) else { return None };
        let session = self.session(id)?;
        Some((session, self.identity(session.identity)?))
    }

    fn read_cookie(&self, call: &Call) -> Option<&SessionCookie> {
        call.cookies(&self.config.cookie_name).into_iter().find_map(|value| self.cookies.get(value))
    }

    /// Returns a new cookie value that lasts as long as the session.
    pub(crate) fn new_cookie_value(&mut self, id: Uuid) -> Option<String> {
        let session = self.session(id)?;
        let cookie = SessionCookie { token: session.token.clone(), expires_at: session.expires_at };
        let value = secret::cookie_value();
        self.cookies.insert(value.clone(), cookie);
        Some(value)
    }

    /// Returns the `Set-Cookie` line of the session cookie.
    pub(crate) fn issue_cookie(&mut self, id: Uuid) -> Option<String> {
        let value = self.new_cookie_value(id)?;
        let now = self.now();
        let left = self.session(id)?.expires_at - now;
        let cookie = SetCookie {
            name: &self.config.cookie_name,
            value: &value,
            max_age: Some(left),
            expires_from: Some(now),
        };
        Some(cookie.line())
    }

    /// Returns the cookie that whoami sets: none for a session token, a new one if the session was extended.
    /// Returns an error if no session cookie sent is readable.
    pub(crate) fn refresh_cookie(&mut self, call: &Call, id: Uuid) -> Result<Option<String>, &'static str> {
        let sent = call.cookies(&self.config.cookie_name);
        let Some(first) = sent.first() else { return Ok(None) };
        let Some(cookie) = self.read_cookie(call) else {
            use base64::Engine;
            let decodes = base64::engine::general_purpose::URL_SAFE.decode(first).is_ok();
            return Err(if decodes {
                "securecookie: the value is not valid"
            } else {
                "securecookie: base64 decode failed - caused by: illegal base64 data at input byte 4"
            });
        };
        let outdated = self.session(id).is_some_and(|session| cookie.expires_at < session.expires_at);
        Ok(if outdated { self.issue_cookie(id) } else { None })
    }

    /// Extends a session from now, if it is close enough to its expiry (`earliest_possible_extend`).
    pub(crate) fn extend(&mut self, id: Uuid) {
        let now = self.now();
        let lifespan = signed(self.config.session_lifespan);
        let window = self.config.earliest_extend.map_or(lifespan, signed);
        let due = |session: &&mut Session| session.expires_at - now <= window;
        if let Some(session) = self.session_mut(id).filter(due) {
            session.expires_at = now.saturating_add(lifespan);
        }
    }

    /// Returns the session with its identity and devices, as whoami writes it.
    pub(crate) fn whole_session(&self, session: &Session, identity: &Identity) -> Value {
        session.json(self.now(), &self.public_identity(identity), &session.devices_json())
    }
}

/// Converts a configured duration.
pub(crate) fn signed(duration: std::time::Duration) -> Duration {
    Duration::try_from(duration).unwrap_or(Duration::MAX)
}
