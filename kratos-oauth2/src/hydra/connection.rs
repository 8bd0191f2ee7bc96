//! HTTP calls to Hydra: no redirects, no cookie store, no proxy; limited time, size and number.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, header};
use kratos_core::{
    __private::{NotMade, bulkhead, for_service, guarded},
    resolve::CircuitBreaker,
};
use kratos_model::{__private::decode_salvaging, SecretText};
use reqwest::RequestBuilder;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use url::Url;

use super::{HydraError, HydraErrorKind};
use crate::OAuth2ConfigError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(5);
/// A page of 250 consents with their clients has some 500 KB.
const BODY_LIMIT: usize = 4 * 1024 * 1024;
const MOST_CALLS: usize = 128;
/// The calls for anonymous requests, beside [`MOST_CALLS`].
const MOST_STRANGERS: usize = 32;

#[derive(Clone, Debug)]
pub(super) struct Connection {
    http: reqwest::Client,
    base: Url,
    timeout: Duration,
    key: Option<SecretText>,
    /// Shares its circuit with `strangers`.
    breaker: CircuitBreaker,
    strangers: CircuitBreaker,
}

/// A call: its name for logs and errors, its method, path and query.
pub(super) struct Call<'a> {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) query: &'a [(&'a str, &'a str)],
}

#[derive(Deserialize)]
struct Redirect {
    redirect_to: String,
}

pub(super) struct Answer {
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Connection {
    pub(super) fn new(admin_url: &str) -> Result<Self, OAuth2ConfigError> {
        let base = Url::parse(admin_url.trim())
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .filter(|url| url.query().is_none() && url.fragment().is_none())
            .filter(|url| url.username().is_empty() && url.password().is_none())
            .ok_or(OAuth2ConfigError::ADMIN_URL)?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .no_proxy()
            .user_agent(concat!("kratos-oauth2/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| OAuth2ConfigError::HTTP_CLIENT)?;
        let (breaker, strangers) = breakers(&CircuitBreaker::new().with_max_in_flight(MOST_CALLS));
        Ok(Self { http, base, timeout: TIMEOUT, key: None, breaker, strangers })
    }

    pub(super) fn with_breaker(self, limits: &CircuitBreaker) -> Self {
        let (breaker, strangers) = breakers(limits);
        Self { breaker, strangers, ..self }
    }

    /// Calls for an anonymous request: it takes no place of the signed-in users.
    pub(super) fn for_stranger(&self) -> Self {
        Self { breaker: self.strangers.clone(), ..self.clone() }
    }

    pub(super) fn with_client(self, http: reqwest::Client) -> Self {
        Self { http, ..self }
    }

    pub(super) fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    pub(super) fn with_key(self, key: SecretText) -> Self {
        Self { key: Some(key), ..self }
    }

    fn request(&self, call: &Call<'_>) -> RequestBuilder {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{}", self.base.path().trim_end_matches('/'), call.path));
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(call.query);
        }
        let request = self.http.request(call.method.clone(), url).header(header::ACCEPT, "application/json");
        let key = self.key.as_ref().and_then(|key| {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret())).ok()?;
            value.set_sensitive(true);
            Some(value)
        });
        match key {
            Some(key) => request.header(header::AUTHORIZATION, key),
            None => request,
        }
    }

    /// Sends a call without a body and reads its JSON.
    pub(super) async fn get<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, HydraError> {
        let request = self.request(&call);
        decode(call.name, &self.send(call.name, request).await?.body)
    }

    /// Sends a call with a JSON body and returns where the browser goes on.
    pub(super) async fn redirect(&self, call: Call<'_>, body: &impl Serialize) -> Result<Url, HydraError> {
        let request = self.with_json(&call, body)?;
        let next: Redirect = decode(call.name, &self.send(call.name, request).await?.body)?;
        let url = Url::parse(&next.redirect_to).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        url.ok_or_else(|| HydraError::new(HydraErrorKind::Unreadable, call.name))
    }

    /// Sends a call without a body and ignores what it returns.
    pub(super) async fn done(&self, call: Call<'_>) -> Result<(), HydraError> {
        let request = self.request(&call);
        self.send(call.name, request).await.map(drop)
    }

    pub(super) async fn answer(&self, call: Call<'_>) -> Result<Answer, HydraError> {
        let request = self.request(&call);
        self.send(call.name, request).await
    }

    fn with_json(&self, call: &Call<'_>, body: &impl Serialize) -> Result<RequestBuilder, HydraError> {
        let body = serde_json::to_vec(body)
            .map_err(|error| HydraError::new(HydraErrorKind::Misconfigured, call.name).with_source(error))?;
        Ok(self.request(call).header(header::CONTENT_TYPE, "application/json").body(body))
    }

    async fn send(&self, name: &'static str, request: RequestBuilder) -> Result<Answer, HydraError> {
        let (http, timeout) = (self.http.clone(), self.timeout);
        let call = async move {
            tokio::time::timeout(timeout, exchange(&http, name, request))
                .await
                .unwrap_or_else(|_| Err(HydraError::new(HydraErrorKind::Timeout, name)))
        };
        let is_timeout = |outcome: &Result<Answer, HydraError>| {
            outcome.as_ref().is_err_and(|error| error.kind() == HydraErrorKind::Timeout)
        };
        let outcome = match guarded(&self.breaker, call, is_timeout).await {
            Ok(outcome) => outcome,
            Err(NotMade::Withheld(reason)) => {
                Err(HydraError::new(HydraErrorKind::Busy, name).with_retry_after(reason.retry_after()))
            }
            Err(NotMade::Cancelled) => Err(HydraError::new(HydraErrorKind::Broken, name)),
        };
        match &outcome {
            Ok(_) => tracing::debug!(target: "kratos", call = name, "Hydra responded"),
            // What users cause: expired challenges, wrong codes.
            Err(error) if error.is_client_error() => {
                tracing::debug!(target: "kratos", %error, "Hydra refused a call");
            }
            Err(error) => tracing::warn!(target: "kratos", %error, "call to Hydra failed"),
        }
        outcome
    }
}

/// The breaker of Hydra with these limits, and the one for anonymous requests.
fn breakers(limits: &CircuitBreaker) -> (CircuitBreaker, CircuitBreaker) {
    let breaker = for_service(limits, "Hydra");
    let strangers = bulkhead(&breaker, MOST_STRANGERS);
    (breaker, strangers)
}

async fn exchange(
    http: &reqwest::Client,
    name: &'static str,
    request: RequestBuilder,
) -> Result<Answer, HydraError> {
    let broken = |error| HydraError::of_transport(name, error);
    let request = request.build().map_err(broken)?;
    let url = request.url().clone();
    let mut response = http.execute(request).await.map_err(broken)?;
    if *response.url() != url {
        return Err(HydraError::new(HydraErrorKind::Misconfigured, name));
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len().saturating_add(chunk.len()) > BODY_LIMIT {
            return Err(HydraError::new(HydraErrorKind::Broken, name));
        }
        body.extend_from_slice(&chunk);
    }
    let (status, body) = (response.status(), body.freeze());
    if status.is_success() {
        Ok(Answer { headers: std::mem::take(response.headers_mut()), body })
    } else {
        Err(HydraError::refused(name, status, &body))
    }
}

pub(super) fn decode<T: DeserializeOwned>(name: &'static str, body: &[u8]) -> Result<T, HydraError> {
    decode_salvaging(body)
        .map_err(|error| HydraError::new(HydraErrorKind::Unreadable, name).with_source(error))
}
