//! The configuration, as in `kratos.yml`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::hooks::TestHook;
use crate::schema::Schema;
use crate::world::flow::FlowKind;

const HOUR: Duration = Duration::from_secs(3600);

/// The settings of one server. Defaults are those of Kratos.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) cookie_name: String,
    pub(crate) session_lifespan: Duration,
    /// `session.earliest_possible_extend`; the lifespan if not set.
    pub(crate) earliest_extend: Option<Duration>,
    pub(crate) whoami_aal: RequiredAal,
    pub(crate) settings_aal: RequiredAal,
    pub(crate) cacheable_for: Option<Duration>,
    /// `privileged_session_max_age`.
    pub(crate) privileged_for: Duration,
    pub(crate) app: String,
    /// Pages that are not under `app`.
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
    pub(crate) verification_page_after_registration: bool,
    pub(crate) recovery_by: Proof,
    pub(crate) verification_by: Proof,
    /// Tokenizer templates by name, with the TTL of their JWTs.
    pub(crate) templates: BTreeMap<String, Duration>,
    pub(crate) cors_origins: Vec<String>,
    pub(crate) mailbox_file: Option<std::path::PathBuf>,
    /// In the order of their calls.
    pub(crate) hooks: Vec<TestHook>,
    pub(crate) release: TestRelease,
    /// `selfservice.flows.logout.clear_browser_data`.
    pub(crate) clear_browser_data: bool,
    /// The hook `verify_new_address` after a change of the profile.
    pub(crate) parks_address_changes: bool,
}

/// The release whose behaviour the server has, where releases differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TestRelease {
    /// 26.2.0.
    #[default]
    V26_2,
    /// The sources of Kratos of 2026-07-29, after 26.2: a deactivated identity is a message of the login form (400, 4010011)
    /// instead of an error (401), an answer that no key signed has a message of its own (4000043), `POST /admin/sessions`,
    /// `/.well-known/change-password`, `Clear-Site-Data` at logout, and changes that wait for the verification of a new address.
    Latest,
}

/// The assurance level that an endpoint requires (`required_aal`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequiredAal {
    /// `aal1`: one factor, even for an identity with a second one.
    Aal1,
    /// `highest_available`: two factors for an identity that has a second one. Kratos' default.
    HighestAvailable,
}

/// The style of the login form (`selfservice.flows.login.style`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginStyle {
    /// Identifier and credentials in one form. Kratos' default.
    Unified,
    /// The identifier first, then the methods of the identity.
    IdentifierFirst,
}

/// How recovery and verification verify an address (`use`).
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

/// The enabled methods. By default password, code (for recovery and verification), link, TOTP and backup codes.
///
/// Passkeys and security keys are verified for the application's URL: its host is the relying party, its origin the only one
/// allowed ([`with_app_url`](crate::TestKratosBuilder::with_app_url)). Keys of ES256, which every authenticator has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Methods {
    /// `methods.password`.
    pub password: bool,
    /// `methods.code` for recovery and verification.
    pub code: bool,
    /// `methods.code.passwordless_enabled`: login and registration by code.
    pub passwordless_code: bool,
    /// `methods.link`.
    pub link: bool,
    /// `methods.totp`.
    pub totp: bool,
    /// `methods.lookup_secret`.
    pub lookup_secret: bool,
    /// `methods.passkey`.
    pub passkey: bool,
    /// `methods.webauthn` as second factor.
    pub webauthn: bool,
    /// The id and label of a single sign-on provider: a [`TestSsoProvider`](crate::TestSsoProvider) that the server starts.
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
            verification_page_after_registration: false,
            recovery_by: Proof::Code,
            verification_by: Proof::Code,
            templates: BTreeMap::new(),
            cors_origins: Vec::new(),
            mailbox_file: None,
            hooks: Vec::new(),
            release: TestRelease::default(),
            clear_browser_data: false,
            parks_address_changes: false,
        }
    }

    /// Returns the lifespan of a kind of flow; one hour by default, as in Kratos.
    pub(crate) fn lifespan(&self, kind: FlowKind) -> Duration {
        self.lifespans.get(kind.as_str()).copied().unwrap_or(HOUR)
    }

    /// Returns the page of a flow or of errors (`ui_url`).
    pub(crate) fn page(&self, name: &str) -> String {
        self.pages.get(name).cloned().unwrap_or_else(|| format!("{}/{name}", self.app))
    }

    /// Returns the default return URL.
    pub(crate) fn default_return(&self) -> String {
        self.default_return_url.clone().unwrap_or_else(|| format!("{}/", self.app))
    }

    pub(crate) fn schema(&self, id: &str) -> Option<&Schema> {
        self.schemas.get(id)
    }
}

/// The built-in schema: an email address (identifier, verifiable, for recovery), a name and two more traits.
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
