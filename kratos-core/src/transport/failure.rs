//! Why no answer came.

/// Why a call brought no whole answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportFailure {
    #[error("Kratos did not answer in time")]
    Timeout(#[source] reqwest::Error),
    #[error("Kratos cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the connection to Kratos broke")]
    Broken(#[source] reqwest::Error),
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the HTTP client followed a redirect: build it with redirect::Policy::none()")]
    Redirected,
}

impl From<reqwest::Error> for TransportFailure {
    fn from(error: reqwest::Error) -> Self {
        // The URL may hold a flow's token.
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
