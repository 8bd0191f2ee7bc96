//! Errors of browser flows.

use crate::{
    model::ErrorBody,
    wire::{RawJson, Timestamp, wire_struct},
};

wire_struct! {
    /// An error of a browser flow, fetched by the application's error page.
    pub struct FlowError {
        required {}
        optional {
            /// The id: a UUID, or `stub:500` for the built-in example.
            id: String = "id",
            /// The error as Kratos sent it (0.7 and later). Prefer [`FlowError::errors`].
            error: Option<RawJson> = "error",
            /// The errors, in 0.6.
            legacy_errors: Vec<RawJson> = "errors",
            /// The time of the error; year 1 in the example.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

impl FlowError {
    /// Iterates over the errors: one since 0.7, any number in 0.6. Skips values that are not errors.
    pub fn errors(&self) -> impl Iterator<Item = ErrorBody> {
        self.error.iter().chain(&self.legacy_errors).filter_map(|error| error.parse().ok())
    }
}
