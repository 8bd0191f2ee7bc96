//! The application's own origin, and the origins it trusts.

use url::Url;

use crate::transport::{BaseUrl, ConfigError};

/// The origins whose pages may send unsafe requests with the session cookie.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    app: BaseUrl,
    trusted: Vec<BaseUrl>,
}

impl Origins {
    pub(crate) fn new(app: BaseUrl) -> Self {
        Self { app, trusted: Vec::new() }
    }

    /// Trusts another origin.
    pub(crate) fn trust(&mut self, origin: &str) -> Result<(), ConfigError> {
        self.trusted.push(BaseUrl::parse(origin, "the trusted origin")?);
        Ok(())
    }

    /// The application's URL.
    pub(crate) fn app(&self) -> &BaseUrl {
        &self.app
    }

    /// Whether a URL belongs to the application.
    pub(crate) fn is_app(&self, url: &Url) -> bool {
        self.app.is_same_origin(url)
    }

    /// Whether a URL belongs to a trusted origin other than the application.
    pub(crate) fn is_trusted(&self, url: &Url) -> bool {
        self.trusted.iter().any(|origin| origin.is_same_origin(url))
    }
}
