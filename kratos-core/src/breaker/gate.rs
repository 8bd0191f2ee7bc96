//! A connection to Kratos behind a breaker.

use tracing::Instrument as _;

use super::{CircuitBreaker, Leave};
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
        let leave = self.breaker.enter().await.map_err(TransportFailure::Withheld)?;
        let is_probe = leave.is_probe();
        let call = send(transport.clone(), request, is_safe, leave);
        if !is_probe {
            return call.await;
        }
        // A probe outlives its request. Callers that hang up would keep the circuit open, or probe without a pause.
        let probe = tokio::spawn(call.in_current_span()).await;
        probe.unwrap_or(Err(TransportFailure::Cancelled))
    }
}

/// Sends the request and reports to the breaker.
async fn send(
    transport: Transport,
    request: reqwest::RequestBuilder,
    is_safe: bool,
    leave: Leave,
) -> Result<Reply, TransportFailure> {
    let outcome = if is_safe { transport.send_safe(request).await } else { transport.send(request).await };
    leave.tell(matches!(outcome, Err(TransportFailure::Timeout(_))));
    outcome
}
