//! Why a call got no complete response.

use crate::breaker::Withheld;

/// Why a call got no complete response.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportFailure {
    #[error("Kratos timed out")]
    Timeout(#[source] reqwest::Error),
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

impl From<reqwest::Error> for TransportFailure {
    fn from(error: reqwest::Error) -> Self {
        // The URL may contain a one-time token.
        let error = error.without_url();
        if error.is_timeout() {
            Self::Timeout(error)
        } else if error.is_connect() {
            Self::Unreachable(error)
        } else {
            Self::Broken(error)
        }
    }
}
