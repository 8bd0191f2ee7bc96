//! The two forms in which events arrive.

mod otlp;
mod stream;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use crate::revocation::Revocation;
pub(crate) use otlp::Status;

/// The form of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// An `ExportTraceServiceRequest` in protobuf.
    Traces,
    /// An event of the Ory Network in JSON.
    Stream,
}

/// What a body holds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) revocations: Vec<Revocation>,
    /// How many events revoke nothing.
    pub(crate) ignored: usize,
}

/// A body is not of its form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Undecodable;

impl Format {
    /// The media type of requests and responses.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Traces => "application/x-protobuf",
            Self::Stream => "application/json",
        }
    }

    /// Whether a request declares this form.
    pub(crate) fn is_declared(self, headers: &HeaderMap) -> bool {
        let declared = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let declared = declared.split(|byte| *byte == b';').next().unwrap_or_default();
        declared.trim_ascii().eq_ignore_ascii_case(self.media_type().as_bytes())
    }

    /// Returns what the events of a body revoke.
    pub(crate) fn read(self, body: Bytes) -> Result<Found, Undecodable> {
        match self {
            Self::Traces => otlp::read(body),
            Self::Stream => stream::read(&body),
        }
    }
}
