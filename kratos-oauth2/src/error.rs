//! Errors.

/// The settings of the provider's pages cannot work. Names the fault, never a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OAuth2ConfigError(&'static str);

impl OAuth2ConfigError {
    pub(crate) const ADMIN_URL: Self = Self(
        "the URL of Hydra's admin API (HydraAdmin::new) is not an absolute http or https URL: expected one such as \
         http://127.0.0.1:4445",
    );
    pub(crate) const HTTP_CLIENT: Self =
        Self("the HTTP client of HydraAdmin cannot be built: TLS cannot be set up");
    #[cfg(feature = "backchannel")]
    pub(crate) const KEYS: Self = Self(
        "the URL of the provider's keys (LogoutVerifier::new) is not an absolute http or https URL: expected one such as \
         https://id.example/.well-known/jwks.json",
    );
}
