//! Errors.

/// A hook's settings cannot work. Names the fault, never a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HookConfigError(&'static str);

impl HookConfigError {
    pub(crate) const NAME: Self = Self(
        "the name of the hook's header, cookie or user has characters that it cannot carry: use ASCII letters, digits and -",
    );
    pub(crate) const KEY: Self = Self(
        "the hook's key is too weak or cannot be sent: use 16 or more characters of visible ASCII without \" , ; \\",
    );
    pub(crate) const URL: Self = Self(
        "the application's URL cannot be a base of hook routes: use an http or https URL without query and fragment",
    );
}

/// A request of Kratos cannot be used. Names the JSON path and the kind of fault, never a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot decode the request of Kratos at `{path}`: {what}")]
pub struct HookDecodeError {
    path: String,
    what: &'static str,
}

impl HookDecodeError {
    pub(crate) fn new(path: impl Into<String>, what: &'static str) -> Self {
        Self { path: path.into(), what }
    }

    /// Returns the JSON path, for example `flow.ui`, or `.` for the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn within(part: &str, error: &kratos_model::__private::DecodeError) -> Self {
        let path = if error.path == "." { part.to_owned() } else { format!("{part}.{}", error.path) };
        Self { path, what: error.what }
    }
}
