//! A payload, which stays on its thread, as a body that may leave it.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpRequest,
    http::{
        Method, Version,
        header::{CONTENT_LENGTH, TRANSFER_ENCODING},
    },
    web::Payload,
};
use bytes::Bytes;
use futures_util::StreamExt as _;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc::{Receiver, channel};

/// The parts of a payload that wait for the connection to Kratos.
const PARTS: usize = 4;

/// The receiving end of a payload.
#[derive(Debug)]
pub(super) struct Bridged {
    parts: Option<Receiver<io::Result<Bytes>>>,
    /// The bytes to come, if they are announced.
    left: Option<u64>,
}

/// Returns what moves the payload, to be polled on its thread, and where it arrives.
pub(super) fn bridge(mut payload: Payload, request: &HttpRequest) -> (impl Future<Output = ()>, Bridged) {
    let (sender, receiver) = channel(PARTS);
    let left = announced(request);
    let pump = async move {
        while let Some(part) = payload.next().await {
            let part = part.map_err(|_| io::ErrorKind::UnexpectedEof.into());
            if sender.send(part).await.is_err() {
                break;
            }
        }
    };
    let parts = (left != Some(0)).then_some(receiver);
    (pump, Bridged { parts, left })
}

/// The length of the body; `None` if only its end tells.
fn announced(request: &HttpRequest) -> Option<u64> {
    let headers = request.headers();
    if headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    match headers.get(CONTENT_LENGTH) {
        Some(length) => length.to_str().ok()?.parse().ok(),
        // In HTTP/1 a body has one of the two headers (RFC 9112 §6.3). In HTTP/2 it needs neither.
        None if request.version() == Version::HTTP_2 => {
            let has_body = !matches!(*request.method(), Method::GET | Method::HEAD);
            if has_body { None } else { Some(0) }
        }
        None => Some(0),
    }
}

impl Body for Bridged {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let Some(parts) = &mut self.parts else { return Poll::Ready(None) };
        let polled = parts.poll_recv(context);
        if let Poll::Ready(Some(Ok(part))) = &polled {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            self.left = self.left.map(|left| left.saturating_sub(length));
        }
        polled.map(|part| part.map(|part| part.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.parts.is_none() || self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
