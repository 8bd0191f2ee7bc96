//! The error of a server that cannot start.

use thiserror::Error;

/// The server could not start: a port is taken, or an identity schema is invalid.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct StartError(Reason);

#[derive(Debug, Error)]
enum Reason {
    #[error("cannot listen on 127.0.0.1")]
    Bind(#[from] std::io::Error),
    #[error("the identity schema {id:?} is not a JSON Schema: {reason}")]
    Schema { id: String, reason: String },
}

impl StartError {
    pub(crate) fn schema(id: &str, reason: &str) -> Self {
        Self(Reason::Schema { id: id.to_owned(), reason: reason.to_owned() })
    }

    /// Returns true if a port could not be bound.
    #[must_use]
    pub fn is_bind(&self) -> bool {
        matches!(self.0, Reason::Bind(_))
    }
}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        Self(Reason::Bind(error))
    }
}
