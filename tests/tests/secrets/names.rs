//! Names, numbers and times: types without secrets, formatted in full or in part.

use kratos_core::{
    Kratos,
    client::{
        __private::Operation, Client, FlowRef, ListSessions, ManageSessions, NewRecoveryCode, PageToken,
        SessionSelection,
    },
    credential::CookieName,
    model::flow::{
        FlowState, FlowType,
        ui::{
            Autocomplete, DivAttributes, InputType, MessageType, NodeGroup, NodeType, ScriptAttributes,
            UiNode, WebAuthnTrigger,
        },
    },
    model::{
        Aal, AddressStatus, BatchAction, DeletedSessions, Dispatch, DispatchStatus, ErrorId, HealthStatus,
        IdentityState, ManagedSessions, MessageKind, MessageStatus, Method, Region, TemplateType, Timestamp,
        Version,
    },
    policy::{Facts, RefusalReason},
    resolve::{Resolution, SecondFactor},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::shown::{debugged, secret};

const AWAY: &str = "http://127.0.0.1:9";

/// A value that no release of Kratos has.
fn new<T: DeserializeOwned + std::fmt::Debug>() {
    read::<T>(json!("new"));
}

/// Decodes and formats it.
fn read<T: DeserializeOwned + std::fmt::Debug>(json: Value) {
    debugged(&serde_json::from_value::<T>(json).unwrap());
}

pub fn open_enumerations() {
    new::<Aal>();
    new::<AddressStatus>();
    new::<Autocomplete>();
    new::<BatchAction>();
    new::<DispatchStatus>();
    new::<ErrorId>();
    new::<FlowState>();
    new::<FlowType>();
    new::<IdentityState>();
    new::<InputType>();
    new::<MessageKind>();
    new::<MessageStatus>();
    new::<MessageType>();
    new::<Method>();
    new::<NodeGroup>();
    new::<NodeType>();
    new::<Region>();
    new::<TemplateType>();
    new::<WebAuthnTrigger>();
}

pub fn small_answers() {
    let more = |json: Value| {
        let mut json = json;
        json["new_field"] = secret("new").into();
        json
    };
    read::<DeletedSessions>(more(json!({"count": 1})));
    read::<ManagedSessions>(more(json!({"processed": 1, "more": true})));
    read::<Dispatch>(more(json!({"error": {"debug": secret("debug")}, "status": "failed"})));
    read::<HealthStatus>(more(json!({"status": "ok"})));
    read::<Version>(more(json!({"version": "v26.2.0"})));
    read::<Timestamp>(json!("2030-01-01T00:00:00Z"));
    read::<ScriptAttributes>(more(json!({"id": "s", "src": "/s.js", "nonce": secret("nonce")})));
    read::<DivAttributes>(more(json!({"id": "d", "data": {"sitekey": "public"}})));
    for attributes in [
        json!({"node_type": "div", "id": "d", "data": {"sitekey": "public"}}),
        json!({"node_type": "new", "id": "d", "value": secret("value")}),
    ] {
        let node =
            json!({"type": "new", "group": "default", "messages": [], "meta": {}, "attributes": attributes});
        debugged(&serde_json::from_value::<UiNode>(node).unwrap().attributes);
    }
}

pub fn requests_and_decisions() {
    debugged(&ListSessions::new().with_active(true));
    debugged(&ManageSessions::disable(SessionSelection::All));
    debugged(&SessionSelection::Sessions(vec![uuid::Uuid::nil()]));
    debugged(&NewRecoveryCode::new(uuid::Uuid::nil()));
    debugged(&FlowRef::from(uuid::Uuid::nil()));
    debugged(&PageToken::Token("page".into()));
    debugged(&Client::new(AWAY).unwrap().list_identity_schemas().unwrap());
    debugged(&Kratos::new(AWAY).unwrap().check().unwrap());
    debugged(&Operation::ToSession.routes());
    debugged(&CookieName::from("ory_session_*"));
    debugged(&RefusalReason::Anonymous);
    debugged(&Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown));
}
