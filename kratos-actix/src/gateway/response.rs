//! The gateway's response in actix-web's types.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpResponse,
    body::{BodySize, MessageBody},
    http::StatusCode,
};
use bytes::Bytes;
use http_body::Body as _;

use super::{GatewayBody, GatewayRefusal};
use crate::headers::append;

pub(super) fn converted(response: http::Response<GatewayBody>, is_head: bool) -> HttpResponse {
    let (head, body) = response.into_parts();
    let status = StatusCode::from_u16(head.status.as_u16()).unwrap_or(StatusCode::BAD_GATEWAY);
    // The response to HEAD announces the length that GET has.
    let length = head.headers.get(http::header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    let size = match (is_head, length, body.size_hint().exact()) {
        (true, Some(length), _) | (false, _, Some(length)) => BodySize::Sized(length),
        (true, None, _) => BodySize::None,
        (false, _, None) => BodySize::Stream,
    };
    let mut response = HttpResponse::new(status);
    for (name, value) in &head.headers {
        append(response.headers_mut(), name, value);
    }
    if let Some(refusal) = head.extensions.get::<GatewayRefusal>() {
        response.extensions_mut().insert(*refusal);
    }
    response.set_body(Streamed { body, size }).map_into_boxed_body()
}

struct Streamed {
    body: GatewayBody,
    size: BodySize,
}

impl MessageBody for Streamed {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.size
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        loop {
            match std::task::ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}
