//! The decoders of whoami without a server, for the fuzz targets only.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use kratos_model::__private::decode_salvaging;
use serde::de::DeserializeOwned;

use super::{ResolveError, Resolved, SecondFactor, whoami};
use crate::{credential::Credential, transport::Reply};

/// Interprets a response of whoami.
pub fn interpret(
    status: StatusCode,
    headers: HeaderMap,
    body: &[u8],
    credential: &Credential,
) -> Result<Resolved, ResolveError> {
    let reply = Reply { status, headers, body: Bytes::copy_from_slice(body), sent: Bytes::new() };
    whoami::interpret(&reply, credential, crate::clock::now())
}

/// Reads an AAL2 login flow for whether a second factor is enrolled.
pub fn second_factor(status: StatusCode, body: &[u8]) -> Result<SecondFactor, ResolveError> {
    let reply =
        Reply { status, headers: HeaderMap::new(), body: Bytes::copy_from_slice(body), sent: Bytes::new() };
    whoami::second_factor(&reply)
}

/// Decodes a model, dropping invalid values.
#[must_use]
pub fn salvage<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    decode_salvaging(body).ok()
}
