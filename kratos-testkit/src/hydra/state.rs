//! What the provider knows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Weak;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::clock::Clock;
use crate::wire::{Call, Reply};
use crate::world::World;
use crate::world::token::SigningKey;

/// A hook of the application, and the header that holds its key.
#[derive(Clone)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) header: String,
    pub(crate) key: String,
}

/// The settings, as in `hydra.yml`.
pub(crate) struct Config {
    pub(crate) app: String,
    pub(crate) public_url: String,
    pub(crate) request_ttl: Duration,
    /// URL, header, key.
    pub(crate) token_hook: Option<Hook>,
    pub(crate) refresh_hook: Option<Hook>,
}

/// The provider's state.
pub(crate) struct Hydra {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) key: SigningKey,
    pub(crate) clients: BTreeMap<String, Value>,
    /// Requests of clients, by login challenge and, later, by consent challenge too.
    pub(crate) requests: HashMap<Uuid, Request>,
    pub(crate) challenges: HashMap<String, (Stage, Uuid)>,
    /// What was answered to a challenge, by verifier.
    pub(crate) verifiers: HashMap<String, Verdict>,
    /// Remembered sessions at the provider, by `sid`.
    pub(crate) sessions: HashMap<String, LoginSession>,
    pub(crate) consents: Vec<Consent>,
    pub(crate) grants: HashMap<String, Grant>,
    pub(crate) logouts: HashMap<String, Logout>,
    pub(crate) devices: Vec<Device>,
    /// Kratos, whose sessions end with a logout (`urls.identity_provider`).
    pub(crate) kratos: Weak<Mutex<World>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Login,
    Consent,
    Device,
}

/// A client's request.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) client: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) url: String,
    pub(crate) at: OffsetDateTime,
    /// The cookies that tie the request to a browser.
    pub(crate) login_csrf: String,
    pub(crate) consent_csrf: String,
    pub(crate) skip: bool,
    pub(crate) sid: String,
    pub(crate) login: Option<Login>,
    pub(crate) login_used: bool,
    pub(crate) consent_used: bool,
    pub(crate) consent_skip: bool,
    pub(crate) consent_challenge: String,
    pub(crate) login_challenge: String,
    pub(crate) subject: String,
    pub(crate) authenticated_at: OffsetDateTime,
    /// The device that the request is for.
    pub(crate) device: Option<String>,
}

/// What a login was accepted with.
#[derive(Clone, Default)]
pub(crate) struct Login {
    pub(crate) subject: String,
    pub(crate) amr: Vec<String>,
    pub(crate) remember: bool,
    pub(crate) kratos_session: Option<Uuid>,
}

/// What was answered to a challenge.
#[derive(Clone)]
pub(crate) enum Verdict {
    Login(Uuid, Result<Login, Refused>),
    Consent(Uuid, Result<Value, Refused>),
    Device(String),
}

#[derive(Clone)]
pub(crate) struct Refused {
    pub(crate) error: String,
    pub(crate) description: String,
}

#[derive(Clone)]
pub(crate) struct LoginSession {
    pub(crate) subject: String,
    pub(crate) authenticated_at: OffsetDateTime,
    pub(crate) amr: Vec<String>,
    pub(crate) kratos_session: Option<Uuid>,
    pub(crate) clients: Vec<String>,
    pub(crate) is_remembered: bool,
}

#[derive(Clone)]
pub(crate) struct Consent {
    pub(crate) id: Uuid,
    pub(crate) request: Request,
    pub(crate) answer: Value,
    pub(crate) at: OffsetDateTime,
}

/// Codes and tokens, by their text.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) kind: GrantKind,
    pub(crate) request: Request,
    pub(crate) consent: Uuid,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Claims,
    pub(crate) until: OffsetDateTime,
    pub(crate) is_used: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantKind {
    Code,
    Access,
    Refresh,
}

