//! JSON that belongs to the application: traits, metadata, contexts.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

/// A JSON value kept as Kratos sent it, and read as a type of yours when asked.
///
/// Keeping the text costs one copy instead of a tree of allocations, and loses neither the order of fields nor
/// the spelling of numbers. `Debug` shows only the length, since traits are personal data.
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// Encodes any value.
    ///
    /// # Errors
    /// When the value cannot be written as JSON, for example a map whose keys are not strings.
    pub fn from_value(value: &impl Serialize) -> Result<Self, JsonError> {
        serde_json::value::to_raw_value(value).map(Self).map_err(|error| JsonError::new(&error))
    }

    /// Reads the value as `T`. Each call parses the text anew.
    ///
    /// # Errors
    /// When the JSON is not a `T`; the error names the place, never the value.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        let mut json = serde_json::Deserializer::from_str(self.0.get());
        serde_path_to_error::deserialize(&mut json).map_err(|error| JsonError::at(&error))
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The value as a tree; `null` where the text nests deeper than serde_json reads (128 levels).
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

/// Why JSON of an identity could not be read as the type asked for. It names the place and what serde expected
/// there, without the value itself.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the JSON does not fit the type at `{path}`: {expected}")]
pub struct JsonError {
    path: String,
    expected: String,
}

impl JsonError {
    /// Where in the JSON, for example `name.first`; `.` for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn missing() -> Self {
        Self { path: ".".to_owned(), expected: "the identity has no traits".to_owned() }
    }

    fn new(error: &serde_json::Error) -> Self {
        Self { path: ".".to_owned(), expected: category(error).to_owned() }
    }

    fn at(error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        Self { path: error.path().to_string(), expected: category(error.inner()).to_owned() }
    }
}

/// serde's own message quotes the value that did not fit ("invalid type: string \"ada@…\""), so it is not shown.
fn category(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Data => "a value of another type, or a missing field",
        serde_json::error::Category::Syntax | serde_json::error::Category::Eof => "malformed JSON",
        serde_json::error::Category::Io => "input or output failed",
    }
}
