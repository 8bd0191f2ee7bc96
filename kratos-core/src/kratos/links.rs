//! The setters of URLs that browsers reach.

use super::{Kratos, sites::Pages};
use crate::{
    diagnosis::hosts,
    transport::{BaseUrl, ConfigError},
};

impl Kratos {
    /// Names the URL at which browsers reach this application. Guards then redirect pages to login and back; the URL must
    /// be among Kratos' `selfservice.allowed_return_urls`. It also is the origin that the origin check accepts.
    /// Default: none, so that every request is answered with a status.
    ///
    /// Application and Kratos must share a registrable domain, or the session cookie never arrives; `localhost` and
    /// `127.0.0.1` are different hosts. Hosts that cannot share a cookie are logged when a layer is made.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL.
    pub fn with_app(self, app_url: &str) -> Result<Self, ConfigError> {
        self.try_with_same_source(|config| {
            config.pages.apps = vec![BaseUrl::parse(app_url, "the application's URL (Kratos::with_app)")?];
            Ok(())
        })
    }

    /// Names a further URL at which browsers reach this application, for one that serves several hosts: call it after
    /// [`with_app`](Self::with_app), once for each. A request whose `Host` (HTTP/2: `:authority`) is one of the configured hosts is
    /// redirected within that host; every other request within the URL of `with_app`. All share the pages and Kratos' URL.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or `with_app` was not called.
    pub fn with_further_app(self, app_url: &str) -> Result<Self, ConfigError> {
        self.try_with_same_source(|config| {
            if config.pages.apps.is_empty() {
                return Err(ConfigError::new("Kratos::with_further_app needs Kratos::with_app before it"));
            }
            let app = BaseUrl::parse(app_url, "the application's further URL (Kratos::with_further_app)")?;
            config.pages.apps.push(app);
            Ok(())
        })
    }

    /// Names the URL at which browsers reach Kratos' public API (`serve.public.base_url`). Default: the URL of
    /// [`Kratos::new`].
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL.
    pub fn with_browser_url(self, kratos_browser_url: &str) -> Result<Self, ConfigError> {
        self.try_with_same_source(|config| {
            let what = "Kratos' URL for browsers (Kratos::with_browser_url)";
            config.pages.kratos = Some(BaseUrl::parse(kratos_browser_url, what)?);
            Ok(())
        })
    }

    /// Redirects to a login page other than Kratos' `/self-service/login/browser`: a path of the application, or an
    /// absolute URL. The page receives `return_to`, and `aal=aal2` or `refresh=true` for a step-up.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_login_page(self, page: &str) -> Result<Self, ConfigError> {
        self.with_page(page, |pages| &mut pages.login)
    }

    /// Redirects to a settings page, where a second factor is enrolled, other than Kratos'
    /// `/self-service/settings/browser`.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_settings_page(self, page: &str) -> Result<Self, ConfigError> {
        self.with_page(page, |pages| &mut pages.settings)
    }

    /// Redirects to a verification page other than Kratos' `/self-service/verification/browser`.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_verification_page(self, page: &str) -> Result<Self, ConfigError> {
        self.with_page(page, |pages| &mut pages.verification)
    }

    /// Redirects a signed-in user from a login page to `page`. Default: the application's `/`.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_home_page(self, page: &str) -> Result<Self, ConfigError> {
        self.with_page(page, |pages| &mut pages.home)
    }

    /// Lets pages of another origin send unsafe requests with the session cookie: a single-page application beside this
    /// API, for example. Redirects never go there. Default: none; the application's own origin is always trusted.
    ///
    /// # Errors
    /// When `origin` is not an absolute `http(s)` URL.
    pub fn with_trusted_origin(self, origin: &str) -> Result<Self, ConfigError> {
        BaseUrl::parse(origin, "the trusted origin (Kratos::with_trusted_origin)")?;
        self.try_with_same_source(|config| {
            config.pages.trusted.push(origin.to_owned());
            Ok(())
        })
    }

    fn with_page(
        self,
        page: &str,
        slot: impl FnOnce(&mut Pages) -> &mut Option<String>,
    ) -> Result<Self, ConfigError> {
        if !page.starts_with('/') {
            BaseUrl::parse_page(page, "the page")?;
        }
        self.try_with_same_source(|config| {
            *slot(&mut config.pages) = Some(page.to_owned());
            Ok(())
        })
    }

    /// Returns the URLs at which browsers reach the application and Kratos: where the forms of self-service pages may lead.
    #[must_use]
    pub fn browser_urls(&self) -> Vec<String> {
        let sites = self.0.config.sites.iter();
        let apps = sites.clone().map(|site| site.origins.app().join("").to_string());
        let kratos = sites.filter_map(|site| site.links.as_ref()).map(|links| links.kratos().to_string());
        apps.chain(kratos).collect()
    }

    /// Logs what the configuration alone shows to be wrong, once a process. Layers and middleware call it when they are
    /// made.
    pub fn explain(&self) {
        let links = self.0.config.sites.iter().filter_map(|site| site.links.as_ref());
        links.filter_map(hosts::configured).for_each(|finding| finding.log_once());
    }
}
