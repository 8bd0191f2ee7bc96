//! Many identities at once (0.13 and later).

use uuid::Uuid;

use super::ErrorBody;
use crate::wire::{open_enum, wire_struct};

wire_struct! {
    /// What became of each identity, in the order asked.
    pub struct BatchResults {
        required {}
        optional {
            /// One for each.
            identities: Vec<BatchResult> = "identities",
        }
    }
}

wire_struct! {
    /// What became of one.
    pub struct BatchResult {
        required {}
        optional {
            /// Whether it was made.
            action: Option<BatchAction> = "action",
            /// The new identity's id.
            identity: Option<Uuid> = "identity",
            /// The id that the request gave it.
            patch_id: Option<Uuid> = "patch_id",
            /// Why it was not made (1.3 and later).
            error: Option<ErrorBody> = "error",
        }
    }
}

open_enum! {
    /// What became of one identity of a batch.
    pub enum BatchAction {
        /// It was made.
        Create = "create",
        /// It was not (1.3 and later).
        Error = "error",
    }
}
