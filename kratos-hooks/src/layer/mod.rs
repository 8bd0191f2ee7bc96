//! The guard as a tower layer.

mod service;

use std::time::Duration;

use tower_layer::Layer;

pub use service::{HookFuture, HookService};

use crate::{HookAuth, HookGuard, Idempotence};

/// Guards the routes of hooks: see [`HookGuard`] for its rules. Put it around the routes that Kratos calls, and around no
/// other.
///
/// The extractors of kratos-axum require it. The service inside marks its answers by a
/// [`HookResponse`](crate::HookResponse) in the response's extensions; every other response becomes
/// [`HookResponse::stop`](crate::HookResponse::stop).
#[derive(Clone, Debug)]
#[must_use]
pub struct HookLayer(HookGuard);

impl HookLayer {
    /// Requires this proof. A body may have 1 MiB, and a handler 20 s.
    pub fn new(auth: HookAuth) -> Self {
        Self(HookGuard::new(auth))
    }

    /// Sets the bytes that a body may have. Default: 1 MiB.
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self(self.0.with_body_limit(bytes))
    }

    /// Sets the time that a handler may take. Default: 20 s; Kratos gives up after 30 s.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout))
    }

    /// Remembers answers, so that a retry of Kratos does not run the handler again.
    pub fn with_idempotence(self, idempotence: Idempotence) -> Self {
        Self(self.0.with_idempotence(idempotence))
    }
}

impl<S> Layer<S> for HookLayer {
    type Service = HookService<S>;

    fn layer(&self, inner: S) -> HookService<S> {
        HookService { inner, guard: self.0.clone() }
    }
}
