//! Identity schemas.

use serde_json::Value;

use crate::wire::{RawJson, wire_struct};

wire_struct! {
    /// An entry in the list of identity schemas (0.8 and later).
    pub struct IdentitySchema {
        required {}
        optional {
            /// The schema's id, the same as in [`super::Identity::schema_id`].
            id: String = "id",
            /// The JSON schema as Kratos sent it: base64 text in 0.11. Prefer [`IdentitySchema::schema`].
            raw_schema: Option<RawJson> = "schema",
        }
    }
}

impl IdentitySchema {
    /// Returns the JSON schema, decoded.
    #[must_use]
    pub fn schema(&self) -> Option<Value> {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        match self.raw_schema.as_ref()?.to_value() {
            Value::String(text) => serde_json::from_slice(&STANDARD.decode(text).ok()?).ok(),
            Value::Null => None,
            schema => Some(schema),
        }
    }
}
