//! The fields and methods that all five flows share.

use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{
    FlowState, FlowType,
    ui::{NodeGroup, UiContainer, UiNode, UiText},
};
use crate::wire::Timestamp;

/// A self-service flow: login, registration, settings, recovery or verification.
///
/// Sealed: only this crate implements it.
pub trait Flow:
    sealed::Sealed + Clone + std::fmt::Debug + PartialEq + DeserializeOwned + Serialize + Send + Sync + 'static
{
    /// The flow's name in Kratos' paths: `login`, `registration`, `settings`, `recovery`, `verification`.
    const NAME: &'static str;

    /// The response to a completed submit.
    type Success: DeserializeOwned + Serialize + std::fmt::Debug + Send + Sync;

    /// Returns the flow's id.
    fn id(&self) -> Uuid;
    /// Returns the form.
    fn ui(&self) -> &UiContainer;
    /// Returns the client that the flow serves: a browser or a native app.
    fn flow_type(&self) -> Option<&FlowType>;
    /// Returns the progress.
    fn state(&self) -> Option<&FlowState>;
    /// Returns the time from which Kratos rejects a submit.
    fn expires_at(&self) -> Option<Timestamp>;
    /// Returns the URL that the browser returns to after the flow (0.8 and later).
    fn return_to(&self) -> Option<&str>;

    /// Returns the CSRF token that a browser's submit requires; `None` in native flows.
    fn csrf_token(&self) -> Option<String> {
        self.ui().csrf_token()
    }

    /// Iterates over the messages of the form, then those of its nodes.
    fn messages(&self) -> impl Iterator<Item = &UiText> {
        self.ui().all_messages()
    }

    /// Returns whether any message is an error.
    fn has_errors(&self) -> bool {
        self.ui().has_errors()
    }

    /// Iterates over the nodes of a group, in Kratos' order.
    fn nodes_of(&self, group: NodeGroup) -> impl Iterator<Item = &UiNode> {
        self.ui().nodes_of(group)
    }

    /// Returns whether the flow is complete. The HTTP status does not say: Kratos answers a wrong code with 200.
    fn is_done(&self) -> bool {
        self.state().is_some_and(FlowState::is_done)
    }

    /// Returns whether the flow has expired at `now`. Kratos decides by its own clock.
    fn is_expired_at(&self, now: Timestamp) -> bool {
        self.expires_at().is_some_and(|end| end <= now)
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// Declares a flow: the shared fields, the fields of this flow alone, and the [`Flow`] implementation.
macro_rules! flow {
    (
        $(#[$meta:meta])*
        pub struct $flow:ident($name:literal -> $success:ty) {
            $( $(#[$own_meta:meta])* $own:ident : $own_type:ty = $own_wire:literal, )*
        }
    ) => {
        $crate::wire::wire_struct! {
            $(#[$meta])*
            pub struct $flow {
                required {
                    /// The flow's id.
                    id: uuid::Uuid = "id",
                    /// The form.
                    ui: $crate::flow::ui::UiContainer = "ui",
                }
                optional {
                    /// The client that the flow serves: a browser or a native app.
                    kind: Option<$crate::flow::FlowType> = "type",
                    /// The method in use, once one is chosen.
                    active: Option<$crate::flow::ui::NodeGroup> = "active",
                    /// The progress.
                    state: Option<$crate::flow::FlowState> = "state",
                    /// The time of creation.
                    issued_at: Option<$crate::wire::Timestamp> = "issued_at",
                    /// The time from which Kratos rejects a submit.
                    expires_at: Option<$crate::wire::Timestamp> = "expires_at",
                    /// The URL that created the flow, as Kratos received it.
                    request_url: $crate::wire::QuietText = "request_url",
                    /// The URL that the browser returns to after the flow (0.8 and later).
                    return_to: Option<String> = "return_to",
                    /// Data of the application that Kratos passes to web hooks (1.2 and later, registration 0.13).
                    transient_payload: Option<$crate::wire::RawJson> = "transient_payload",
                    $( $(#[$own_meta])* $own: $own_type = $own_wire, )*
                }
            }
        }

        impl $crate::flow::shared::sealed::Sealed for $flow {}
        #[automatically_derived]
        impl $crate::flow::Flow for $flow {
            const NAME: &'static str = $name;
            type Success = $success;
            fn id(&self) -> uuid::Uuid {
                self.id
            }
            fn ui(&self) -> &$crate::flow::ui::UiContainer {
                &self.ui
            }
            fn flow_type(&self) -> Option<&$crate::flow::FlowType> {
                self.kind.as_ref()
            }
            fn state(&self) -> Option<&$crate::flow::FlowState> {
                self.state.as_ref()
            }
            fn expires_at(&self) -> Option<$crate::wire::Timestamp> {
                self.expires_at
            }
            fn return_to(&self) -> Option<&str> {
                self.return_to.as_deref()
            }
        }
    };
}

pub(crate) use flow;
