//! Where a JWKS is read from.

use kratos_model::__private::QuietUrl;
use std::{fmt, io::Read as _, path::PathBuf};

use bytes::Bytes;
use http::Method;
use url::Url;

use crate::{
    resolve::ResolveError,
    transport::{ConfigError, Transport, retry_after},
};

/// How large a JWKS may be. A key has 200 to 500 bytes.
const LARGEST: usize = 256 * 1024;

#[derive(Clone)]
pub(super) enum Source {
    Url { url: Url, transport: Transport },
    File(PathBuf),
    Fixed(Bytes),
}

/// Without the keys, which may be private by mistake, and without the URL's query.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { url, .. } => f.debug_tuple("Url").field(&QuietUrl(url)).finish(),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Fixed(json) => write!(f, "Fixed({} bytes)", json.len()),
        }
    }
}

impl Source {
    pub(super) fn url(url: &str) -> Result<Self, ConfigError> {
        let wrong =
            |why: &str| ConfigError::new(format!("the JWKS' URL {why}: expected an absolute http(s) URL"));
        let url = Url::parse(url.trim()).map_err(|error| wrong(&format!("cannot be read ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(wrong("is not an http or https URL"));
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(wrong("has a user name, a password or a fragment"));
        }
        Ok(Self::Url { url, transport: Transport::new()?.with_body_limit(LARGEST) })
    }

    pub(super) async fn read(&self) -> Result<Bytes, ResolveError> {
        match self {
            Self::Url { url, transport } => fetch(url, transport).await,
            Self::File(path) => file(path),
            Self::Fixed(json) => Ok(json.clone()),
        }
    }
}

async fn fetch(url: &Url, transport: &Transport) -> Result<Bytes, ResolveError> {
    let reply = transport.send(transport.request(Method::GET, url.clone())).await.map_err(|failure| {
        ResolveError::unavailable("the JWKS that tokens are checked with cannot be fetched")
            .with_source(failure)
    })?;
    match reply.status.as_u16() {
        200 => Ok(reply.body),
        300..=399 | 401 | 403 | 404 | 405 | 410 => Err(ResolveError::misconfigured(format!(
            "there is no JWKS at the configured URL ({}): give the address of the public keys themselves",
            reply.status
        ))),
        _ => Err(ResolveError::unavailable(format!("the JWKS' server answered {}", reply.status))
            .with_retry_after(retry_after(&reply.headers))),
    }
}

/// Read on the spot: it is small, local, and read once in a while.
fn file(path: &PathBuf) -> Result<Bytes, ResolveError> {
    let unreadable = |error: std::io::Error| {
        ResolveError::unavailable("the JWKS file that tokens are checked with cannot be read")
            .with_source(error)
    };
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    let mut json = Vec::new();
    std::fs::File::open(path).map_err(unreadable)?.take(limit).read_to_end(&mut json).map_err(unreadable)?;
    Ok(json.into())
}
