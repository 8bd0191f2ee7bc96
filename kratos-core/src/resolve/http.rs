//! Resolves sessions by calling Kratos.

mod cookie_name;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use http::{Method, header};
use tracing::Instrument as _;
use url::Url;

use self::cookie_name::AcceptedName;
use super::{
    CircuitBreaker, Freshness, Resolution, ResolveError, Resolved, SecondFactor, SessionResolver, label,
    whoami,
};
use crate::{
    breaker::Gate,
    credential::{Credential, CredentialKind},
    metrics::Upstream,
    transport::{BaseUrl, CallSpan, ConfigError, Reply, Transport},
};

const WHOAMI: &str = "/sessions/whoami";

/// Resolves sessions by `GET /sessions/whoami` of a running Kratos, release 0.6.3 or later.
///
/// A call carries one credential and nothing else of the request, follows no redirect, keeps no cookies, and takes at
/// most 1 s to connect and 3 s in all. It is repeated once, within that time, if the connection breaks before a
/// response. A [`CircuitBreaker`] limits the requests an unresponsive Kratos can tie up. A resolver has one connection
/// pool and one breaker: share it.
///
/// Kratos reads the session cookie of one name. Where a request carries cookies of several names
/// ([`Credential::alternatives`]) and Kratos refuses the first, the next is tried, at most two more. The name that
/// Kratos accepted is sent first from then on, and a warning names the others once. While Kratos refuses most
/// requests, no alternatives are tried.
#[derive(Clone, Debug)]
pub struct HttpResolver {
    base: BaseUrl,
    whoami: Url,
    transport: Transport,
    gate: Gate,
    accepted: Arc<AcceptedName>,
}

impl HttpResolver {
    /// Creates a resolver that calls the public API of Kratos at `public_url`, as this process reaches it.
    ///
    /// # Errors
    /// If the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ConfigError> {
        let base = BaseUrl::parse(public_url, "Kratos' public URL")?;
        Ok(Self::from_parts(base, Transport::new()?, CircuitBreaker::new()))
    }

    /// A resolver that shares a connection pool.
    pub(crate) fn from_parts(base: BaseUrl, transport: Transport, breaker: CircuitBreaker) -> Self {
        Self {
            whoami: base.join(WHOAMI),
            base,
            transport,
            gate: Gate::new(breaker),
            accepted: Arc::default(),
        }
    }

    /// Uses this reqwest client, with its proxies, certificates and pool. Build it with `redirect::Policy::none()`
    /// (a followed redirect is an error of the configuration), with a connect timeout, and without a cookie store,
    /// which would mix up the users' sessions. A timeout of the client's own holds beside
    /// [`HttpResolver::with_timeout`].
    #[must_use]
    pub fn with_client(mut self, client: reqwest::Client) -> Self {
        self.transport = self.transport.with_client(client);
        self
    }

    /// Sets the timeout of a whole call. Default 3 s. A request waits that long for an unresponsive Kratos.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.transport = self.transport.with_timeout(timeout);
        self
    }

    /// Sets the timeout of connecting. Default 1 s. Creates a new connection pool, and replaces a client set before.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Result<Self, ConfigError> {
        self.transport = self.transport.with_connect_timeout(timeout)?;
        Ok(self)
    }

    /// Sets the size limit of a response body, in bytes. Default 1 MiB; a session has 1 to 2 KB.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: usize) -> Self {
        self.transport = self.transport.with_body_limit(bytes);
        self
    }

    /// Sets the circuit breaker. Default: [`CircuitBreaker::new`]. Resolvers of one Kratos may share one.
    #[must_use]
    pub fn with_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.gate = Gate::new(breaker);
        self
    }

    async fn call(
        &self,
        url: Url,
        template: &'static str,
        credential: &Credential,
        freshness: Freshness,
    ) -> Result<Reply, ResolveError> {
        // No request carries bytes that cannot be part of a header.
        let (name, value) = credential.to_header().ok_or_else(|| {
            ResolveError::misconfigured(if credential.kind().is_jwt() {
                "Kratos does not accept JWTs: wrap this resolver in a JwtResolver, which verifies them"
            } else {
                "the credential holds bytes that cannot be part of a header"
            })
        })?;
        let span = CallSpan::start(&Method::GET, Some(("", template)), &self.base, 0);
        let mut request = span.propagate(self.transport.request(Method::GET, url)).header(name, value);
        if freshness == Freshness::Live {
            // Bypasses the session cache at the edge of the Ory Network; Kratos itself ignores it.
            request = request.header(header::CACHE_CONTROL, "max-age=0");
        }
        let outcome = self.gate.send(&self.transport, request, true).instrument(span.span()).await;
        span.end(&outcome);
        Ok(outcome?)
    }

    /// Calls whoami with this credential alone.
    async fn whoami(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let started = std::time::Instant::now();
        let call = Upstream::start("whoami");
        let outcome = match self.call(self.whoami.clone(), WHOAMI, credential, freshness).await {
            Ok(reply) => whoami::interpret(&reply, credential, crate::clock::now()),
            Err(error) => Err(error),
        };
        call.end(label::of_call(&outcome));
        let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(_) => tracing::debug!(target: "kratos", elapsed_ms, "called whoami"),
            // The response with status 500 logs it, once.
            Err(error) if error.is_misconfigured() => {
                tracing::debug!(target: "kratos", %error, "whoami is misconfigured");
            }
            Err(error) => tracing::warn!(
                target: "kratos", kind = ?error.kind(), %error, elapsed_ms, "whoami failed"
            ),
        }
        outcome
    }
}

#[async_trait]
impl SessionResolver for HttpResolver {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let first = self.accepted.first_of(credential);
        let found = self.whoami(first, freshness).await?;
        self.accepted.note(first, &found.resolution);
        if !matches!(found.resolution, Resolution::Anonymous) || self.accepted.refusals_surge() {
            return Ok(found);
        }
        for other in credential.candidates().filter(|other| !std::ptr::eq(*other, first)) {
            let opened = self.whoami(other, freshness).await?;
            if !matches!(opened.resolution, Resolution::Anonymous) {
                self.accepted.learn(other);
                cookie_name::warn(first, other);
                return Ok(opened);
            }
        }
        Ok(found)
    }

    /// Starts an AAL2 login flow and looks at what it offers, because no response of Kratos says it directly. Costs
    /// one call and one row in Kratos' flow table.
    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        let path = match credential.kind() {
            CredentialKind::Cookie => "/self-service/login/browser",
            _ => "/self-service/login/api",
        };
        let call = Upstream::start("second_factor");
        let credential = self.accepted.first_of(credential);
        let reply =
            self.call(self.base.join(&format!("{path}?aal=aal2")), path, credential, Freshness::Live).await;
        let outcome = reply.and_then(|reply| whoami::second_factor(&reply));
        call.end(label::of_call(&outcome));
        outcome
    }
}
