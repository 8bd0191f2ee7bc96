//! Configuration errors.

/// An invalid configuration value. The message names the value and what to set instead.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{message}")]
pub struct ConfigError {
    message: String,
}

impl ConfigError {
    /// Creates an error with this message, for crates that build on this one. The message names the value and what to set
    /// instead.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}
