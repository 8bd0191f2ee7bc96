//! The URLs that guards and pages redirect browsers to.

pub(crate) mod foreign;
mod origin;

use url::{Url, form_urlencoded};

use crate::{
    transport::{BaseUrl, ConfigError},
    work,
};

pub(crate) use origin::Origins;

/// The URLs at which browsers reach the application and Kratos. A guard with links redirects pages to login, step-up
/// and enrolment; a guard without them answers every request with a status.
///
/// Every `return_to` lies on the application's URL given here, never on the `Host` header, which the client writes.
///
/// [`Kratos::with_app`](crate::Kratos::with_app) makes the links of an application. Only code that calls
/// [`policy::decide`](crate::policy::decide) itself needs this type.
#[derive(Clone, Debug)]
pub struct Links {
    origins: Origins,
    kratos: BaseUrl,
    login: Option<Url>,
    settings: Option<Url>,
    verification: Option<Url>,
    home: Url,
    hop_key: [u64; 2],
}

/// The page that a browser returns to.
pub(crate) enum ReturnTo<'a> {
    /// The requested page, as path and query.
    This(&'a str),
    /// The page that sent a script's or a form's request.
    From(Url),
}

/// Whether a browser reads this as a path: it takes `//` and `/\` for the start of a host.
pub(crate) fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\")
}

impl Links {
    /// Links of the application at `app_url`, which must be among Kratos' `selfservice.allowed_return_urls`, to the
    /// Kratos whose public API browsers reach at `kratos_browser_url` (`serve.public.base_url`). Both must share a
    /// registrable domain, or the session cookie never arrives; `localhost` and `127.0.0.1` are different hosts.
    ///
    /// # Errors
    /// When one is not an absolute `http(s)` URL.
    pub fn new(app_url: &str, kratos_browser_url: &str) -> Result<Self, ConfigError> {
        let app = BaseUrl::parse(app_url, "the application's URL")?;
        let kratos = BaseUrl::parse(kratos_browser_url, "Kratos' URL for browsers")?;
        Ok(Self::of(Origins::new(app), kratos))
    }

    pub(crate) fn of(origins: Origins, kratos: BaseUrl) -> Self {
        let home = origins.app().join("/");
        Self { origins, kratos, login: None, settings: None, verification: None, home, hop_key: [0; 2] }
    }

