//! What an operator would write into `kratos.yml`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

/// The settings of one server. Defaults are Kratos' own where it has one.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) cookie_name: String,
    pub(crate) session_lifespan: Duration,
    /// `session.earliest_possible_extend`; the lifespan when not set.
    pub(crate) earliest_extend: Option<Duration>,
    pub(crate) whoami_aal: RequiredAal,
    pub(crate) cacheable_for: Option<Duration>,
    pub(crate) app: String,
    pub(crate) schemas: BTreeMap<String, Value>,
    pub(crate) default_schema: String,
    pub(crate) login_lifespan: Duration,
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

impl Default for Config {
    fn default() -> Self {
        Self {
            cookie_name: "ory_kratos_session".into(),
            session_lifespan: Duration::from_secs(24 * 3600),
            earliest_extend: None,
            whoami_aal: RequiredAal::HighestAvailable,
            cacheable_for: None,
            app: "http://127.0.0.1:4455".into(),
            schemas: BTreeMap::from([("person".into(), person())]),
            default_schema: "person".into(),
            login_lifespan: Duration::from_secs(3600),
        }
    }
}

/// A person with an e-mail address (identifier, verifiable, for recovery) and a name.
fn person() -> Value {
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
