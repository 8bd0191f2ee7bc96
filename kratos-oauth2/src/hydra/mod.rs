//! The part of Hydra's admin API that a provider's pages need.

mod answers;
mod connection;
mod error;

use std::{fmt, time::Duration};

use http::{Method, header};
use kratos_core::resolve::CircuitBreaker;
use kratos_model::{
    SecretText,
    oauth2::{ConsentRequest, ConsentSession, LoginRequest, LogoutRequest},
};
use serde_json::json;
use url::Url;

pub use answers::{ConsentGrant, ConsentsOf, ProviderRefusal};
use connection::{Call, Connection, decode};
pub use error::{HydraError, HydraErrorKind};

use crate::OAuth2ConfigError;

/// A client of Hydra's admin API: login, consent, logout and device requests, and the consents that users gave.
///
/// The admin API accepts every challenge of every user. It must not be exposed to a network that users reach, and this
/// value stays in the application's process. Clones share one connection pool and one circuit breaker.
///
/// ```
/// use kratos_oauth2::HydraAdmin;
///
/// # fn main() -> Result<(), kratos_oauth2::OAuth2ConfigError> {
/// let hydra = HydraAdmin::new("http://127.0.0.1:4445")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct HydraAdmin(Connection);

const LOGIN: &str = "/admin/oauth2/auth/requests/login";
const CONSENT: &str = "/admin/oauth2/auth/requests/consent";
const LOGOUT: &str = "/admin/oauth2/auth/requests/logout";
const CONSENTS: &str = "/admin/oauth2/auth/sessions/consent";
const LOGINS: &str = "/admin/oauth2/auth/sessions/login";
/// The most pages of a list that are read, of 250 consents each.
const MOST_PAGES: usize = 40;

