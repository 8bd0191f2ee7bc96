//! The body of a response on its way to the client.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::Full;
use hyper::body::Incoming;
use kratos_core::gateway::UpstreamPermit;
use tokio::time::{Instant, Sleep};

use crate::gateway::BoxError;

/// The body of Kratos' response, or of the gateway's own. An error breaks the connection to the client off.
pub struct GatewayBody(Kind);

enum Kind {
    Answer(Full<Bytes>),
    Streamed(Streamed),
}

/// The rest of a response of Kratos, with its place among the calls in flight.
struct Streamed {
    body: Incoming,
    pause: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    permit: Option<UpstreamPermit>,
}

impl GatewayBody {
    pub(in crate::gateway) fn answer(body: Bytes) -> Self {
        Self(Kind::Answer(Full::new(body)))
    }

    /// Streams a response's body, with at most `pause` between its parts.
    pub(in crate::gateway) fn streamed(body: Incoming, pause: Duration, permit: UpstreamPermit) -> Self {
        let permit = (!body.is_end_stream()).then_some(permit);
        Self(Kind::Streamed(Streamed { body, pause, timer: None, permit }))
    }
}

/// Kratos paused for too long within a response.
#[derive(Debug, thiserror::Error)]
#[error("Kratos paused for too long within its response")]
struct Paused;

impl Streamed {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            let polled = Pin::new(&mut self.body).poll_frame(context);
            if polled.is_pending() && self.poll_timer(context) {
                self.permit = None;
                return Poll::Ready(Some(Err(Box::new(Paused))));
            }
            let frame = ready!(polled);
            // A part came: the next one has its own time.
            self.timer = None;
            match frame {
                // Trailers are skipped.
                Some(Ok(frame)) if !frame.is_data() => {}
                Some(Ok(frame)) => {
                    if self.body.is_end_stream() {
                        self.permit = None;
                    }
                    return Poll::Ready(Some(Ok(frame)));
                }
                Some(Err(error)) => {
                    self.permit = None;
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => {
                    self.permit = None;
                    return Poll::Ready(None);
                }
            }
        }
    }

    /// Whether the pause has lasted too long.
    fn poll_timer(&mut self, context: &mut Context<'_>) -> bool {
        let now = Instant::now();
        let until = now.checked_add(self.pause).unwrap_or(now);
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        timer.as_mut().poll(context).is_ready()
    }
}

impl Body for GatewayBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Kind::Answer(body) => Pin::new(body).poll_frame(context).map_err(|never| match never {}),
            Kind::Streamed(body) => body.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Answer(body) => body.is_end_stream(),
            Kind::Streamed(body) => body.body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Answer(body) => body.size_hint(),
            Kind::Streamed(body) => body.body.size_hint(),
        }
    }
}

impl fmt::Debug for GatewayBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayBody").finish_non_exhaustive()
    }
}
