//! JSON Patch.

use serde::Serialize;
use serde_json::{Value, json};

/// A JSON Patch (RFC 6902) of an identity.
///
/// Paths are JSON pointers such as `/traits/name/first`, `/state` or `/metadata_admin/plan`. Kratos refuses `/id`,
/// `/stateChangedAt` and `/credentials`. `Debug` shows the paths only.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
#[must_use]
pub struct JsonPatch(Vec<Value>);

impl JsonPatch {
    /// Creates an empty patch.
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, operation: Value) -> Self {
        self.0.push(operation);
        self
    }

    /// Adds a value or replaces it.
    pub fn with_add(self, path: &str, value: impl Into<Value>) -> Self {
        self.with(json!({"op": "add", "path": path, "value": value.into()}))
    }

    /// Replaces an existing value.
    pub fn with_replace(self, path: &str, value: impl Into<Value>) -> Self {
        self.with(json!({"op": "replace", "path": path, "value": value.into()}))
    }

    /// Removes a value.
    pub fn with_remove(self, path: &str) -> Self {
        self.with(json!({"op": "remove", "path": path}))
    }

    /// Applies the patch only if the path has this value.
    pub fn with_test(self, path: &str, value: impl Into<Value>) -> Self {
        self.with(json!({"op": "test", "path": path, "value": value.into()}))
    }

    /// Moves a value.
    pub fn with_move(self, from: &str, path: &str) -> Self {
        self.with(json!({"op": "move", "from": from, "path": path}))
    }

    /// Copies a value.
    pub fn with_copy(self, from: &str, path: &str) -> Self {
        self.with(json!({"op": "copy", "from": from, "path": path}))
    }
}

impl std::fmt::Debug for JsonPatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().filter_map(|operation| operation.get("path"))).finish()
    }
}
