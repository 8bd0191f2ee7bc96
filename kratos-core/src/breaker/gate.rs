//! Calls behind a breaker: to Kratos, and to the other services that the workspace's crates call.

use tracing::Instrument as _;

use super::{CircuitBreaker, Limits, Withheld};
use crate::transport::{Reply, Transport, TransportFailure};

/// Sends requests of one kind, as the breaker permits.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    breaker: CircuitBreaker,
}

impl Gate {
    pub(crate) fn new(breaker: CircuitBreaker) -> Self {
        Self { breaker }
    }

    /// Sends a request, or fails without sending it.
    pub(crate) async fn send(
        &self,
        transport: &Transport,
        request: reqwest::RequestBuilder,
        is_safe: bool,
    ) -> Result<Reply, TransportFailure> {
        let transport = transport.clone();
        let call = async move {
            if is_safe { transport.send_safe(request).await } else { transport.send(request).await }
        };
        let is_timeout = |outcome: &Result<_, _>| matches!(outcome, Err(TransportFailure::Timeout(_)));
        match guarded(&self.breaker, call, is_timeout).await {
            Ok(outcome) => outcome,
            Err(NotMade::Withheld(reason)) => Err(TransportFailure::Withheld(reason)),
            Err(NotMade::Cancelled) => Err(TransportFailure::Cancelled),
        }
    }
}

/// Why a guarded call has no outcome.
#[derive(Clone, Copy, Debug)]
pub enum NotMade {
    /// The breaker permits no call.
    Withheld(Withheld),
    /// The runtime stopped.
    Cancelled,
}

/// Makes a call as the breaker permits, and reports to it whether the outcome is a timeout.
///
/// # Errors
/// When the call is not made, or has no outcome because the runtime stops.
pub async fn guarded<T: Send + 'static>(
    breaker: &CircuitBreaker,
    call: impl Future<Output = T> + Send + 'static,
    is_timeout: impl FnOnce(&T) -> bool + Send + 'static,
) -> Result<T, NotMade> {
    let leave = breaker.enter().await.map_err(NotMade::Withheld)?;
    let is_probe = leave.is_probe();
    let call = async move {
        let outcome = call.await;
        leave.tell(is_timeout(&outcome));
        outcome
    };
    if !is_probe {
        return Ok(call.await);
    }
    // A probe outlives its request. Callers that hang up would keep the circuit open, or probe without a pause.
    tokio::spawn(call.in_current_span()).await.map_err(|_| NotMade::Cancelled)
}

/// Returns a breaker with these limits for another service, which logs name.
#[must_use]
pub fn for_service(limits: &CircuitBreaker, service: &'static str) -> CircuitBreaker {
    CircuitBreaker::with(Limits { service, ..limits.0.limits })
}

/// Returns a breaker that shares the circuit, with a bulkhead of its own.
#[must_use]
pub fn bulkhead(breaker: &CircuitBreaker, in_flight: usize) -> CircuitBreaker {
    breaker.bulkhead(in_flight)
}
