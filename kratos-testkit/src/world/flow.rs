//! Self-service flows and their state.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::sign_on::{ExchangeCodes, Linking};
use super::{World, rfc3339, row_time};
use crate::ui::Sheet;
use crate::webauthn::Ceremony;

/// The five self-service flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlowKind {
    /// Login, step-up and refresh.
    Login,
    /// Registration.
    Registration,
    /// Changes of an account.
    Settings,
    /// Recovery of an account.
    Recovery,
    /// Verification of an address.
    Verification,
}

impl FlowKind {
    /// Returns the flow's name in paths and page URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Registration => "registration",
            Self::Settings => "settings",
            Self::Recovery => "recovery",
            Self::Verification => "verification",
        }
    }
}

/// How a flow was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Api,
    Browser,
}

/// A flow in any state. Debug omits tokens.
#[derive(Clone)]
pub(crate) struct Flow {
    pub(crate) id: Uuid,
    pub(crate) kind: FlowKind,
    pub(crate) transport: Transport,
    pub(crate) issued_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) request_url: String,
    pub(crate) return_to: Option<String>,
    /// The active method, where Kratos returns it.
    pub(crate) active: Option<&'static str>,
    /// The submit URL, except for a successful verification.
    pub(crate) action: String,
    pub(crate) sheet: Sheet,
    pub(crate) state: &'static str,
    /// The masked CSRF token of the first form; empty for native flows.
    pub(crate) csrf: String,
    /// `transient_payload` is written as an empty object after some submissions.
    pub(crate) transient: bool,
    pub(crate) refresh: bool,
    pub(crate) aal2: bool,
    /// The identity of the flow, once known.
    pub(crate) identity: Option<Uuid>,
    /// The code or link sent, and its recipient.
    pub(crate) sent: Option<Sent>,
    /// Secrets offered for enrolment: a TOTP key, or unconfirmed backup codes.
    pub(crate) offered: Offered,
    /// Members of the response to this submission only, such as `continue_with`.
    pub(crate) extra: Map<String, Value>,
    /// The traits of the first step of a registration.
    pub(crate) traits: Value,
    /// The challenge of the OAuth2 login that the flow serves.
    pub(crate) challenge: Option<String>,
    /// The OAuth2 login that goes on after a verification, with the challenge and the session of the registration.
    pub(crate) login_after: Option<(String, Uuid)>,
    /// The `transient_payload` of the last submission, which hooks receive.
    pub(crate) payload: Value,
    /// The codes of a native flow for single sign-on.
    pub(crate) codes: Option<ExchangeCodes>,
    /// The challenges of passkeys and security keys.
    pub(crate) keys: Ceremonies,
    /// A sign-on to link to the account that this login proves.
    pub(crate) linking: Option<Linking>,
    /// The change that is stored once this flow, a verification, has passed.
    pub(crate) parked: Option<Parked>,
}

/// A change of the profile that waits for the verification of its new address.
#[derive(Clone)]
pub(crate) struct Parked {
    /// The session that made the change. The change ends with it.
    pub(crate) session: Uuid,
    /// The traits when the change was made. If they have changed since, the change is void.
    pub(crate) before: Value,
    pub(crate) traits: Value,
}

/// The ceremonies that the form offers.
#[derive(Clone)]
pub(crate) struct Ceremonies {
    pub(crate) passkey: Ceremony,
    pub(crate) security_key: Ceremony,
}

impl Ceremonies {
    pub(crate) fn new() -> Self {
        Self { passkey: Ceremony::new(), security_key: Ceremony::new() }
    }
}

/// A mailed secret.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) to: String,
    pub(crate) secret: String,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) used: bool,
    /// The number of wrong attempts.
    pub(crate) tries: u32,
}

/// Secrets of a settings flow that are not enrolled yet.
#[derive(Clone, Default)]
pub(crate) struct Offered {
    pub(crate) totp: String,
    pub(crate) lookup: Vec<String>,
}

impl std::fmt::Debug for Flow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Flow").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Flow {
    /// Leads where the flow led that this one replaces.
    pub(crate) fn lead_as(&mut self, old: &Self) {
        self.return_to.clone_from(&old.return_to);
        self.request_url.clone_from(&old.request_url);
        self.challenge.clone_from(&old.challenge);
    }

    /// The form of a successful verification is a link.
    fn form_method(&self) -> &'static str {
        let passed = self.kind == FlowKind::Verification && self.state == "passed_challenge";
        if passed { "GET" } else { "POST" }
    }

    pub(crate) fn is_browser(&self) -> bool {
        self.transport == Transport::Browser
    }
}

impl World {
    pub(crate) fn flow_json(&self, flow: &Flow) -> Value {
        let mut shown = Map::new();
        let put = |shown: &mut Map<String, Value>, name: &str, value: Value| {
            shown.insert(name.to_owned(), value);
        };
        let native = flow.transport == Transport::Api;
        put(&mut shown, "id", json!(flow.id));
        put(&mut shown, "type", if native { "api" } else { "browser" }.into());
        put(&mut shown, "expires_at", rfc3339(flow.expires_at).into());
        put(&mut shown, "issued_at", rfc3339(flow.issued_at).into());
        put(&mut shown, "request_url", flow.request_url.as_str().into());
        if let Some(to) = &flow.return_to {
            put(&mut shown, "return_to", to.as_str().into());
        }
        if let Some(active) = flow.active {
            put(&mut shown, "active", active.into());
        }
        put(&mut shown, "ui", flow.sheet.json(&flow.action, flow.form_method()));
        match flow.kind {
            FlowKind::Login => {
                put(&mut shown, "organization_id", Value::Null);
                put(&mut shown, "created_at", row_time(flow.issued_at).into());
                put(&mut shown, "updated_at", row_time(flow.issued_at).into());
                put(&mut shown, "refresh", flow.refresh.into());
                put(&mut shown, "requested_aal", if flow.aal2 { "aal2" } else { "aal1" }.into());
            }
            FlowKind::Registration => put(&mut shown, "organization_id", Value::Null),
            FlowKind::Settings => {
                let person = flow.identity.and_then(|id| self.identity(id));
                put(
                    &mut shown,
                    "identity",
                    person.map_or(Value::Null, |person| self.public_identity(person)),
                );
            }
            FlowKind::Recovery | FlowKind::Verification => {}
        }
        if let (Some(challenge), Some(provider)) = (&flow.challenge, &self.provider) {
            put(&mut shown, "oauth2_login_challenge", challenge.as_str().into());
            put(&mut shown, "oauth2_login_request", provider.show(challenge));
        }
        put(&mut shown, "state", flow.state.into());
        if flow.transient {
            put(&mut shown, "transient_payload", json!({}));
        }
        shown.extend(flow.extra.clone());
        Value::Object(shown)
    }

    /// Returns the flow of this kind and id.
    pub(crate) fn flow(&self, kind: FlowKind, id: &str) -> Option<&Flow> {
        let id = Uuid::parse_str(id).ok()?;
        self.flows.get(&id).filter(|flow| flow.kind == kind)
    }
}
