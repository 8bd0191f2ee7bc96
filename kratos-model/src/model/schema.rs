//! Identity schemas.

use serde_json::Value;

use crate::wire::{RawJson, wire_struct};

wire_struct! {
    /// A schema in the list of schemas (0.8 and later).
    pub struct IdentitySchema {
        required {}
        optional {
            /// Its id, as identities name it.
            id: String = "id",
            /// The JSON schema as it was sent; 0.11 sends it as base64. Read it with [`IdentitySchema::schema`].
            raw_schema: Option<RawJson> = "schema",
        }
    }
}

impl IdentitySchema {
    /// The JSON schema.
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
