//! JSON whose type the application defines: traits, metadata, contexts.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

/// A JSON value as Kratos sent it, deserialized on demand.
///
/// Stores the text: one allocation, and the order of fields and the notation of numbers are kept. `Debug` shows only
/// the length, since traits are personal data.
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// Encodes a value.
    ///
    /// # Errors
    /// Returns an error if the value has no JSON form, for example a map whose keys are not strings.
    pub fn from_value(value: &impl Serialize) -> Result<Self, JsonError> {
        serde_json::value::to_raw_value(value).map(Self).map_err(|error| JsonError::new(&error))
    }

    /// Deserializes the value into `T`. Parses the text on each call.
    ///
    /// # Errors
    /// Returns an error if the JSON does not match `T`. It names the JSON path, never the value.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        let mut json = serde_json::Deserializer::from_str(self.0.get());
        serde_path_to_error::deserialize(&mut json).map_err(|error| JsonError::at(&error))
    }

    /// Returns the JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Parses the text into a [`Value`]. Returns `null` if it nests deeper than 128 levels, serde_json's limit.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::from_str(self.0.get()).unwrap_or_default()
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || self.to_value() == other.to_value()
    }
}

impl std::fmt::Debug for RawJson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawJson({} bytes)", self.0.get().len())
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

/// JSON of an identity does not match the requested type. Names the JSON path and the kind of fault, never the value.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("cannot deserialize `{path}`: {fault}")]
pub struct JsonError {
    path: String,
    fault: &'static str,
}

impl JsonError {
    /// Returns the JSON path, for example `name.first`, or `.` for the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn missing() -> Self {
        Self { path: ".".to_owned(), fault: "the identity has no traits" }
    }

    fn new(error: &serde_json::Error) -> Self {
        Self { path: ".".to_owned(), fault: fault(error) }
    }

    fn at(error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        Self { path: error.path().to_string(), fault: fault(error.inner()) }
    }
}

/// Replaces serde's message, which quotes the value ("invalid type: string \"ada@…\"").
fn fault(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Data => "unexpected type or missing field",
        serde_json::error::Category::Syntax | serde_json::error::Category::Eof => "malformed JSON",
        serde_json::error::Category::Io => "I/O error",
    }
}
