//! Signing out.

use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;
use url::Url;

use crate::{
    Kratos,
    adapter::{HeaderLookup, RequestSession},
    client::{BrowserCookies, Client, Error, RelayCookies, WithCookies},
    credential::Credential,
    flow::{Flow as _, LoginFlow},
    links::{foreign, is_path},
    policy::{GuardResponse, Refusal, RefusalReason, RequestView, is_cross_site},
    request::Rejection,
    resolve::{Freshness, Resolution, ResolveError},
};

impl RequestSession {
    /// Ends the browser's session and redirects. Mount it for POST: any site could hold a link that signs out. An anonymous
    /// request is redirected as well. Drops what is cached of the session.
    ///
    /// The target is, in this order: the login page, for a `login_challenge` in the query, with the query's `return_to`; `return_to` in the query, if it
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
            false => foreign::parse(&url),
        });
        let (own, foreign) = match wanted {
            Some(url) if links.is_app(&url) => (Some(url), None),
            other => (None, other.map(String::from)),
        };
        let back = foreign.clone();
        let credentials = self.kratos().credentials();
        let logout = Logout {
            kratos: self.kratos().clone(),
            client: pages.client.clone(),
            cookies: BrowserCookies::from_headers(request.headers()),
            cookie: credentials.cookie(request.headers()),
            carried: credentials.read_all(request.headers()),
            return_to: foreign,
            is_https: links.home().scheme() == "https",
        };
        let ended = match self.to_its_end(request, logout.run()).await? {
            Ok(ended) => ended,
            Err(Failed::Logout(error)) => return Err(pages.failed(&error, request)),
            Err(Failed::Whoami(error)) => return Err(self.refuse(&Refusal::from(&error), request)),
        };
        let (named, signed_out) = match ended {
            Some(Ended { location, cookies, clear }) => (location, Some((cookies, clear))),
            None => (None, None),
        };
        let to = match request.query("login_challenge") {
            Some(challenge) => {
                let back = own.map(String::from).or(back).map(|url| ("return_to".to_owned(), url));
                let challenge = ("login_challenge".to_owned(), challenge);
                links.start(LoginFlow::NAME, &[challenge].into_iter().chain(back).collect::<Vec<_>>())
            }
            None => own.or(named).unwrap_or_else(|| links.home()),
        };
        let refusal = Refusal::new(RefusalReason::Anonymous, "signed out");
        let mut response = GuardResponse::redirect(&to, None, &refusal);
        if let Some((cookies, clear)) = signed_out {
            cookies.append_to(&mut response.headers);
            if let Some(clear) = clear {
                response.headers.insert(CLEAR_SITE_DATA, clear);
            }
        }
        Ok(response)
    }

    /// Does work that goes on if the caller hangs up: what Kratos has ended must not stay cached.
    pub(super) async fn to_its_end<H: HeaderLookup, T: Send + 'static>(
        &self,
        request: &RequestView<'_, H>,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Rejection> {
        tokio::spawn(work.in_current_span()).await.map_err(|_| {
            let error = ResolveError::unavailable("the runtime stopped, or the call panicked");
            self.refuse(&Refusal::from(&error), request)
        })
    }
}

/// What the browser deletes at logout: its cookies, storage and caches of the origin.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// The answer of Kratos to a logout.
struct Ended {
    /// The URL that it names.
    location: Option<Url>,
    cookies: RelayCookies,
    clear: Option<HeaderValue>,
}

impl From<WithCookies<Option<Url>>> for Ended {
    fn from(answer: WithCookies<Option<Url>>) -> Self {
        let clear = answer.headers().get(CLEAR_SITE_DATA).cloned();
        let (location, cookies) = answer.into_parts();
        Self { location, cookies, clear }
    }
}

/// Why the session stands.
enum Failed {
    /// Which session would end is not known, so that another credential of it could not be dropped.
    Whoami(ResolveError),
    Logout(Error),
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
    /// Whether browsers reach the application over https.
    is_https: bool,
}

impl Logout {
    /// Returns what Kratos answered; `None` for an anonymous request.
    async fn run(self) -> Result<Option<Ended>, Failed> {
        let session = self.session().await.map_err(Failed::Whoami)?;
        match self.end().await {
            Ok(ended) => {
                self.cookie.iter().for_each(|cookie| self.kratos.forget_ended(cookie));
                self.forget(session).await;
                Ok(Some(ended))
            }
            Err(error) if error.is_unauthenticated() => {
                // A session that was known has ended meanwhile, perhaps by a first attempt whose answer was lost.
                if session.is_some() {
                    self.forget(session).await;
                }
                Ok(None)
            }
            Err(error) => Err(Failed::Logout(error)),
        }
    }

    async fn end(&self) -> Result<Ended, Error> {
        let mut browser = self.client.browser(&self.cookies);
        if self.is_https {
            browser = browser.with_https();
        }
        if let Some(return_to) = &self.return_to {
            match browser.logout(Some(return_to)).await {
                // Kratos does not allow this URL.
                Err(error) if error.status() == Some(http::StatusCode::BAD_REQUEST) => {}
                outcome => return outcome.map(Ended::from),
            }
        }
        browser.logout(None).await.map(Ended::from)
    }

    /// The session that ends. A cached entry of an earlier cookie, which Kratos re-issued since, is found by it alone.
    async fn session(&self) -> Result<Option<uuid::Uuid>, ResolveError> {
        let Some(cookie) = self.cookie.as_ref().filter(|_| self.kratos.may_cache()) else { return Ok(None) };
        let found = self.kratos.resolver().resolve(cookie, Freshness::Cached).await?;
        Ok(match found.resolution {
            Resolution::Active(session) | Resolution::Unconfirmed(session) => Some(session.id),
            Resolution::Anonymous | Resolution::Aal2Required(_) => None,
        })
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
