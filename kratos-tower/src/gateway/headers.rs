//! The headers that pass, and those that the gateway sets.

use std::{fmt::Write as _, net::IpAddr};

use bytes::BytesMut;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

const X_REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The gateway's name in `Via` (RFC 9110 §7.6.3), by which it knows requests that come back to it.
const PSEUDONYM: &str = "kratos-gateway";
const VIA: HeaderValue = HeaderValue::from_static("1.1 kratos-gateway");

/// Hop-by-hop headers (RFC 9110 §7.6.1, and those of RFC 2616 §13.5.1).
fn is_hop_by_hop(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "http2-settings"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

/// Headers of a request that say where it is from, or that only the gateway may send.
///
/// Kratos believes `True-Client-IP`, `Cf-Connecting-IP`, `X-Real-IP`, `X-Forwarded-For` and the `Cf-` headers of a location
/// (26.2.0, oryx/httpx/client_info.go), `X-Forwarded-Host` and `-Proto` (oryx/httpx/url.go); the Ory Network believes its own
/// `Ory-` headers.
fn is_claim(name: &str) -> bool {
    matches!(name, "true-client-ip" | "x-real-ip" | "x-client-ip" | "x-cluster-client-ip" | "forwarded")
        || ["x-forwarded", "x-original-", "cf-", "ory-"].iter().any(|prefix| name.starts_with(prefix))
}

/// Headers of a trace that the client began (W3C Trace Context and Baggage, B3, Jaeger), all of which Kratos reads (26.2.0,
/// oryx/otelx/otlp.go). A trace that is marked as unsampled would hide what happens in it: Kratos then exports none of its events.
fn is_trace(name: &str) -> bool {
    matches!(name, "traceparent" | "tracestate" | "baggage" | "b3" | "uber-trace-id")
        || ["x-b3-", "uberctx-"].iter().any(|prefix| name.starts_with(prefix))
}

/// Removes what does not pass to Kratos. The body's length is set anew, by what is sent; `Expect` is answered here, by the
/// server as soon as the body is read.
pub(super) fn clean_request(headers: &mut HeaderMap) {
    remove(headers, |name| {
        is_hop_by_hop(name)
            || is_claim(name)
            || is_trace(name)
            || matches!(name, "host" | "content-length" | "expect")
    });
    join_cookies(headers);
}

/// Removes what does not pass to the client.
pub(super) fn clean_response(headers: &mut HeaderMap) {
    remove(headers, is_hop_by_hop);
}

fn remove(headers: &mut HeaderMap, is_removed: impl Fn(&str) -> bool) {
    let named: Vec<HeaderName> = named_by_connection(headers).collect();
    let removed: Vec<HeaderName> = headers.keys().filter(|name| is_removed(name.as_str())).cloned().collect();
    for name in named.iter().chain(&removed) {
        headers.remove(name);
    }
}

/// The headers that `Connection` declares hop-by-hop.
fn named_by_connection(headers: &HeaderMap) -> impl Iterator<Item = HeaderName> {
    let tokens = headers
        .get_all(header::CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    tokens.filter_map(|token| HeaderName::from_bytes(token.trim_ascii()).ok())
}

/// HTTP/2 may split the cookies over several lines, HTTP/1.1 may not (RFC 9113 §8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let mut lines = headers.get_all(header::COOKIE).iter();
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return };
    let mut joined = BytesMut::from(first.as_bytes());
    for line in std::iter::once(second).chain(lines) {
        joined.extend_from_slice(b"; ");
        joined.extend_from_slice(line.as_bytes());
    }
    if let Ok(mut joined) = HeaderValue::from_maybe_shared(joined.freeze()) {
        joined.set_sensitive(true);
        headers.insert(header::COOKIE, joined);
    }
}

/// Whether a request asks for another protocol.
pub(super) fn asks_for_upgrade(headers: &HeaderMap) -> bool {
    headers.contains_key(header::UPGRADE) || named_by_connection(headers).any(|name| name == header::UPGRADE)
}

/// Whether it is unclear where the request's body ends (RFC 9112 §6.3). Servers refuse or repair most of these by
/// themselves.
pub(super) fn is_ambiguous(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter();
    let is_number =
        |value: &HeaderValue| !value.is_empty() && value.as_bytes().iter().all(u8::is_ascii_digit);
    match (codings.next(), lengths.next()) {
        (None, None) => false,
        (Some(_), Some(_)) => true,
        (Some(coding), None) => {
            codings.next().is_some() || !coding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked")
        }
        (None, Some(length)) => lengths.next().is_some() || !is_number(length),
    }
}

/// Whether a request passed a gateway of this kind before.
pub(super) fn came_back(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::VIA).iter().filter_map(|value| value.to_str().ok());
    let mut hops = values.flat_map(|value| value.split(','));
    hops.any(|hop| hop.split_ascii_whitespace().nth(1) == Some(PSEUDONYM))
}

/// The most headers that [`introduce`] sets.
const SET: usize = 6;

/// Sets what Kratos learns of the client and of the URL that it requested.
pub(super) fn introduce(
    headers: &mut HeaderMap,
    client: Option<IpAddr>,
    app: Option<&Origin>,
    kratos: Option<&Origin>,
) {
    headers.reserve(SET);
    headers.append(header::VIA, VIA);
    if let Some(Origin { host, .. }) = kratos {
        headers.insert(header::HOST, host.clone());
    }
    if let Some(address) = client.and_then(address) {
        // Kratos takes an address of a private network from this header alone.
        headers.insert(X_REAL_IP, address.clone());
        headers.insert(X_FORWARDED_FOR, address);
    }
    if let Some(Origin { host, scheme }) = app {
        headers.insert(X_FORWARDED_HOST, host.clone());
        headers.insert(X_FORWARDED_PROTO, scheme.clone());
    }
}

fn address(client: IpAddr) -> Option<HeaderValue> {
    // The longest address of IPv6.
    let mut text = BytesMut::with_capacity(45);
    write!(text, "{client}").ok()?;
    HeaderValue::from_maybe_shared(text.freeze()).ok()
}

/// The origin of a configured URL. It is never read from a request.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    host: HeaderValue,
    scheme: HeaderValue,
}

impl Origin {
    pub(super) fn of(url: &Url) -> Option<Self> {
        let host = match url.port() {
            Some(port) => format!("{}:{port}", url.host_str()?),
            None => url.host_str()?.to_owned(),
        };
        let host = HeaderValue::from_str(&host).ok()?;
        let scheme = HeaderValue::from_static(if url.scheme() == "https" { "https" } else { "http" });
        Some(Self { host, scheme })
    }
}

#[cfg(test)]
mod tests;