impl HydraAdmin {
    /// Uses the admin API at this URL, as this process reaches it. A path in the URL precedes every path. A call connects
    /// within 1 s and times out after 5 s; a response may have 4 MiB.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(admin_url: &str) -> Result<Self, OAuth2ConfigError> {
        Connection::new(admin_url).map(Self)
    }

    /// Sends `Authorization: Bearer KEY` with each call: for Ory Network, or a proxy that guards the admin API. Default: none.
    pub fn with_key(self, key: impl Into<String>) -> Self {
        Self(self.0.with_key(SecretText::new(key)))
    }

    /// Waits at most `timeout` for a whole call. Default: 5 s.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout))
    }

    /// Limits the calls to an unresponsive Hydra as this breaker does; the state is Hydra's own. Calls beyond the limits fail at
    /// once as [`HydraErrorKind::Busy`], and the pages respond with 503. Default: [`CircuitBreaker::new`] with 128 calls in flight.
    ///
    /// The pages' calls for anonymous requests (logout and device) share the circuit, and have 32 places of their own: they
    /// cannot take those of signed-in users.
    pub fn with_breaker(self, limits: &CircuitBreaker) -> Self {
        Self(self.0.with_breaker(limits))
    }

    /// Calls for an anonymous request.
    pub(crate) fn for_stranger(&self) -> Self {
        Self(self.0.for_stranger())
    }

    /// Calls with this HTTP client: its certificates, proxy and pool. Build it with `redirect::Policy::none()` and without a
    /// cookie store.
    pub fn with_http_client(self, client: reqwest::Client) -> Self {
        Self(self.0.with_client(client))
    }

    /// Returns a login request. Kratos itself accepts and rejects these (`oauth2_provider.url`).
    ///
    /// # Errors
    /// As of every call: no usable response, or an error that Hydra sent.
    pub async fn get_login_request(&self, challenge: &str) -> Result<LoginRequest, HydraError> {
        self.0.get(call("get a login request", Method::GET, LOGIN, &[("login_challenge", challenge)])).await
    }

    /// Rejects a login request: the client receives the error.
    ///
    /// # Errors
    /// As of every call.
    pub async fn reject_login_request(
        &self,
        challenge: &str,
        refusal: &ProviderRefusal,
    ) -> Result<Url, HydraError> {
        let path = "/admin/oauth2/auth/requests/login/reject";
        let query = [("login_challenge", challenge)];
        self.0.redirect(call("reject a login request", Method::PUT, path, &query), refusal).await
    }

    /// Accepts a login request for a subject. With Kratos as the login, Kratos does it; this is for a login of the
    /// application's own.
    ///
    /// # Errors
    /// As of every call.
    pub async fn accept_login_request(
        &self,
        challenge: &str,
        subject: &str,
        amr: &[&str],
    ) -> Result<Url, HydraError> {
        let path = "/admin/oauth2/auth/requests/login/accept";
        let query = [("login_challenge", challenge)];
        let body = json!({ "subject": subject, "amr": amr });
        self.0.redirect(call("accept a login request", Method::PUT, path, &query), &body).await
    }

    /// Returns a consent request.
    ///
    /// Hydra 26.2.0 returns it also after it was answered: only the browser's next step fails then. Earlier releases respond
    /// with 410.
    ///
    /// # Errors
    /// As of every call: [`HydraError::is_not_found`] for an unknown challenge, [`HydraError::is_expired`] for an old one.
    pub async fn get_consent_request(&self, challenge: &str) -> Result<ConsentRequest, HydraError> {
        let query = [("consent_challenge", challenge)];
        self.0.get(call("get a consent request", Method::GET, CONSENT, &query)).await
    }

    /// Accepts a consent request. Hydra does not compare the scopes with those requested: grant a subset.
    ///
    /// # Errors
    /// As of every call.
    pub async fn accept_consent_request(
        &self,
        challenge: &str,
        grant: &ConsentGrant,
    ) -> Result<Url, HydraError> {
        let path = "/admin/oauth2/auth/requests/consent/accept";
        let query = [("consent_challenge", challenge)];
        self.0.redirect(call("accept a consent request", Method::PUT, path, &query), grant).await
    }

    /// Rejects a consent request: the client receives the error.
    ///
    /// # Errors
    /// As of every call.
    pub async fn reject_consent_request(
        &self,
        challenge: &str,
        refusal: &ProviderRefusal,
    ) -> Result<Url, HydraError> {
        let path = "/admin/oauth2/auth/requests/consent/reject";
        let query = [("consent_challenge", challenge)];
        self.0.redirect(call("reject a consent request", Method::PUT, path, &query), refusal).await
    }

    /// Returns a logout request.
    ///
    /// # Errors
    /// As of every call: [`HydraError::is_gone`] after the logout.
    pub async fn get_logout_request(&self, challenge: &str) -> Result<LogoutRequest, HydraError> {
        let query = [("logout_challenge", challenge)];
        self.0.get(call("get a logout request", Method::GET, LOGOUT, &query)).await
    }

    /// Accepts a logout request. The session ends when the browser follows the redirect.
    ///
    /// # Errors
    /// As of every call.
    pub async fn accept_logout_request(&self, challenge: &str) -> Result<Url, HydraError> {
        let path = "/admin/oauth2/auth/requests/logout/accept";
        let query = [("logout_challenge", challenge)];
        self.0.redirect(call("accept a logout request", Method::PUT, path, &query), &()).await
    }

    /// Rejects a logout request: the session stays.
    ///
    /// # Errors
    /// As of every call.
    pub async fn reject_logout_request(&self, challenge: &str) -> Result<(), HydraError> {
        let path = "/admin/oauth2/auth/requests/logout/reject";
        let query = [("logout_challenge", challenge)];
        self.0.done(call("reject a logout request", Method::PUT, path, &query)).await
    }

    /// Accepts the code that a user copied from a device (25.4 and later). Codes are case-sensitive.
    ///
    /// # Errors
    /// As of every call: [`HydraError::is_client_error`] for a wrong code.
    pub async fn accept_user_code(&self, challenge: &str, user_code: &str) -> Result<Url, HydraError> {
        let path = "/admin/oauth2/auth/requests/device/accept";
        let query = [("device_challenge", challenge)];
        let body = json!({ "user_code": user_code });
        self.0.redirect(call("accept a user code", Method::PUT, path, &query), &body).await
    }

    /// Returns the consents that a user gave, at most 10,000.
    ///
    /// # Errors
    /// As of every call.
    pub async fn list_consents(&self, subject: &str) -> Result<Vec<ConsentSession>, HydraError> {
        let name = "list consents";
        let (mut all, mut token) = (Vec::new(), String::new());
        for _ in 0..MOST_PAGES {
            let query = [("subject", subject), ("page_size", "250"), ("page_token", token.as_str())];
            let wanted = if token.is_empty() { query.get(..2).unwrap_or(&query) } else { &query };
            let answer = self.0.answer(call(name, Method::GET, CONSENTS, wanted)).await?;
            let page: Vec<ConsentSession> = decode(name, &answer.body)?;
            let is_empty = page.is_empty();
            all.extend(page);
            let links = answer.headers.get_all(header::LINK);
            let next = links.iter().filter_map(|link| link.to_str().ok()).find_map(next_page);
            match next.filter(|_| !is_empty) {
                Some(next) => token = next,
                None => break,
            }
        }
        Ok(all)
    }

    /// Revokes consents that a user gave, and the tokens that were issued for them.
    ///
    /// # Errors
    /// As of every call.
    pub async fn revoke_consents(&self, consents: &ConsentsOf) -> Result<(), HydraError> {
        let query = consents.query();
        self.0.done(call("revoke consents", Method::DELETE, CONSENTS, &query)).await
    }

    /// Ends all of a user's sessions at the provider. Kratos' sessions stay.
    ///
    /// # Errors
    /// As of every call.
    pub async fn end_sessions(&self, subject: &str) -> Result<(), HydraError> {
        self.0.done(call("end sessions", Method::DELETE, LOGINS, &[("subject", subject)])).await
    }

    /// Ends one session at the provider, by its `sid`.
    ///
    /// # Errors
    /// As of every call.
    pub async fn end_session(&self, sid: &str) -> Result<(), HydraError> {
        self.0.done(call("end a session", Method::DELETE, LOGINS, &[("sid", sid)])).await
    }
}

