//! The server's state. One lock serializes all requests.

mod cleanup;
pub(crate) mod courier;
pub(crate) mod credential;
pub(crate) mod flow;
pub(crate) mod identity;
pub(crate) mod pending;
pub(crate) mod picture;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod sign_on;
pub(crate) mod token;

use std::collections::HashMap;

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::Config;
use crate::hydra::ProviderLink;
use courier::Message;
use flow::Flow;
use identity::Identity;
use pending::Pending;
use session::{Session, SessionCookie};
use sign_on::{ExchangeCodes, Provider, SignOn};
use token::SigningKey;

/// The server's state.
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    /// The URL at which browsers reach the public API (`serve.public.base_url`), without a trailing slash.
    pub(crate) public_url: String,
    pub(crate) admin_url: String,
    pub(crate) identities: Vec<Identity>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) flows: HashMap<Uuid, Flow>,
    /// Oldest first.
    pub(crate) messages: Vec<Message>,
    /// The errors of the error page, with their time.
    pub(crate) errors: HashMap<Uuid, (Value, OffsetDateTime)>,
    /// What waits for the browser to come back, by the value of the continuity cookie.
    pub(crate) pending: HashMap<String, Vec<Pending>>,
    /// The single sign-on provider.
    pub(crate) sso: Option<Provider>,
    /// Users at the provider, by `state`.
    pub(crate) sign_ons: HashMap<String, SignOn>,
    /// Sessions that native programs exchange codes for.
    pub(crate) exchanges: Vec<(ExchangeCodes, Uuid)>,
    pub(crate) signing_key: SigningKey,
    /// The OAuth2 provider that this server signs users in for.
    pub(crate) provider: Option<ProviderLink>,
    cookies: HashMap<String, SessionCookie>,
}

impl World {
    pub(crate) fn new(config: Config, clock: Clock, public_url: String, admin_url: String) -> Self {
        Self {
            config,
            clock,
            public_url,
            admin_url,
            identities: Vec::new(),
            sessions: Vec::new(),
            flows: HashMap::new(),
            messages: Vec::new(),
            errors: HashMap::new(),
            pending: HashMap::new(),
            sso: None,
            sign_ons: HashMap::new(),
            exchanges: Vec::new(),
            signing_key: SigningKey::new(),
            provider: None,
            cookies: HashMap::new(),
        }
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }
}

/// Formats a time as Kratos does.
pub(crate) fn rfc3339(at: OffsetDateTime) -> String {
    at.to_offset(time::UtcOffset::UTC).format(&Rfc3339).unwrap_or_default()
}

/// Formats the time of a row: the database stores microseconds.
pub(crate) fn row_time(at: OffsetDateTime) -> String {
    let nanos = at.nanosecond();
    rfc3339(at.replace_nanosecond(nanos - nanos % 1000).unwrap_or(at))
}

impl std::fmt::Debug for World {
    /// Writes counts only: the state holds secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World")
            .field("identities", &self.identities.len())
            .field("sessions", &self.sessions.len())
            .field("flows", &self.flows.len())
            .finish_non_exhaustive()
    }
}
