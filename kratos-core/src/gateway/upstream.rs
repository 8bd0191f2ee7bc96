//! The Kratos behind a gateway.

use std::{sync::Once, time::Duration};

use http::{HeaderMap, Method, Uri, uri::PathAndQuery};
use url::Url;

use super::{Passage, UpstreamPermit};
use crate::{
    Kratos,
    breaker::CircuitBreaker,
    diagnosis::gateway as findings,
    transport::{BaseUrl, ConfigError},
};

/// The calls of each kind in flight: what reads, and what submits. A flood of password hashes cannot starve the rest.
const READS_IN_FLIGHT: usize = 256;
const SUBMITS_IN_FLIGHT: usize = 128;

/// A [`Kratos`] as a gateway uses it: its URLs, its circuit, its cache.
#[derive(Clone, Debug)]
pub struct GatewayUpstream {
    kratos: Kratos,
    base: BaseUrl,
    /// The same.
    uri: Uri,
    reads: CircuitBreaker,
    submits: CircuitBreaker,
}

impl GatewayUpstream {
    /// Takes the parts of a Kratos. Shares its circuit, with 256 reading and 128 submitting calls in flight.
    ///
    /// # Errors
    /// When it was made by [`Kratos::from_resolver`], without a URL, or when the gateway would call itself.
    pub fn new(kratos: &Kratos) -> Result<Self, ConfigError> {
        let Some(base) = kratos.upstream_url() else {
            return Err(ConfigError::new("a gateway needs Kratos::new with the URL of Kratos' public API"));
        };
        let links = kratos.links();
        if links.is_some_and(|links| links.is_app(&base.join("")) && links.kratos() == base.join("")) {
            return Err(ConfigError::new(
                "the gateway would call itself: give Kratos::new the URL at which this process reaches Kratos, and \
                 Kratos::with_browser_url the URL of the gateway",
            ));
        }
        if let Some(finding) = links.and_then(|links| findings::configured(links, base)) {
            finding.log_once();
        }
        let uri = Uri::try_from(base.as_str())
            .map_err(|_| ConfigError::new("the URL of Kratos' public API is too long for a gateway"))?;
        let breaker = kratos.breaker();
        Ok(Self {
            kratos: kratos.clone(),
            base: base.clone(),
            uri,
            reads: breaker.bulkhead(READS_IN_FLIGHT),
            submits: breaker.bulkhead(SUBMITS_IN_FLIGHT),
        })
    }

    /// Sets how many reading (GET, HEAD, OPTIONS) and submitting calls may be in flight. Default 256 and 128.
    #[must_use]
    pub fn with_max_in_flight(self, reads: usize, submits: usize) -> Self {
        let (reads, submits) = (self.reads.bulkhead(reads), self.submits.bulkhead(submits));
        Self { reads, submits, ..self }
    }

    /// Returns the URL of Kratos' public API, as this process reaches it.
    #[must_use]
    pub fn url(&self) -> Url {
        self.base.join("")
    }

    /// Returns the URL at which browsers reach the application; `None` without [`Kratos::with_app`].
    #[must_use]
    pub fn app_url(&self) -> Option<Url> {
        self.kratos.links().map(|links| links.app(""))
    }

    /// Returns the URL at which browsers reach the gateway: that of [`Kratos::with_browser_url`] if it is of the
    /// application's origin.
    #[must_use]
    pub fn gateway_url(&self) -> Option<Url> {
        let links = self.kratos.links()?;
        Some(links.kratos()).filter(|url| links.is_app(url) && *url != self.url())
    }

    /// Returns the URI to call for a [`public_path`](super::public_path) of `asked`, with its query; `None` if it is too long.
    #[must_use]
    pub fn target(&self, path: &str, asked: &Uri) -> Option<Uri> {
        let mut parts = self.uri.clone().into_parts();
        let prefix = self.uri.path().trim_end_matches('/');
        parts.path_and_query = if prefix.is_empty() && path == asked.path() {
            // Of a router that strips the mount path: nothing is copied.
            asked.path_and_query().cloned()
        } else {
            let mark = if asked.query().is_some() { "?" } else { "" };
            PathAndQuery::try_from([prefix, path, mark, asked.query().unwrap_or_default()].concat()).ok()
        };
        parts.path_and_query.as_ref()?;
        Uri::from_parts(parts).ok()
    }

    /// Permits one call.
    ///
    /// # Errors
    /// When the circuit is open or too many calls are in flight, with the time after which to call again.
    pub async fn enter(&self, method: &Method) -> Result<UpstreamPermit, Duration> {
        let is_read = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let breaker = if is_read { &self.reads } else { &self.submits };
        breaker.enter().await.map(UpstreamPermit::new).map_err(crate::breaker::Withheld::retry_after)
    }

    /// Follows a request to a [`public_path`](super::public_path), so that its response drops the cache entries concerned.
    pub fn passage(&self, method: &Method, path: &str, headers: &HeaderMap) -> Passage {
        Passage::new(&self.kratos, method, path, headers)
    }

    /// Logs once that the peer's address is not known. Afterwards it costs one load: every request may call it.
    pub fn explain_unknown_peer(&self) {
        static LOGGED: Once = Once::new();
        LOGGED.call_once(|| findings::unknown_peer().log());
    }

    /// Logs once that a trusted proxy did not name its peer. Afterwards it costs one load: every request may call it.
    pub fn explain_missing_proxy(&self) {
        static LOGGED: Once = Once::new();
        LOGGED.call_once(|| findings::missing_proxy().log());
    }

    /// Logs once that a request through the gateway came back to it.
    pub fn explain_loop(&self) {
        findings::calls_itself().log_once();
    }

    /// Logs once that Kratos redirects to a URL of its own, which browsers cannot reach, instead of the gateway's.
    pub fn explain_location(&self, location: &str) {
        let Ok(to) = Url::parse(location) else { return };
        if self.base.is_same_origin(&to)
            && let Some(links) = self.kratos.links()
            && !links.is_app(&to)
        {
            findings::foreign_location(&to, self.gateway_url().as_ref()).log_once();
        }
    }

    /// Logs why a call failed.
    pub fn log_failure(&self, error: &(dyn std::error::Error + 'static)) {
        let cause = std::iter::successors(Some(error), |error| error.source()).last();
        let cause = cause.map(ToString::to_string).unwrap_or_default();
        tracing::warn!(target: "kratos", %cause, "a call through the gateway failed");
    }

    /// Returns a tag of `data` that only this application can make ([`Kratos::with_secret`]), for one purpose.
    #[must_use]
    pub fn tag(&self, purpose: &str, data: &[u8]) -> [u8; 16] {
        // HKDF-Expand is a pseudo-random function of what it is given. The purpose ends at the NUL.
        self.kratos.derived(&[purpose.as_bytes(), b"\0", data].concat())
    }

    /// Returns whether this application made the [`tag`](Self::tag). Compares in constant time.
    #[must_use]
    pub fn has_tag(&self, purpose: &str, data: &[u8], sent: &[u8; 16]) -> bool {
        use subtle::ConstantTimeEq as _;
        self.tag(purpose, data).ct_eq(sent).into()
    }

    /// Returns random bytes.
    #[must_use]
    pub fn nonce() -> [u8; 16] {
        *uuid::Uuid::new_v4().as_bytes()
    }
}
