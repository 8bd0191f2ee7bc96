//! The response to an export.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use prost::Message as _;

use crate::format::{Format, Status};

/// A response to Kratos, for any framework.
///
/// Its status says whether the sender sends the same again: OTLP does after 429, 502, 503 and 504 (OTLP 1.7, "Retryable
/// Response Codes"), and drops the batch after every other refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventResponse {
    /// The status.
    pub status: StatusCode,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// The body: a fixed text in the form that the sender reads.
    pub body: Bytes,
}

/// The text of a refusal, and the code of gRPC that OTLP puts beside it.
const REFUSALS: &[(StatusCode, i32, &str)] = &[
    (StatusCode::BAD_REQUEST, 3, "the body cannot be decoded"),
    (StatusCode::UNAUTHORIZED, 16, "the caller did not prove itself"),
    (StatusCode::METHOD_NOT_ALLOWED, 12, "only POST is allowed"),
    (StatusCode::PAYLOAD_TOO_LARGE, 11, "the body is too large"),
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, 3, "the media type or coding is not supported"),
    (StatusCode::INTERNAL_SERVER_ERROR, 13, "the receiver is misconfigured; its log names the fix"),
    (StatusCode::SERVICE_UNAVAILABLE, 14, "try again"),
];

impl EventResponse {
    /// Accepts a body: an empty `ExportTraceServiceResponse`, which has no bytes, or an empty object.
    pub(crate) fn accepted(format: Format) -> Self {
        let body = match format {
            Format::Traces => Bytes::new(),
            Format::Stream => Bytes::from_static(b"{}"),
        };
        Self { status: StatusCode::OK, content_type: format.media_type(), retry_after: None, body }
    }

    /// Refuses a body.
    pub(crate) fn refused(format: Format, status: StatusCode) -> Self {
        let refusal = REFUSALS.iter().find(|(known, ..)| *known == status);
        let (code, message) = refusal.map_or((2, "refused"), |(_, code, text)| (*code, *text));
        let body = match format {
            Format::Traces => Status { code, message: message.to_owned() }.encode_to_vec().into(),
            Format::Stream => {
                format!(r#"{{"error":{{"code":{},"message":"{message}"}}}}"#, status.as_u16()).into()
            }
        };
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1);
        Self { status, content_type: format.media_type(), retry_after, body }
    }

    /// Returns the headers: `Content-Type`, `Cache-Control`, `Retry-After` if there is one.
    pub fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let fixed = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.content_type)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        fixed.into_iter().chain(self.retry_after.map(|seconds| (header::RETRY_AFTER, seconds.into())))
    }
}
