//! Asking a running Kratos.

use std::time::Duration;

use async_trait::async_trait;
use http::{Method, header};
use url::Url;

use super::{
    CircuitBreaker, Freshness, ResolveError, Resolved, SecondFactor, SessionResolver, label, whoami,
};
use crate::{
    credential::{Credential, CredentialKind},
    metrics::Upstream,
    transport::{BaseUrl, ConfigError, Reply, Transport, TransportFailure},
};

/// Asks `GET /sessions/whoami` of a running Kratos, of any release from 0.6.3 on.
///
/// It sends exactly one credential and nothing else of the request, follows no redirect, keeps no cookie, and
/// waits at most 1 s for a connection and 3 s in all. A [`CircuitBreaker`] keeps a Kratos that does not answer from
/// holding the application. One resolver has one connection pool and one breaker: share it.
#[derive(Clone, Debug)]
pub struct HttpResolver {
    base: BaseUrl,
    whoami: Url,
    transport: Transport,
    breaker: CircuitBreaker,
}

impl HttpResolver {
    /// A resolver for the Kratos whose public API is at `public_url`, as this process reaches it.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ConfigError> {
        let base = BaseUrl::parse(public_url, "Kratos' public URL")?;
        Ok(Self::from_parts(base, Transport::new()?, CircuitBreaker::new()))
    }

    /// A resolver that shares a connection pool.
    pub(crate) fn from_parts(base: BaseUrl, transport: Transport, breaker: CircuitBreaker) -> Self {
        Self { whoami: base.join("/sessions/whoami"), base, transport, breaker }
    }

    /// Uses a reqwest client of yours: its proxies, certificates and pool. Build it with
    /// `redirect::Policy::none()` (otherwise a redirect is answered as misconfiguration), a connect timeout, and
    /// without a cookie store, which would mix up your users.
    #[must_use]
    pub fn with_client(mut self, client: reqwest::Client) -> Self {
        self.transport = self.transport.with_client(client);
        self
    }

    /// How long one question may take in all. Default 3 s. A request waits that long when Kratos hangs.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.transport = self.transport.with_timeout(timeout);
        self
    }

    /// How long opening a connection may take. Default 1 s. Opens a new connection pool, and replaces a client
    /// that was given.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Result<Self, ConfigError> {
        self.transport = self.transport.with_connect_timeout(timeout)?;
        Ok(self)
    }

    /// How many bytes an answer may have. Default 1 MiB; a session has 1 to 2 KB.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: usize) -> Self {
        self.transport = self.transport.with_body_limit(bytes);
        self
    }

    /// What a Kratos that does not answer may hold. Default: [`CircuitBreaker::new`]. Resolvers that ask the same
    /// Kratos may share one.
    #[must_use]
    pub fn with_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.breaker = breaker;
        self
    }

    async fn ask(
        &self,
        url: Url,
        credential: &Credential,
        freshness: Freshness,
    ) -> Result<Reply, ResolveError> {
        // Neither a JWT nor bytes that cannot stand in a header: no request brought those.
        let (name, value) = credential.to_header().ok_or_else(|| {
            ResolveError::misconfigured(if credential.kind().is_jwt() {
                "Kratos does not take JWTs: put this resolver into a JwtResolver, which checks them"
            } else {
                "the credential holds bytes that no header can carry"
            })
        })?;
        let mut request = self.transport.request(Method::GET, url).header(name, value);
        if freshness == Freshness::Live {
            // Passes the session cache at the edge of the Ory Network; others ignore it.
            request = request.header(header::CACHE_CONTROL, "max-age=0");
        }
        let leave = self.breaker.enter().await?;
        let outcome = self.transport.send(request).await;
        leave.tell(matches!(outcome, Err(TransportFailure::Timeout(_))));
        Ok(outcome?)
    }
}

#[async_trait]
impl SessionResolver for HttpResolver {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let started = std::time::Instant::now();
        let call = Upstream::start("whoami");
        let outcome = match self.ask(self.whoami.clone(), credential, freshness).await {
            Ok(reply) => whoami::interpret(&reply, credential, crate::clock::now()),
            Err(error) => Err(error),
        };
        call.end(label::of_call(&outcome));
        match &outcome {
            Ok(_) => tracing::debug!(target: "kratos", elapsed = ?started.elapsed(), "asked whoami"),
            // The answer that is 500 for it is logged, once.
            Err(error) if error.is_misconfigured() => {
                tracing::debug!(target: "kratos", %error, "whoami is asked wrongly");
            }
            Err(error) => tracing::warn!(
                target: "kratos", kind = ?error.kind(), %error, elapsed = ?started.elapsed(), "whoami brought no answer"
            ),
        }
        outcome
    }

    /// Starts an AAL2 login flow and looks whether it offers anything: no answer of Kratos tells it directly.
    /// Costs one call and one row in Kratos' flow table.
    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        let path = match credential.kind() {
            CredentialKind::Cookie => "/self-service/login/browser?aal=aal2",
            _ => "/self-service/login/api?aal=aal2",
        };
        let call = Upstream::start("second_factor");
        let reply = self.ask(self.base.join(path), credential, Freshness::Live).await;
        let outcome = reply.and_then(|reply| whoami::second_factor(&reply));
        call.end(label::of_call(&outcome));
        outcome
    }
}
