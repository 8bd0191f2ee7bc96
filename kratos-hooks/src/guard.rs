//! The guard of a hook's route, for any framework.

use std::{fmt, future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt as _;

use crate::{HookAuth, HookIds, HookResponse, Idempotence, idempotence::AnswerKey, quiet::Quiet};

/// Kratos waits 30 s for a hook (26.2.0, ory/x/httpx).
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(20);
const DEFAULT_BODY_LIMIT: usize = 1 << 20;

/// The rules of every hook route, which the layer of each framework applies:
///
/// - the caller proves itself before the body is read, otherwise 401;
/// - a handler that returns anything but an answer of this crate, panics or exceeds the time-out **stops** the flow
///   ([`HookResponse::stop`]): Kratos takes any status below 400 for consent, so none reaches it by accident;
/// - a repeated call gets the remembered answer, with [`HookGuard::with_idempotence`].
#[derive(Clone)]
pub struct HookGuard {
    rules: Arc<Rules>,
    /// Of calls without proof. All clones share it.
    lines: Arc<Quiet>,
}

#[derive(Clone)]
struct Rules {
    auth: HookAuth,
    body_limit: usize,
    timeout: Duration,
    idempotence: Option<Idempotence>,
}

/// The pass of a request whose caller proved itself. The layer puts it into the request's extensions; the extractors
/// require it, so that no hook runs outside of the layer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct HookPass {
    /// The ids of the call.
    pub ids: HookIds,
    /// The bytes that a body may have.
    pub body_limit: usize,
}

impl HookGuard {
    /// Requires this proof. A body may have 1 MiB, and a handler 20 s.
    #[must_use]
    pub fn new(auth: HookAuth) -> Self {
        let rules =
            Rules { auth, body_limit: DEFAULT_BODY_LIMIT, timeout: DEFAULT_TIMEOUT, idempotence: None };
        Self { rules: Arc::new(rules), lines: Arc::new(Quiet::new()) }
    }

    /// Sets the bytes that a body may have. Default: 1 MiB.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        self.with(|rules| rules.body_limit = bytes)
    }

    /// Sets the time that a handler may take. Default: 20 s; Kratos gives up after 30 s, and its courier after 10 s.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.with(|rules| rules.timeout = timeout)
    }

    /// Remembers answers, so that a retry of Kratos does not run the handler again.
    #[must_use]
    pub fn with_idempotence(self, idempotence: Idempotence) -> Self {
        self.with(|rules| rules.idempotence = Some(idempotence))
    }

    fn with(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(&mut self.rules));
        self
    }

    /// Returns what Kratos proves itself with.
    #[must_use]
    pub fn auth(&self) -> &HookAuth {
        &self.rules.auth
    }

    /// Admits a request whose caller is proven, by the values of its header
    /// [`HookAuth::header_name`](HookAuth::header_name). Logs at most one refused call a minute, since anyone can make them.
    ///
    /// # Errors
    /// Returns the response to send instead: 401.
    pub fn admit<'a>(
        &self,
        proof: impl IntoIterator<Item = &'a [u8]>,
        ids: HookIds,
    ) -> Result<HookPass, HookResponse> {
        if self.rules.auth.is_proven_by_values(proof) {
            return Ok(HookPass { ids, body_limit: self.rules.body_limit });
        }
        if let Some(suppressed) = self.lines.pass() {
            tracing::warn!(
                target: "kratos",
                header = self.rules.auth.header_name(),
                suppressed,
                "a call of a hook did not prove its caller: set `config.auth` of the hook in kratos.yml to the key that HookAuth \
                 has"
            );
        }
        Err(HookResponse::unproven())
    }

    /// Runs a handler. `handler` returns `None` for a response that is not an answer of this crate.
    pub async fn run<F>(&self, route: &str, pass: HookPass, handler: F) -> HookResponse
    where
        F: Future<Output = Option<HookResponse>>,
    {
        let limited = async {
            match tokio::time::timeout(self.rules.timeout, AssertUnwindSafe(handler).catch_unwind()).await {
                Ok(Ok(Some(response))) => response,
                Ok(Ok(None)) => stopped(route, "it returned no answer of kratos-hooks"),
                Ok(Err(_)) => stopped(route, "it panicked"),
                Err(_) => stopped(route, "it exceeded its time-out"),
            }
        };
        match (&self.rules.idempotence, pass.ids.trigger) {
            (Some(idempotence), Some(trigger)) => {
                idempotence.answer(AnswerKey::new(route, trigger), limited).await
            }
            _ => limited.await,
        }
    }
}

fn stopped(route: &str, why: &str) -> HookResponse {
    tracing::error!(target: "kratos", route, why, "the handler of a hook failed: the user's flow was stopped");
    HookResponse::stop()
}

impl fmt::Debug for HookGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookGuard")
            .field("auth", &self.rules.auth)
            .field("body_limit", &self.rules.body_limit)
            .field("timeout", &self.rules.timeout)
            .field("idempotence", &self.rules.idempotence)
            .finish()
    }
}
