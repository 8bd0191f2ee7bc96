//! Results of a batch change of identities (0.13 and later).

use uuid::Uuid;

use super::ErrorBody;
use crate::wire::{open_enum, wire_struct};

wire_struct! {
    /// The results of a batch, in the order of the request.
    pub struct BatchResults {
        required {}
        optional {
            /// One result for each identity.
            identities: Vec<BatchResult> = "identities",
        }
    }
}

wire_struct! {
    /// The result for one identity.
    pub struct BatchResult {
        required {}
        optional {
            /// The outcome.
            action: Option<BatchAction> = "action",
            /// The id of the new identity.
            identity: Option<Uuid> = "identity",
            /// The id that the request assigned to this entry.
            patch_id: Option<Uuid> = "patch_id",
            /// The error, if the identity was not created (1.3 and later).
            error: Option<ErrorBody> = "error",
        }
    }
}

open_enum! {
    /// The outcome for one identity of a batch.
    pub enum BatchAction {
        /// The identity was created.
        Create = "create",
        /// The identity was not created (1.3 and later).
        Error = "error",
    }
}
