//! HTTP calls to Kratos: no redirects, no cookie store, no proxy by default, limited time and size.

mod base_url;
mod config_error;
mod failure;
mod retry_after;
#[cfg(test)]
mod tests;
mod trace;

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use url::Url;

pub(crate) use base_url::BaseUrl;
pub use config_error::ConfigError;
pub(crate) use failure::TransportFailure;
pub(crate) use retry_after::retry_after;
pub(crate) use trace::{CallSpan, Template};

/// The default limit for opening a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// The default limit for one call, from sending the request to reading the whole response.
const TIMEOUT: Duration = Duration::from_secs(3);
/// The default limit for a response body. A session has 1 to 2 KB.
const BODY_LIMIT: usize = 1024 * 1024;

/// Sends requests to Kratos. Clones share one connection pool, also after a change of timeout or body limit.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    http: reqwest::Client,
    settings: HttpSettings,
    timeout: Duration,
    body_limit: usize,
}

/// How the HTTP client is built. A change of these opens a new connection pool.
#[derive(Clone, Copy, Debug)]
struct HttpSettings {
    connect_timeout: Duration,
    environment_proxy: bool,
}

/// A whole response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body of the request, so that an error shows nothing of it.
    pub(crate) sent: Bytes,
}

impl Transport {
    pub(crate) fn new() -> Result<Self, ConfigError> {
        let settings = HttpSettings { connect_timeout: CONNECT_TIMEOUT, environment_proxy: false };
        Ok(Self { http: settings.build()?, settings, timeout: TIMEOUT, body_limit: BODY_LIMIT })
    }

    /// Replaces the HTTP client, and with it the connection pool.
    pub(crate) fn with_client(self, http: reqwest::Client) -> Self {
        Self { http, ..self }
    }

    pub(crate) fn with_connect_timeout(self, connect_timeout: Duration) -> Result<Self, ConfigError> {
        let settings = HttpSettings { connect_timeout, ..self.settings };
        self.rebuilt(settings)
    }

    /// Sends requests through the proxy that `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` or the operating system name.
    ///
    /// Opens a new connection pool.
    #[cfg(feature = "system-proxy")]
    pub(crate) fn with_environment_proxy(self) -> Result<Self, ConfigError> {
        let settings = HttpSettings { environment_proxy: true, ..self.settings };
        self.rebuilt(settings)
    }

    fn rebuilt(self, settings: HttpSettings) -> Result<Self, ConfigError> {
        Ok(Self { http: settings.build()?, settings, ..self })
    }

    pub(crate) fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    pub(crate) fn with_body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// Builds a request that accepts JSON. Kratos answers `Accept: */*` with the redirects of a browser.
    pub(crate) fn request(&self, method: http::Method, url: Url) -> reqwest::RequestBuilder {
        self.http.request(method, url).header(header::ACCEPT, "application/json")
    }

    /// Builds a `GET` that accepts HTML, which Kratos answers with redirects.
    pub(crate) fn page_request(&self, url: Url) -> reqwest::RequestBuilder {
        self.http.get(url).header(header::ACCEPT, "text/html")
    }

    /// Sends the request and reads the whole response, within the timeout and the body limit.
    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Result<Reply, TransportFailure> {
        let request = request.build()?;
        let url = request.url().clone();
        self.in_time(async {
            let response = self.http.execute(request).await?;
            self.read(response, &url).await
        })
        .await
    }

    /// Sends a safe request as [`Transport::send`] does, and once more within the same timeout if the connection breaks
    /// before the response: a kept connection may have been closed meanwhile (RFC 9110 §9.2.2). A request with a body is
    /// sent once.
    pub(crate) async fn send_safe(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<Reply, TransportFailure> {
        let request = request.build()?;
        let has_body = request.body().is_some();
        let (method, url, headers) =
            (request.method().clone(), request.url().clone(), request.headers().clone());
        self.in_time(async {
            let response = match self.http.execute(request).await.map_err(TransportFailure::from) {
                Err(TransportFailure::Broken(_)) if !has_body => {
                    let mut again = reqwest::Request::new(method, url.clone());
                    *again.headers_mut() = headers;
                    self.http.execute(again).await?
                }
                outcome => outcome?,
            };
            self.read(response, &url).await
        })
        .await
    }

    /// The timeout of a whole call. reqwest's own would cost the request a map of extensions.
    async fn in_time(
        &self,
        call: impl Future<Output = Result<Reply, TransportFailure>>,
    ) -> Result<Reply, TransportFailure> {
        tokio::time::timeout(self.timeout, call).await.unwrap_or(Err(TransportFailure::Timeout(None)))
    }

    /// Reads the response of this URL.
    async fn read(&self, mut response: reqwest::Response, url: &Url) -> Result<Reply, TransportFailure> {
        if response.url() != url {
            return Err(TransportFailure::Redirected);
        }
        let too_large = || TransportFailure::TooLarge { limit: self.body_limit };
        // A `Content-Length` above the limit is refused before the body is read.
        let announced = response.content_length().unwrap_or_default();
        if usize::try_from(announced).map_or(true, |length| length > self.body_limit) {
            return Err(too_large());
        }
        // The body of a session comes in one piece, which is not copied.
        let (mut first, mut all) = (Bytes::new(), BytesMut::new());
        while let Some(chunk) = response.chunk().await? {
            if first.len().max(all.len()).saturating_add(chunk.len()) > self.body_limit {
                return Err(too_large());
            }
            if first.is_empty() {
                first = chunk;
            } else {
                if all.is_empty() {
                    all.extend_from_slice(&first);
                }
                all.extend_from_slice(&chunk);
            }
        }
        let body = if all.is_empty() { first } else { all.freeze() };
        let status = response.status();
        Ok(Reply { status, headers: std::mem::take(response.headers_mut()), body, sent: Bytes::new() })
    }
}

impl HttpSettings {
    fn build(self) -> Result<reqwest::Client, ConfigError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.connect_timeout)
            .user_agent(concat!("kratos-core/", env!("CARGO_PKG_VERSION")));
        // reqwest reads proxies from the environment by default. Such a proxy would see session cookies.
        let client = if self.environment_proxy { client } else { client.no_proxy() };
        client.build().map_err(|error| ConfigError::new(format!("the HTTP client cannot be built: {error}")))
    }
}
