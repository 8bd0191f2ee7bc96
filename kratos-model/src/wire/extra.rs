//! Fields that a newer Kratos added.

use serde_json::{Map, Value};

/// The fields of an answer that this release of the crate does not know, by name.
///
/// They are written back when the value is encoded. `Debug` shows the names alone, since a value may be secret.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Map<String, Value>);

impl Extra {
    /// The value of the field `name`, if Kratos sent one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Whether there is no such field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter()
    }

    #[doc(hidden)]
    pub fn insert(&mut self, name: String, value: Value) {
        self.0.insert(name, value);
    }
}

impl std::fmt::Debug for Extra {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