impl fmt::Debug for HydraAdmin {
    /// Shows no internal address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HydraAdmin").finish_non_exhaustive()
    }
}

fn call<'a>(
    name: &'static str,
    method: Method,
    path: &'static str,
    query: &'a [(&'a str, &'a str)],
) -> Call<'a> {
    Call { name, method, path, query }
}

/// Returns the `page_token` of the link to the next page (RFC 8288).
fn next_page(link: &str) -> Option<String> {
    let next = link.split(',').find(|link| link.contains("rel=\"next\""))?;
    let (_, url) = next.split_once('<')?;
    let (url, _) = url.split_once('>')?;
    let (_, query) = url.split_once('?')?;
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, value)| name == "page_token" && !value.is_empty()).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_the_token_of_its_link() {
        let links = "</a?page_token=one>; rel=\"first\",</a?page_size=250&page_token=two%3D>; rel=\"next\"";
        assert_eq!(next_page(links).as_deref(), Some("two="));
        for none in ["", "</a?page_token=one>; rel=\"first\"", "<>; rel=\"next\"", "rel=\"next\""] {
            assert_eq!(next_page(none), None, "{none}");
        }
    }

    #[test]
    fn only_an_absolute_url_is_the_admin_api() {
        for bad in ["", "hydra:4445", "/admin", "ftp://h", "http://a:b@h", "http://h?x=1", "http://h#x"] {
            assert!(HydraAdmin::new(bad).is_err(), "{bad}");
        }
        let hydra = HydraAdmin::new("http://hydra-internal:4445").unwrap().with_key("key-of-the-admin-api");
        let shown = format!("{hydra:?}");
        assert!(!shown.contains("key-of") && !shown.contains("internal"), "{shown}");
    }
}
