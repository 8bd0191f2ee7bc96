//! Why a call got no complete response.

use crate::breaker::Withheld;

/// Why a call got no complete response.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportFailure {
    /// The error is that of the HTTP client's own timeout, if it has one that ended first.
    #[error("Kratos timed out")]
    Timeout(#[source] Option<reqwest::Error>),
    #[error("Kratos is unreachable")]
    Unreachable(#[source] reqwest::Error),
    #[error("the connection to Kratos broke")]
    Broken(#[source] reqwest::Error),
    #[error("the response is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error(transparent)]
    Withheld(Withheld),
    #[error("the call to Kratos was cancelled")]
    Cancelled,
    #[error("the HTTP client followed a redirect: build it with redirect::Policy::none()")]
    Redirected,
}

impl TransportFailure {
    /// The kind, for `error.type` of a span.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::Timeout(_) => "timeout",
            Self::Unreachable(_) => "unreachable",
            Self::Broken(_) => "broken",
            Self::TooLarge { .. } => "too_large",
            Self::Withheld(_) => "withheld",
            Self::Cancelled => "cancelled",
            Self::Redirected => "redirected",
        }
    }
}

impl From<reqwest::Error> for TransportFailure {
    fn from(error: reqwest::Error) -> Self {
        // The URL may contain a one-time token.
        let error = error.without_url();
        if error.is_timeout() {
            Self::Timeout(Some(error))
        } else if error.is_connect() {
            Self::Unreachable(error)
        } else {
            Self::Broken(error)
        }
    }
}
