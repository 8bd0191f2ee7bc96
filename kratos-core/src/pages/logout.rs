//! Signing out.

use tracing::Instrument as _;
use url::Url;

use crate::{
    Kratos,
    adapter::{HeaderLookup, RequestSession},
    client::{BrowserCookies, Client, Error, RelayCookies},
    credential::Credential,
    flow::{Flow as _, LoginFlow},
    links::is_path,
    policy::{GuardResponse, Refusal, RefusalReason, RequestView, is_cross_site},
    request::Rejection,
    resolve::{Freshness, Resolution, ResolveError},
};

impl RequestSession {
    /// Ends the browser's session and redirects. Mount it for POST: any site could hold a link that signs out. An anonymous
    /// request is redirected as well. Drops what is cached of the session.
    ///
    /// The target is, in this order: the login page, for a `login_challenge` in the query; `return_to` in the query, if it
    /// is a path or URL of this application, or a URL that Kratos allows; Kratos' own
    /// `selfservice.flows.logout.after.default_browser_return_url`; home.
    ///
    /// The logout goes on if the caller hangs up.
    ///
    /// # Errors
    /// The response to send: 403 unless the request is a POST of this site, 503 when Kratos is unreachable. The session
    /// then still stands.
    pub(crate) async fn logout<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<GuardResponse, Rejection> {
        let pages = self.pages(request)?;
        let links = pages.links;
        if request.method() != "POST" || is_cross_site(request, Some(links.origins())) {
            let refusal = Refusal::new(RefusalReason::CrossSite, "logout takes a form that this site posts");
            return Err(self.refuse(&refusal, request));
        }
        let wanted = request.query("return_to").and_then(|url| match is_path(&url) {
            true => Some(links.app(&url)),
            false => Url::parse(&url).ok(),
        });
        let (own, foreign) = match wanted {
            Some(url) if links.is_app(&url) => (Some(url), None),
            other => (None, other.map(String::from)),
        };
        let credentials = self.kratos().credentials();
        let logout = Logout {
            kratos: self.kratos().clone(),
            client: pages.client.clone(),
            cookies: BrowserCookies::from_headers(request.headers()),
            cookie: credentials.cookie(request.headers()),
            carried: credentials.read_all(request.headers()),
            return_to: foreign,
        };
        let ended = match tokio::spawn(logout.run().in_current_span()).await {
            Ok(Ok(ended)) => ended,
            Ok(Err(error)) => return Err(pages.failed(&error, request)),
            Err(_) => {
                let error = ResolveError::unavailable("the logout was cut off");
                return Err(self.refuse(&Refusal::from(&error), request));
            }
        };
        let (named, cookies) = ended.unzip();
        let to = match request.query("login_challenge") {
            Some(challenge) => links.start(LoginFlow::NAME, &[("login_challenge".to_owned(), challenge)]),
            None => own.or(named.flatten()).unwrap_or_else(|| links.home()),
        };
        let refusal = Refusal::new(RefusalReason::Anonymous, "signed out");
        let mut response = GuardResponse::redirect(&to, None, &refusal);
        if let Some(cookies) = cookies {
            cookies.append_to(&mut response.headers);
        }
        Ok(response)
    }
}

/// One logout. It owns what it needs, so that it runs to its end: a caller that hangs up after Kratos ended the session must
/// not leave it in the cache.
struct Logout {
    kratos: Kratos,
    client: Client,
    cookies: BrowserCookies,
    /// The session cookie, whose session ends.
    cookie: Option<Credential>,
    /// Every credential of the request.
    carried: Vec<Credential>,
    return_to: Option<String>,
}

impl Logout {
    /// Returns the URL that Kratos names and the cookies to relay; `None` for an anonymous request.
    async fn run(self) -> Result<Option<(Option<Url>, RelayCookies)>, Error> {
        let session = self.session().await;
        match self.end().await {
            Ok(ended) => {
                self.forget(session).await;
                Ok(Some(ended))
            }
            Err(error) if error.is_unauthenticated() => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn end(&self) -> Result<(Option<Url>, RelayCookies), Error> {
        let browser = self.client.browser(&self.cookies);
        if let Some(return_to) = &self.return_to {
            match browser.logout(Some(return_to)).await {
                // Kratos does not allow this URL.
                Err(error) if error.status() == Some(http::StatusCode::BAD_REQUEST) => {}
                outcome => return outcome.map(crate::client::WithCookies::into_parts),
            }
        }
        browser.logout(None).await.map(crate::client::WithCookies::into_parts)
    }

    /// The session that ends. A cached entry of an earlier cookie, which Kratos re-issued since, is found by it alone.
    async fn session(&self) -> Option<uuid::Uuid> {
        let cookie = self.cookie.as_ref().filter(|_| self.kratos.may_cache())?;
        let found = self.kratos.resolver().resolve(cookie, Freshness::Cached).await.ok()?;
        match found.resolution {
            Resolution::Active(session) | Resolution::Unconfirmed(session) => Some(session.id),
            Resolution::Anonymous | Resolution::Aal2Required(_) => None,
        }
    }

    /// Drops what is cached of the session, and of every credential that the request carries: the one that precedes the
    /// cookie would open the ended session from the cache otherwise.
    async fn forget(&self, session: Option<uuid::Uuid>) {
        if let Some(session) = session {
            self.kratos.forget_session(session);
        }
        for credential in self.carried.iter().chain(&self.cookie) {
            self.kratos.forget_credential(credential).await;
        }
    }
}
