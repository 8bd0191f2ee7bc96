//! What an operator would write into `kratos.yml`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::schema::Schema;
use crate::world::flow::FlowKind;

const HOUR: Duration = Duration::from_secs(3600);

/// The settings of one server. Defaults are Kratos' own where it has one.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) cookie_name: String,
    pub(crate) session_lifespan: Duration,
    /// `session.earliest_possible_extend`; the lifespan when not set.
    pub(crate) earliest_extend: Option<Duration>,
    pub(crate) whoami_aal: RequiredAal,
    pub(crate) settings_aal: RequiredAal,
    pub(crate) cacheable_for: Option<Duration>,
    /// `privileged_session_max_age`.
    pub(crate) privileged_for: Duration,
    pub(crate) app: String,
    /// Pages at other addresses than below `app`.
    pub(crate) pages: BTreeMap<&'static str, String>,
    pub(crate) return_urls: Vec<String>,
    pub(crate) default_return_url: Option<String>,
    pub(crate) logout_return_url: Option<String>,
    pub(crate) schemas: BTreeMap<String, Schema>,
    pub(crate) default_schema: String,
    pub(crate) lifespans: BTreeMap<&'static str, Duration>,
    pub(crate) methods: Methods,
    pub(crate) login_style: LoginStyle,
    pub(crate) one_step: bool,
    pub(crate) session_after_registration: bool,
    pub(crate) recovery_by: Proof,
    pub(crate) verification_by: Proof,
    /// Token templates by name, with the life of their tokens.
    pub(crate) templates: BTreeMap<String, Duration>,
    pub(crate) cors_origins: Vec<String>,
    pub(crate) mailbox_file: Option<std::path::PathBuf>,
}

/// Which assurance level an endpoint asks for (`required_aal`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequiredAal {
    /// `aal1`: a first factor is enough, even for a person who has a second.
    Aal1,
    /// `highest_available`: whoever has a second factor must have used it. Kratos' default.
    HighestAvailable,
}

/// How the login form begins (`selfservice.flows.login.style`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginStyle {
    /// Identifier and credentials in one form. Kratos' default.
    Unified,
    /// The identifier first, then the ways to sign in that fit it.
    IdentifierFirst,
}

/// How recovery and verification prove an address (`use`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proof {
    /// A code of six digits. Kratos' default.
    Code,
    /// A link.
    Link,
}

impl Proof {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Link => "link",
        }
    }
}

/// The methods that are on. Password, code (for recovery and verification), link, TOTP and backup codes are by
/// default; passkeys, security keys and single sign-on are drawn in forms when they are on, but their
/// ceremonies need a real server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Methods {
    /// `methods.password`.
    pub password: bool,
    /// `methods.code` for recovery and verification.
    pub code: bool,
    /// `methods.code.passwordless_enabled`: signing in and up by code.
    pub passwordless_code: bool,
    /// `methods.link`.
    pub link: bool,
    /// `methods.totp`.
    pub totp: bool,
    /// `methods.lookup_secret`.
    pub lookup_secret: bool,
    /// `methods.passkey`, drawn only.
    pub passkey: bool,
    /// `methods.webauthn` as second factor, drawn only.
    pub webauthn: bool,
    /// The id and label of a single sign-on provider, drawn only.
    pub provider: Option<(String, String)>,
}

impl Default for Methods {
    fn default() -> Self {
        Self {
            password: true,
            code: true,
            passwordless_code: false,
            link: true,
            totp: true,
            lookup_secret: true,
            passkey: false,
            webauthn: false,
            provider: None,
        }
    }
}

impl Config {
    pub(crate) fn new() -> Self {
        Self {
            cookie_name: "ory_kratos_session".into(),
            session_lifespan: 24 * HOUR,
            earliest_extend: None,
            whoami_aal: RequiredAal::HighestAvailable,
            settings_aal: RequiredAal::HighestAvailable,
            cacheable_for: None,
            privileged_for: HOUR,
            app: "http://127.0.0.1:4455".into(),
            pages: BTreeMap::new(),
            return_urls: Vec::new(),
            default_return_url: None,
            logout_return_url: None,
            schemas: BTreeMap::new(),
            default_schema: "person".into(),
            lifespans: BTreeMap::new(),
            methods: Methods::default(),
            login_style: LoginStyle::Unified,
            one_step: false,
            session_after_registration: true,
            recovery_by: Proof::Code,
            verification_by: Proof::Code,
            templates: BTreeMap::new(),
            cors_origins: Vec::new(),
            mailbox_file: None,
        }
    }

    /// How long a flow of that kind lives; an hour by default, as in Kratos.
    pub(crate) fn lifespan(&self, kind: FlowKind) -> Duration {
        self.lifespans.get(kind.as_str()).copied().unwrap_or(HOUR)
    }

    /// The page of a flow or of errors (`ui_url`).
    pub(crate) fn page(&self, name: &str) -> String {
        self.pages.get(name).cloned().unwrap_or_else(|| format!("{}/{name}", self.app))
    }

    /// Where browsers go when nothing else was asked for.
    pub(crate) fn default_return(&self) -> String {
        self.default_return_url.clone().unwrap_or_else(|| format!("{}/", self.app))
    }

    pub(crate) fn schema(&self, id: &str) -> Option<&Schema> {
        self.schemas.get(id)
    }
}

/// A person with an e-mail address (identifier, verifiable, for recovery) and a name.
pub(crate) fn person() -> Value {
    json!({
        "$id": "https://schemas.test/person.json",
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Person",
        "type": "object",
        "properties": {"traits": {
            "type": "object",
            "properties": {
                "email": {"type": "string", "format": "email", "title": "E-Mail", "minLength": 3, "ory.sh/kratos": {
                    "credentials": {
                        "password": {"identifier": true},
                        "totp": {"account_name": true},
                        "webauthn": {"identifier": true},
                        "passkey": {"display_name": true},
                        "code": {"identifier": true, "via": "email"},
                    },
                    "verification": {"via": "email"},
                    "recovery": {"via": "email"},
                }},
                "name": {"type": "object", "properties": {
                    "first": {"type": "string", "title": "First name"},
                    "last": {"type": "string", "title": "Last name"},
                }},
                "newsletter": {"type": "boolean", "title": "Newsletter"},
                "age": {"type": "number", "title": "Age"},
            },
            "required": ["email"],
            "additionalProperties": false,
        }},
    })
}
