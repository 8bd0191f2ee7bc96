//! The source of a JWKS.

use kratos_model::__private::QuietUrl;
use std::{fmt, io::Read as _, path::PathBuf};

use bytes::Bytes;
use http::Method;
use url::Url;

use crate::{
    resolve::ResolveError,
    transport::{ConfigError, Transport, retry_after},
};

/// The size limit of a JWKS, in bytes. A key has 200 to 500.
const LARGEST: usize = 256 * 1024;

#[derive(Clone)]
pub(super) enum Source {
    Url { url: Url, transport: Transport },
    File(PathBuf),
    Fixed(Bytes),
}

/// Omits the keys, which may be private by mistake, and the URL's query.
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
        let url = Url::parse(url.trim()).map_err(|error| wrong(&format!("cannot be parsed ({error})")))?;
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
    let request = transport.request(Method::GET, url.clone());
    let reply = transport
        .send_safe(request)
        .await
        .map_err(|failure| ResolveError::unavailable("the JWKS cannot be fetched").with_source(failure))?;
    match reply.status.as_u16() {
        200 => Ok(reply.body),
        300..=399 | 401 | 403 | 404 | 405 | 410 => Err(ResolveError::misconfigured(format!(
            "there is no JWKS at the configured URL ({}): set the URL of the public keys themselves",
            reply.status
        ))),
        _ => Err(ResolveError::unavailable(format!("the server of the JWKS answered {}", reply.status))
            .with_retry_after(retry_after(&reply.headers))),
    }
}

/// Blocks: the file is small, local, and read rarely.
fn file(path: &PathBuf) -> Result<Bytes, ResolveError> {
    let unreadable =
        |error: std::io::Error| ResolveError::unavailable("the JWKS file cannot be read").with_source(error);
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    let mut json = Vec::new();
    std::fs::File::open(path).map_err(unreadable)?.take(limit).read_to_end(&mut json).map_err(unreadable)?;
    Ok(json.into())
}
