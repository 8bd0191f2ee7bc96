//! Errors that Kratos showed a browser.

use crate::{
    model::ErrorBody,
    wire::{RawJson, Timestamp, wire_struct},
};

wire_struct! {
    /// What went wrong in a browser's flow, as the error page asks for it.
    pub struct FlowError {
        required {}
        optional {
            /// The id: a UUID, or `stub:500` for the example that every Kratos has.
            id: String = "id",
            /// The error (0.7 and later; see [`FlowError::errors`]). Its shape is Kratos' choice, so it is kept.
            error: Option<RawJson> = "error",
            /// The errors, in 0.6.
            legacy_errors: Vec<RawJson> = "errors",
            /// When it happened. The example has the year 1.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

impl FlowError {
    /// The errors: one since 0.7, any number in 0.6. What cannot be read as an error is left out.
    pub fn errors(&self) -> impl Iterator<Item = ErrorBody> {
        self.error.iter().chain(&self.legacy_errors).filter_map(|error| error.parse().ok())
    }
}
