//! The configuration of a hook.

use std::fmt;

use base64::Engine as _;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::world::flow::FlowKind;

/// A hook that the server calls, as `kratos.yml` configures it: a web hook before or after a flow, the password migration
/// hook, or the courier by HTTP. Passed to [`TestKratosBuilder::with_hook`](crate::TestKratosBuilder::with_hook).
///
/// The body of a web hook is what Kratos offers to its Jsonnet (`ctx`) without `request_cookies`, and `event`, for example
/// `registration.after`: what the Jsonnet of kratos-hooks makes. The server evaluates no Jsonnet. It calls `http` URLs
/// alone. `Debug` shows no key.
#[derive(Clone)]
#[must_use = "pass it to `TestKratosBuilder::with_hook`"]
pub struct TestHook {
    pub(crate) place: Place,
    pub(crate) url: String,
    pub(crate) mode: Mode,
    pub(crate) headers: HeaderMap,
    pub(crate) has_ids: bool,
}

/// Where the hook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Before(FlowKind),
    After(FlowKind),
    Migration,
    Courier,
}

/// How the answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Parse,
    Status,
    Ignore,
}

impl TestHook {
    fn new(place: Place, url: impl Into<String>) -> Self {
        Self { place, url: url.into(), mode: Mode::Status, headers: HeaderMap::new(), has_ids: true }
    }

    /// Calls `url` when a flow of this kind is made (`selfservice.flows.FLOW.before.hooks`).
    pub fn before(kind: FlowKind, url: impl Into<String>) -> Self {
        Self::new(Place::Before(kind), url)
    }

    /// Calls `url` when a user completes a flow of this kind (`selfservice.flows.FLOW.after.hooks`).
    pub fn after(kind: FlowKind, url: impl Into<String>) -> Self {
        Self::new(Place::After(kind), url)
    }

    /// Asks `url` whether a password is right, for identities imported with `use_password_migration_hook`
    /// (`methods.password.config.migrate_hook`).
    pub fn password_migration(url: impl Into<String>) -> Self {
        Self::new(Place::Migration, url)
    }

    /// Posts every message to `url` (`courier.http.request_config`), with the body `function(ctx) ctx`.
    pub fn courier(url: impl Into<String>) -> Self {
        Self::new(Place::Courier, url)
    }

    /// Sets `response.parse`: the answer may change the identity or carry messages. Of a web hook alone.
    pub fn with_parse(mut self) -> Self {
        self.mode = Mode::Parse;
        self
    }

    /// Sets `response.ignore`: the server does not wait for the answer. Of a web hook alone.
    pub fn with_ignore(mut self) -> Self {
        self.mode = Mode::Ignore;
        self
    }

    /// Sends a key in a header (`auth: {type: api_key, config: {in: header, ..}}`). An invalid name or value sends none.
    pub fn with_api_key_header(self, name: &str, value: &str) -> Self {
        self.with_header(HeaderName::from_bytes(name.as_bytes()).ok(), value)
    }

    /// Sends a key in a cookie (`auth: {type: api_key, config: {in: cookie, ..}}`).
    pub fn with_api_key_cookie(self, name: &str, value: &str) -> Self {
        self.with_header(Some(header::COOKIE), &format!("{name}={value}"))
    }

    /// Sends Basic authentication (`auth: {type: basic_auth, ..}`).
    pub fn with_basic_auth(self, user: &str, password: &str) -> Self {
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        self.with_header(Some(header::AUTHORIZATION), &format!("Basic {encoded}"))
    }

    /// Sets `emit_analytics_event: false`: no `Ory-Webhook-Trigger-ID` and `-Request-ID`.
    pub fn without_analytics(mut self) -> Self {
        self.has_ids = false;
        self
    }

    fn with_header(mut self, name: Option<HeaderName>, value: &str) -> Self {
        if let (Some(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            self.headers.insert(name, value);
        }
        self
    }
}

impl fmt::Debug for TestHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestHook")
            .field("place", &self.place)
            .field("url", &self.url)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}