    /// Redirects to a login page other than Kratos' `/self-service/login/browser`: a path of the application, or an
    /// absolute URL. The page receives `return_to`, and `aal=aal2` or `refresh=true` for a step-up.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_login_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.login = Some(self.page_url(page, "the login page")?);
        Ok(self)
    }

    /// Redirects to a settings page, where a second factor is enrolled, other than Kratos'
    /// `/self-service/settings/browser`.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_settings_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.settings = Some(self.page_url(page, "the settings page")?);
        Ok(self)
    }

    /// Redirects to a verification page other than Kratos' `/self-service/verification/browser`.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_verification_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.verification = Some(self.page_url(page, "the verification page")?);
        Ok(self)
    }

    /// Redirects a signed-in user from a login page to `page`. Default: the application's `/`.
    ///
    /// # Errors
    /// When `page` is neither a path nor an absolute `http(s)` URL.
    pub fn with_home_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.home = self.page_url(page, "the home page")?;
        Ok(self)
    }

    /// Lets pages of another origin send unsafe requests with the session cookie: a single-page application beside
    /// this API, for example. Redirects never go there. Default: none; the application's own origin is always trusted.
    ///
    /// # Errors
    /// When `origin` is not an absolute `http(s)` URL.
    pub fn with_trusted_origin(mut self, origin: &str) -> Result<Self, ConfigError> {
        self.origins.trust(origin)?;
        Ok(self)
    }

    /// An absolute URL stands as it is, with query and fragment; a path is joined to the application's URL.
    fn page_url(&self, page: &str, what: &str) -> Result<Url, ConfigError> {
        if page.starts_with('/') {
            let (page, fragment) = page.split_once('#').map_or((page, None), |(page, end)| (page, Some(end)));
            let mut url = self.origins.app().join(page);
            url.set_fragment(fragment);
            return Ok(url);
        }
        BaseUrl::parse_page(page, what)
    }

    /// The login page.
    pub(crate) fn login(&self, page: Option<ReturnTo<'_>>) -> Url {
        self.with_return_to(self.login_page(), page)
    }

    /// The page that asks for a second factor. Parameters of `demand`, the URL that Kratos itself names, are kept.
    pub(crate) fn second_factor(&self, demand: Option<&Url>, page: Option<ReturnTo<'_>>) -> Url {
        let mut to = self.login_page();
        for (name, value) in demand.map(Url::query_pairs).into_iter().flatten() {
            if name != "aal" && name != "return_to" {
                to.query_pairs_mut().append_pair(&name, &value);
            }
        }
        to.query_pairs_mut().append_pair("aal", "aal2");
        self.with_return_to(to, page)
    }

    /// The page that refreshes a session, together with its second factor where the route needs one.
    pub(crate) fn refresh(&self, second_factor: bool, page: Option<ReturnTo<'_>>) -> Url {
        let mut to = self.login_page();
        to.query_pairs_mut().append_pair("refresh", "true");
        if second_factor {
            to.query_pairs_mut().append_pair("aal", "aal2");
        }
        self.with_return_to(to, page)
    }

    /// The page that enrols a second factor.
    pub(crate) fn enrol(&self, page: Option<ReturnTo<'_>>) -> Url {
        self.with_return_to(self.or_kratos(self.settings.as_ref(), "settings"), page)
    }

    /// The page that verifies an address.
    pub(crate) fn verify(&self, page: Option<ReturnTo<'_>>) -> Url {
        self.with_return_to(self.or_kratos(self.verification.as_ref(), "verification"), page)
    }

    /// Kratos' URL that starts a flow with these parameters.
    pub(crate) fn start(&self, flow: &str, parameters: &[(String, String)]) -> Url {
        let mut to = self.kratos.join(&format!("/self-service/{flow}/browser"));
        if !parameters.is_empty() {
            to.query_pairs_mut().extend_pairs(parameters);
        }
        to
    }

    /// Kratos, as browsers reach it.
    pub(crate) fn kratos(&self) -> Url {
        self.kratos.join("")
    }

    /// A path and query of the application.
    pub(crate) fn app(&self, path_and_query: &str) -> Url {
        self.origins.app().join(path_and_query)
    }

    /// The page for a signed-in user who visits a login page.
    pub(crate) fn home(&self) -> Url {
        self.home.clone()
    }

    /// Whether a URL belongs to the application.
    pub(crate) fn is_app(&self, url: &Url) -> bool {
        self.origins.is_app(url)
    }

    /// The application's own and trusted origins.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Hashes the pages of the loop breaker's cookie with this key. Default: zero.
    pub(crate) fn with_hop_key(self, hop_key: [u64; 2]) -> Self {
        Self { hop_key, ..self }
    }

    /// The key of the loop breaker's cookie.
    pub(crate) fn hop_key(&self) -> [u64; 2] {
        self.hop_key
    }

    /// Whether browsers reach the application by https.
    pub(crate) fn is_https(&self) -> bool {
        self.origins.app().is_https()
    }

    /// Whether the path of a request is one of the pages that guards redirect to.
    pub(crate) fn is_target(&self, path: &str) -> bool {
        let pages = [&self.login, &self.settings, &self.verification];
        let own = pages.into_iter().flatten().filter(|page| self.is_app(page));
        own.map(Url::path).any(|page| page == self.origins.app().join(path).path())
    }

    fn login_page(&self) -> Url {
        self.or_kratos(self.login.as_ref(), "login")
    }

    fn or_kratos(&self, own: Option<&Url>, flow: &str) -> Url {
        own.cloned().unwrap_or_else(|| self.kratos.join(&format!("/self-service/{flow}/browser")))
    }

    /// Appends `return_to`, in place of one that the page's URL already carries.
    fn with_return_to(&self, mut to: Url, page: Option<ReturnTo<'_>>) -> Url {
        let back = match page {
            Some(ReturnTo::This(path_and_query)) => self.origins.app().join(path_and_query),
            Some(ReturnTo::From(url)) => url,
            None => return to,
        };
        [&to, &back].into_iter().for_each(|url| work::add(url.as_str().len()));
        let kept: Vec<(String, String)> = to
            .query_pairs()
            .filter(|(name, _)| name != "return_to")
            .map(|(n, v)| (n.into(), v.into()))
            .collect();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept).append_pair("return_to", back.as_str());
        to.set_query(Some(&query.finish()));
        to
    }
}

#[cfg(test)]
mod tests;