#[derive(Clone, Default)]
pub(crate) struct Claims {
    pub(crate) id_token: Map<String, Value>,
    pub(crate) access_token: Map<String, Value>,
}

#[derive(Clone)]
pub(crate) struct Logout {
    pub(crate) verifier: String,
    pub(crate) subject: String,
    pub(crate) sid: String,
    pub(crate) client: Option<String>,
    pub(crate) path: String,
    pub(crate) target: String,
    pub(crate) is_accepted: bool,
    pub(crate) is_done: bool,
}

#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) code: String,
    pub(crate) user_code: String,
    pub(crate) client: String,
    pub(crate) scope: String,
    pub(crate) until: OffsetDateTime,
    pub(crate) is_used: bool,
    /// The code that the consent granted, or the refusal.
    pub(crate) outcome: Option<Result<String, Refused>>,
}

impl Hydra {
    pub(crate) fn new(config: Config, clock: Clock) -> Self {
        Self {
            config,
            clock,
            key: SigningKey::new(),
            clients: BTreeMap::new(),
            requests: HashMap::new(),
            challenges: HashMap::new(),
            verifiers: HashMap::new(),
            sessions: HashMap::new(),
            consents: Vec::new(),
            grants: HashMap::new(),
            logouts: HashMap::new(),
            devices: Vec::new(),
            kratos: Weak::new(),
        }
    }

    pub(crate) fn issuer(&self) -> String {
        format!("{}/", self.config.public_url)
    }

    pub(crate) fn client(&self, id: &str) -> Value {
        let mut client = self.clients.get(id).cloned().unwrap_or_default();
        if let Value::Object(client) = &mut client {
            client.remove("client_secret");
        }
        client
    }

    /// Returns the request of a challenge, or the error of Hydra 26.2.0.
    pub(crate) fn challenged(&self, stage: Stage, challenge: &str) -> Result<(Uuid, &Request), Reply> {
        let found = self.challenges.get(challenge).filter(|(its, _)| *its == stage);
        let found = found.and_then(|(_, id)| Some((*id, self.requests.get(id)?)));
        let (id, request) = found.ok_or_else(not_found)?;
        if self.is_expired(request.at) {
            let what = if stage == Stage::Login { "login" } else { "consent" };
            let text = format!(
                "The request could not be authorized. The {what} request has expired, please try again."
            );
            return Err(error(401, "request_unauthorized", &text));
        }
        Ok((id, request))
    }

    pub(crate) fn is_expired(&self, at: OffsetDateTime) -> bool {
        self.clock.now() > at + crate::world::session::signed(self.config.request_ttl)
    }
}

impl Request {
    pub(crate) fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        self.query(name).split_whitespace().map(str::to_owned).collect()
    }

    pub(crate) fn prompts(&self, value: &str) -> bool {
        self.query("prompt").split(' ').any(|prompt| prompt == value)
    }
}

impl std::fmt::Debug for Hydra {
    /// Writes counts only: the state holds secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hydra")
            .field("clients", &self.clients.len())
            .field("sessions", &self.sessions.len())
            .finish_non_exhaustive()
    }
}

/// A random text, as a challenge, a code or a token.
pub(crate) fn random(prefix: &str) -> String {
    format!("{prefix}{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

pub(crate) fn error(status: u16, code: &str, description: &str) -> Reply {
    Reply::json(status, &json!({ "error": code, "error_description": description }))
}

pub(crate) fn not_found() -> Reply {
    error(404, "Not Found", "Unable to locate the requested resource")
}

/// The JSON of a request's body; null if it is not JSON.
pub(crate) fn body(call: &Call) -> Value {
    serde_json::from_slice(&call.body).unwrap_or_default()
}

/// A member of an object; null if it is absent.
pub(crate) fn part<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// Sets a member of an object.
pub(crate) fn put(value: &mut Value, name: &str, member: impl Into<Value>) {
    if let Value::Object(members) = value {
        members.insert(name.to_owned(), member.into());
    }
}
