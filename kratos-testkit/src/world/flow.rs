//! Self-service flows between their beginning and their end.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{World, rfc3339, row_time};
use crate::ui::Sheet;

/// The five flows of self-service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlowKind {
    /// Signing in, stepping up and confirming a session.
    Login,
    /// Signing up.
    Registration,
    /// Changing an account.
    Settings,
    /// Getting back into an account.
    Recovery,
    /// Proving an address.
    Verification,
}

impl FlowKind {
    /// The flow's name in paths and in the page's address.
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

/// How a flow was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Api,
    Browser,
}

/// A flow in any state. Debug shows no token.
#[derive(Clone)]
pub(crate) struct Flow {
    pub(crate) id: Uuid,
    pub(crate) kind: FlowKind,
    pub(crate) transport: Transport,
    pub(crate) issued_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) request_url: String,
    pub(crate) return_to: Option<String>,
    /// The method in use, where Kratos says so.
    pub(crate) active: Option<&'static str>,
    /// The submit address, except on a verification that succeeded.
    pub(crate) action: String,
    pub(crate) sheet: Sheet,
    pub(crate) state: &'static str,
    /// The masked token its forms began with; empty for native flows.
    pub(crate) csrf: String,
    /// `transient_payload` is written as an empty object after some submissions.
    pub(crate) transient: bool,
    pub(crate) refresh: bool,
    pub(crate) aal2: bool,
    /// Whom the flow is about, once known.
    pub(crate) identity: Option<Uuid>,
    /// A code or link that was sent, and to which address.
    pub(crate) sent: Option<Sent>,
    /// A secret offered for enrolment: TOTP's key or backup codes that wait for confirmation.
    pub(crate) offered: Offered,
    /// Members of the answer that belong to this submission alone, such as `continue_with`.
    pub(crate) extra: Map<String, Value>,
    /// Traits kept between the steps of a registration.
    pub(crate) traits: Value,
}

/// A secret that was mailed.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) to: String,
    pub(crate) secret: String,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) used: bool,
    /// How often a wrong one was entered.
    pub(crate) tries: u32,
}

/// Secrets shown in a settings flow before they count.
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
    /// A verification that succeeded leads on by a link.
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
        put(&mut shown, "state", flow.state.into());
        if flow.transient {
            put(&mut shown, "transient_payload", json!({}));
        }
        shown.extend(flow.extra.clone());
        Value::Object(shown)
    }

    /// The flow of that kind and id.
    pub(crate) fn flow(&self, kind: FlowKind, id: &str) -> Option<&Flow> {
        let id = Uuid::parse_str(id).ok()?;
        self.flows.get(&id).filter(|flow| flow.kind == kind)
    }
}
