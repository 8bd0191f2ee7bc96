//! Settings flows.

use uuid::Uuid;

use super::{
    ContinueWith, FlowState, FlowType, SuccessfulSettings,
    shared::flow,
    ui::{NodeGroup, UiContainer},
};
use crate::{
    model::Identity,
    wire::{QuietText, RawJson, Timestamp, wire_struct},
};

wire_struct! {
    /// A change of one's own profile or credentials.
    pub struct SettingsFlow {
        required {
            /// The flow's id.
            id: Uuid = "id",
            /// The form.
            ui: UiContainer = "ui",
        }
        optional {
            /// Whether it is a browser's or a native app's.
            kind: Option<FlowType> = "type",
            /// The method in use, once one was chosen.
            active: Option<NodeGroup> = "active",
            /// How far it is.
            state: Option<FlowState> = "state",
            /// When it was made.
            issued_at: Option<Timestamp> = "issued_at",
            /// Until when it can be submitted.
            expires_at: Option<Timestamp> = "expires_at",
            /// The URL that made it, as Kratos saw it.
            request_url: QuietText = "request_url",
            /// Where the browser goes afterwards (0.8 and later).
            return_to: Option<String> = "return_to",
            /// What the application handed in and its web hooks get (1.2 and later, registration 0.13).
            transient_payload: Option<RawJson> = "transient_payload",
            /// Whose settings they are.
            identity: Option<Identity> = "identity",
            /// What follows (0.13 and later).
            continue_with: Vec<ContinueWith> = "continue_with",
        }
    }
}

flow!(SettingsFlow, "settings", SuccessfulSettings);
