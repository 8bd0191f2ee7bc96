//! Self-service flows between their beginning and their end.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{rfc3339, row_time};
use crate::ui::{Message, Node};

/// A flow in any state.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) id: Uuid,
    pub(crate) transport: Transport,
    pub(crate) issued_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) request_url: String,
    pub(crate) action: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) messages: Vec<Message>,
    pub(crate) state: &'static str,
    pub(crate) login: LoginFlow,
}

/// What only a login has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoginFlow {
    pub(crate) refresh: bool,
    pub(crate) requested_aal: &'static str,
}

/// How the flow was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Api,
    Browser,
}

impl Flow {
    pub(crate) fn json(&self) -> Value {
        let kind = if self.transport == Transport::Api { "api" } else { "browser" };
        json!({
            "id": self.id,
            "organization_id": null,
            "type": kind,
            "expires_at": rfc3339(self.expires_at),
            "issued_at": rfc3339(self.issued_at),
            "request_url": self.request_url,
            "ui": self.ui(),
            "created_at": row_time(self.issued_at),
            "updated_at": row_time(self.issued_at),
            "refresh": self.login.refresh,
            "requested_aal": self.login.requested_aal,
            "state": self.state,
        })
    }

    /// A form without nodes has `null` there, as Go writes an empty list that nobody made.
    fn ui(&self) -> Value {
        let mut ui = Map::new();
        ui.insert("action".into(), self.action.as_str().into());
        ui.insert("method".into(), "POST".into());
        let nodes = self.nodes.iter().map(Node::json).collect();
        ui.insert("nodes".into(), if self.nodes.is_empty() { Value::Null } else { Value::Array(nodes) });
        if !self.messages.is_empty() {
            ui.insert("messages".into(), self.messages.iter().map(Message::json).collect());
        }
        Value::Object(ui)
    }
}
