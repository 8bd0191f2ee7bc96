//! The way to Kratos: one HTTP client, no redirects, no cookie store, JSON asked for, time and size bounded.

mod base_url;
mod config_error;
mod failure;
mod retry_after;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use url::Url;

pub(crate) use base_url::BaseUrl;
pub use config_error::ConfigError;
pub(crate) use failure::TransportFailure;
pub(crate) use retry_after::retry_after;

/// How long a connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How long a call may take in all.
const TIMEOUT: Duration = Duration::from_secs(3);
/// How large an answer may be. A session has 1 to 2 KB; Kratos itself accepts bodies up to 5 MB.
const BODY_LIMIT: usize = 1024 * 1024;

/// Sends requests to Kratos.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    http: reqwest::Client,
    timeout: Duration,
    body_limit: usize,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Transport {
    pub(crate) fn new() -> Result<Self, ConfigError> {
        Ok(Self { http: client(CONNECT_TIMEOUT)?, timeout: TIMEOUT, body_limit: BODY_LIMIT })
    }

    pub(crate) fn with_client(self, http: reqwest::Client) -> Self {
        Self { http, ..self }
    }

    pub(crate) fn with_connect_timeout(self, timeout: Duration) -> Result<Self, ConfigError> {
        Ok(Self { http: client(timeout)?, ..self })
    }

    pub(crate) fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    pub(crate) fn with_body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// A request to `url` that asks for JSON: Kratos takes `*/*` for a browser and answers with redirects.
    pub(crate) fn request(&self, method: http::Method, url: Url) -> reqwest::RequestBuilder {
        self.http.request(method, url).header(header::ACCEPT, "application/json")
    }

    /// A request to `url` as a browser makes it, which Kratos answers with redirects.
    pub(crate) fn page_request(&self, url: Url) -> reqwest::RequestBuilder {
        self.http.get(url).header(header::ACCEPT, "text/html")
    }

    /// Sends the request and reads the whole answer, within the timeout and the body limit.
    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Result<Reply, TransportFailure> {
        let response = self.open(request, self.timeout).await?;
        self.read(response).await
    }

    /// Sends a safe request as [`Transport::send`] does, and once more within the same timeout if the connection
    /// breaks before the response: a kept connection may have been closed meanwhile (RFC 9110 §9.2.2).
    pub(crate) async fn send_safe(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<Reply, TransportFailure> {
        let (started, again) = (Instant::now(), request.try_clone());
        let response = match (self.open(request, self.timeout).await, again) {
            (Err(TransportFailure::Broken(_)), Some(again)) => {
                self.open(again, self.timeout.saturating_sub(started.elapsed())).await
            }
            (outcome, _) => outcome,
        };
        self.read(response?).await
    }

    /// Sends the request and waits for the head of the response. The timeout holds for the body too.
    async fn open(
        &self,
        request: reqwest::RequestBuilder,
        timeout: Duration,
    ) -> Result<reqwest::Response, TransportFailure> {
        let request = request.timeout(timeout).build().map_err(TransportFailure::from)?;
        let asked = request.url().clone();
        let response = self.http.execute(request).await.map_err(TransportFailure::from)?;
        if *response.url() == asked { Ok(response) } else { Err(TransportFailure::Redirected) }
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Reply, TransportFailure> {
        let too_large = || TransportFailure::TooLarge { limit: self.body_limit };
        // Nothing is read of a body that says itself that it is too large.
        let announced = response.content_length().unwrap_or_default();
        if usize::try_from(announced).map_or(true, |length| length > self.body_limit) {
            return Err(too_large());
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(TransportFailure::from)? {
            if body.len().saturating_add(chunk.len()) > self.body_limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let status = response.status();
        Ok(Reply { status, headers: std::mem::take(response.headers_mut()), body: body.freeze() })
    }
}

fn client(connect_timeout: Duration) -> Result<reqwest::Client, ConfigError> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout)
        .user_agent(concat!("kratos-core/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| ConfigError::new(format!("the HTTP client cannot be built: {error}")))
}
