/// The paths of a provider's pages: `urls.consent`, `urls.logout`, `urls.error` and `urls.device` in Hydra's configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ProviderRoutes {
    consent: String,
    logout: String,
    device: String,
    device_success: String,
    error: String,
}

impl Default for ProviderRoutes {
    fn default() -> Self {
        Self::new()
    }
}

macro_rules! route {
    ($(#[$meta:meta])* $set:ident, $get:ident) => {
        $(#[$meta])*
        pub fn $set(mut self, path: &str) -> Self {
            path.clone_into(&mut self.$get);
            self
        }

        /// Returns the path of this page.
        #[must_use]
        pub fn $get(&self) -> &str {
            &self.$get
        }
    };
}

impl ProviderRoutes {
    /// Uses `/oauth2/consent`, `/oauth2/logout`, `/oauth2/device`, `/oauth2/device/success` and `/oauth2/error`.
    pub fn new() -> Self {
        let path = |page: &str| format!("/oauth2/{page}");
        Self {
            consent: path("consent"),
            logout: path("logout"),
            device: path("device"),
            device_success: path("device/success"),
            error: path("error"),
        }
    }

    route!(
        /// Sets the path of the consent page (`urls.consent`).
        with_consent, consent
    );
    route!(
        /// Sets the path of the logout page (`urls.logout`).
        with_logout, logout
    );
    route!(
        /// Sets the path of the page that asks for a device's code (`urls.device.verification`).
        with_device, device
    );
    route!(
        /// Sets the path of the page that a device's sign-in ends at (`urls.device.success`).
        with_device_success, device_success
    );
    route!(
        /// Sets the path of the error page (`urls.error`).
        with_error, error
    );
}
