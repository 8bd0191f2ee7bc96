//! The receiver, for any framework.

use std::{fmt, future::Future, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use kratos_core::Kratos;
use kratos_hooks::{__private::Quiet, HookAuth};
use tokio::sync::Semaphore;

use crate::{
    EventResponse,
    body::{BodyFault, Coding},
    format::{Format, Found},
    metrics,
};

/// A batch has at most 512 spans (the SDK that Kratos 26.2.0 uses): some 70 KiB as measured.
const DEFAULT_BODY_LIMIT: usize = 4 << 20;
/// The exporter of Kratos gives up after 10 s.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_CONCURRENCY: usize = 8;

/// Receives what Kratos reports of sessions and identities, and drops what a [`Kratos`] caches of them.
///
/// - The caller proves itself before its body is read, otherwise the response is 401.
/// - A body has at most 4 MiB, also unpacked (413), and arrives within 10 s (503).
/// - At most 8 bodies are received at the same time (503; the sender tries again).
/// - Spans, events and attributes that revoke nothing are ignored.
/// - A body of a proven caller that is too large or cannot be decoded might revoke anything: **every** cached session is dropped,
///   and one line a minute says so.
///
/// Clones share their limits and the cache. The answer to a body is sent after its entries were dropped.
#[derive(Clone)]
pub struct EventReceiver {
    rules: Arc<Rules>,
    shared: Arc<Shared>,
}

#[derive(Clone)]
struct Rules {
    format: Format,
    auth: HookAuth,
    kratos: Kratos,
    body_limit: usize,
    timeout: Duration,
}

struct Shared {
    permits: Semaphore,
    unproven: Quiet,
    lost: Quiet,
    useless: Quiet,
}

impl Shared {
    fn new(concurrency: usize) -> Arc<Self> {
        Arc::new(Self {
            permits: Semaphore::new(concurrency.clamp(1, Semaphore::MAX_PERMITS)),
            unproven: Quiet::new(),
            lost: Quiet::new(),
            useless: Quiet::new(),
        })
    }
}

impl EventReceiver {
    /// Receives Kratos' traces: OTLP over HTTP in protobuf, at `/v1/traces` of the `server_url` in kratos.yml. `auth` is what
    /// `tracing.providers.otlp.authorization_header` has.
    #[must_use]
    pub fn traces(kratos: &Kratos, auth: HookAuth) -> Self {
        Self::new(Format::Traces, kratos, auth)
    }

    /// Receives the events of the Ory Network that a stream of the type `https` delivers, one in each request. Built by its
    /// documentation (docs/actions/live-events.mdx of github.com/ory/docs); never run against the Network.
    #[must_use]
    pub fn stream(kratos: &Kratos, auth: HookAuth) -> Self {
        Self::new(Format::Stream, kratos, auth)
    }

    fn new(format: Format, kratos: &Kratos, auth: HookAuth) -> Self {
        let rules = Rules {
            format,
            auth,
            kratos: kratos.clone(),
            body_limit: DEFAULT_BODY_LIMIT,
            timeout: DEFAULT_TIMEOUT,
        };
        Self { rules: Arc::new(rules), shared: Shared::new(DEFAULT_CONCURRENCY) }
    }

    /// Sets the bytes that a body may have, as sent and unpacked. Default: 4 MiB.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        self.with(|rules| rules.body_limit = bytes)
    }

    /// Sets the time in which a body must arrive. Default: 10 s.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.with(|rules| rules.timeout = timeout)
    }

    /// Sets how many bodies are received at the same time, at least one. Default: 8. Memory is at most this times the limit of a
    /// body, times 25 for a body that a proven caller makes up.
    #[must_use]
    pub fn with_concurrency(self, bodies: usize) -> Self {
        Self { shared: Shared::new(bodies), ..self }
    }

    fn with(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(&mut self.rules));
        self
    }

    /// Returns what the sender proves itself with.
    #[must_use]
    pub fn auth(&self) -> &HookAuth {
        &self.rules.auth
    }

    /// Receives a request. `read` reads its body up to a limit, and returns `None` if the body is longer or breaks off. It is
    /// called only for a proven caller.
    ///
    /// For a framework that is not built on tower; the feature `tower` makes a service of it.
    pub async fn receive<F>(&self, headers: &HeaderMap, read: impl FnOnce(usize) -> F) -> EventResponse
    where
        F: Future<Output = Option<Bytes>>,
    {
        match self.accept(headers, read).await {
            Ok(()) => EventResponse::accepted(self.rules.format),
            Err(status) => {
                metrics::refused(status);
                self.refused(status)
            }
        }
    }

    pub(crate) fn refused(&self, status: StatusCode) -> EventResponse {
        EventResponse::refused(self.rules.format, status)
    }

    async fn accept<F>(&self, headers: &HeaderMap, read: impl FnOnce(usize) -> F) -> Result<(), StatusCode>
    where
        F: Future<Output = Option<Bytes>>,
    {
        let Rules { format, auth, kratos, body_limit, timeout } = &*self.rules;
        if !auth.is_proven_by(headers) {
            self.log_unproven();
            return Err(StatusCode::UNAUTHORIZED);
        }
        if !kratos.__caches() {
            self.log_useless();
            return Err(StatusCode::INTERNAL_SERVER_ERROR);
        }
        let Some(coding) = Coding::of(headers).filter(|_| format.is_declared(headers)) else {
            return Err(self.lose(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        };
        let Ok(_permit) = self.shared.permits.try_acquire() else {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        };
        let body = match tokio::time::timeout(*timeout, read(*body_limit)).await {
            Ok(Some(body)) => body,
            Ok(None) => return Err(self.lose(StatusCode::PAYLOAD_TOO_LARGE)),
            Err(_) => return Err(StatusCode::SERVICE_UNAVAILABLE),
        };
        let body = coding.decode(body, *body_limit).map_err(|fault| {
            self.lose(match fault {
                BodyFault::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                BodyFault::Unreadable => StatusCode::BAD_REQUEST,
            })
        })?;
        let Found { revocations, ignored } =
            format.read(body).map_err(|_| self.lose(StatusCode::BAD_REQUEST))?;
        for revocation in &revocations {
            revocation.apply(kratos);
        }
        metrics::read(revocations.len(), ignored);
        if !revocations.is_empty() {
            tracing::debug!(target: "kratos", events = revocations.len(), "events of Kratos dropped cached sessions");
        }
        Ok(())
    }

    /// Drops every cached session, since the sender drops a batch that is refused for good.
    fn lose(&self, status: StatusCode) -> StatusCode {
        self.rules.kratos.forget_all();
        if let Some(suppressed) = self.shared.lost.pass() {
            tracing::error!(
                target: "kratos",
                status = status.as_u16(),
                limit = self.rules.body_limit,
                suppressed,
                "events of Kratos could not be read, so all cached sessions were dropped: 413 see EventReceiver::with_body_limit, \
                 400 and 415 send OTLP over HTTP in protobuf (or an event of the Ory Network in JSON), plain or gzip"
            );
        }
        status
    }

    fn log_unproven(&self) {
        if let Some(suppressed) = self.shared.unproven.pass() {
            tracing::warn!(
                target: "kratos",
                header = self.rules.auth.header_name(),
                suppressed,
                "a sender of events did not prove itself, and no session is dropped: set \
                 tracing.providers.otlp.authorization_header in kratos.yml to the key that HookAuth has"
            );
        }
    }

    fn log_useless(&self) {
        if let Some(suppressed) = self.shared.useless.pass() {
            tracing::error!(
                target: "kratos",
                suppressed,
                "events of Kratos are received for a `Kratos` that caches nothing: call Kratos::with_cache, or remove the \
                 receiver and `tracing` of kratos.yml"
            );
        }
    }
}

impl fmt::Debug for EventReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver")
            .field("format", &self.rules.format)
            .field("auth", &self.rules.auth)
            .field("body_limit", &self.rules.body_limit)
            .field("timeout", &self.rules.timeout)
            .finish_non_exhaustive()
    }
}
