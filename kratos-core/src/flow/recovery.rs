//! Recovery flows.

use uuid::Uuid;

use super::{
    ContinueWith, FlowState, FlowType,
    shared::flow,
    ui::{NodeGroup, UiContainer},
};
use crate::wire::{QuietText, RawJson, Timestamp, wire_struct};

wire_struct! {
    /// The way back into an account.
    pub struct RecoveryFlow {
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
            /// What follows (1.1 and later).
            continue_with: Vec<ContinueWith> = "continue_with",
        }
    }
}

flow!(RecoveryFlow, "recovery", RecoveryFlow);
