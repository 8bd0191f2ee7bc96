//! Where people are led.

use url::{Url, form_urlencoded};

use super::request::Page;
use crate::{
    diagnosis::{Finding, hosts},
    resolve::Aal2Required,
    transport::{BaseUrl, ConfigError},
};

/// Where browsers reach the application and Kratos. With it, pages are led to login, step-up and enrolment;
/// without it, everybody gets a status.
///
/// Every `return_to` is on the application's URL given here: never on a `Host` header, which the client writes.
#[derive(Clone, Debug)]
pub struct Links {
    app: BaseUrl,
    kratos: BaseUrl,
    login: Option<Url>,
    settings: Option<Url>,
    verification: Option<Url>,
    home: Url,
    trusted: Vec<BaseUrl>,
}

impl Links {
    /// `app_url` is where browsers reach this application (it must be among Kratos'
    /// `selfservice.allowed_return_urls`); `kratos_browser_url` is where they reach Kratos' public API
    /// (`serve.public.base_url`). Both must share a registrable domain, or the session cookie never arrives;
    /// `localhost` and `127.0.0.1` are different hosts.
    ///
    /// # Errors
    /// When one is not an absolute `http(s)` URL.
    pub fn new(app_url: &str, kratos_browser_url: &str) -> Result<Self, ConfigError> {
        let app = BaseUrl::parse(app_url, "the application's URL")?;
        let kratos = BaseUrl::parse(kratos_browser_url, "Kratos' URL for browsers")?;
        let (home, trusted) = (app.join("/"), Vec::new());
        Ok(Self { home, app, kratos, login: None, settings: None, verification: None, trusted })
    }

    /// A login page of your own: a path of the application, or an absolute URL. It gets `return_to`, and
    /// `aal=aal2` or `refresh=true` for a step-up. Default: Kratos' `/self-service/login/browser`.
    ///
    /// # Errors
    /// When it is neither a path nor an absolute `http(s)` URL.
    pub fn with_login_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.login = Some(self.page_url(page, "the login page")?);
        Ok(self)
    }

    /// A settings page of your own, where a second factor is enrolled. Default: Kratos'
    /// `/self-service/settings/browser`.
    ///
    /// # Errors
    /// When it is neither a path nor an absolute `http(s)` URL.
    pub fn with_settings_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.settings = Some(self.page_url(page, "the settings page")?);
        Ok(self)
    }

    /// A verification page of your own. Default: Kratos' `/self-service/verification/browser`.
    ///
    /// # Errors
    /// When it is neither a path nor an absolute `http(s)` URL.
    pub fn with_verification_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.verification = Some(self.page_url(page, "the verification page")?);
        Ok(self)
    }

    /// Where somebody who is signed in already is led from a login page. Default: the application's `/`.
    ///
    /// # Errors
    /// When it is neither a path nor an absolute `http(s)` URL.
    pub fn with_home_page(mut self, page: &str) -> Result<Self, ConfigError> {
        self.home = self.page_url(page, "the home page")?;
        Ok(self)
    }

    /// Another origin whose pages may send unsafe requests with the session cookie: a single-page app beside this
    /// API. Nobody is led there. Default: none; the application's own origin is always trusted.
    ///
    /// It matters to [`Kratos::with_origin_check`](crate::Kratos::with_origin_check) and to
    /// [`RequestSession::logout`](crate::RequestSession::logout).
    ///
    /// # Errors
    /// When it is not an absolute `http(s)` URL.
    pub fn with_trusted_origin(mut self, origin: &str) -> Result<Self, ConfigError> {
        self.trusted.push(BaseUrl::parse(origin, "the trusted origin")?);
        Ok(self)
    }

    fn page_url(&self, page: &str, what: &str) -> Result<Url, ConfigError> {
        if page.starts_with('/') { Ok(self.app.join(page)) } else { Ok(BaseUrl::parse(page, what)?.join("")) }
    }

    /// To sign in.
    pub(super) fn login(&self, page: Option<Page<'_>>) -> Url {
        self.with_return_to(self.login_page(), page)
    }

    /// To show a second factor. Kratos' own demand may carry parameters; they are kept, on the URL that
    /// browsers reach.
    pub(super) fn second_factor(&self, demand: Option<&Aal2Required>, page: Option<Page<'_>>) -> Url {
        let mut to = self.login_page();
        let asked = demand.and_then(|demand| demand.redirect_browser_to.as_ref());
        if let Some(asked) = asked.filter(|url| url.path().ends_with("/self-service/login/browser")) {
            hosts::base_url(asked, self).iter().for_each(Finding::log_once);
        }
        for (name, value) in asked.map(Url::query_pairs).into_iter().flatten() {
            if name != "aal" && name != "return_to" {
                to.query_pairs_mut().append_pair(&name, &value);
            }
        }
        to.query_pairs_mut().append_pair("aal", "aal2");
        self.with_return_to(to, page)
    }

    /// To sign in again; with the second factor too where the page needs it.
    pub(super) fn refresh(&self, second_factor: bool, page: Option<Page<'_>>) -> Url {
        let mut to = self.login_page();
        to.query_pairs_mut().append_pair("refresh", "true");
        if second_factor {
            to.query_pairs_mut().append_pair("aal", "aal2");
        }
        self.with_return_to(to, page)
    }

    /// To enrol a second factor.
    pub(super) fn enrol(&self, page: Option<Page<'_>>) -> Url {
        self.with_return_to(self.or_kratos(self.settings.as_ref(), "settings"), page)
    }

    /// To verify an address.
    pub(super) fn verify(&self, page: Option<Page<'_>>) -> Url {
        self.with_return_to(self.or_kratos(self.verification.as_ref(), "verification"), page)
    }

    /// To start a flow at Kratos, with these parameters.
    pub(crate) fn start(&self, flow: &str, parameters: &[(String, String)]) -> Url {
        let mut to = self.kratos.join(&format!("/self-service/{flow}/browser"));
        if !parameters.is_empty() {
            to.query_pairs_mut().extend_pairs(parameters);
        }
        to
    }

    /// A path and query of the application.
    pub(crate) fn app(&self, path_and_query: &str) -> Url {
        self.app.join(path_and_query)
    }

    /// Away from a login page.
    pub(crate) fn home(&self) -> Url {
        self.home.clone()
    }

    /// Whether a URL is the application's.
    pub(crate) fn is_app(&self, url: &Url) -> bool {
        self.app.is_same_origin(url)
    }

    /// Whether pages of this URL's origin may use the session, besides the application's own.
    pub(crate) fn is_trusted(&self, url: &Url) -> bool {
        self.trusted.iter().any(|origin| origin.is_same_origin(url))
    }

    /// Whether the application is reached by https.
    pub(crate) fn is_https(&self) -> bool {
        self.app.is_https()
    }

    fn login_page(&self) -> Url {
        self.or_kratos(self.login.as_ref(), "login")
    }

    fn or_kratos(&self, own: Option<&Url>, flow: &str) -> Url {
        own.cloned().unwrap_or_else(|| self.kratos.join(&format!("/self-service/{flow}/browser")))
    }

    fn with_return_to(&self, mut to: Url, page: Option<Page<'_>>) -> Url {
        let back = match page {
            Some(Page::This(path_and_query)) => self.app.join(path_and_query),
            Some(Page::From(url)) => url,
            None => return to,
        };
        let earlier = to.query().filter(|query| !query.is_empty()).map(str::to_owned);
        let mut query = form_urlencoded::Serializer::new(earlier.unwrap_or_default());
        to.set_query(Some(&query.append_pair("return_to", back.as_str()).finish()));
        to
    }
}
