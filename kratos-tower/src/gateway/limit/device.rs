//! The cookie by which a browser is known that signed in before.

use http::{HeaderMap, HeaderValue, header};
use kratos_core::gateway::GatewayUpstream;
use std::fmt::Write as _;

const NAME: &str = "kratos_device";
/// 180 days, in seconds.
const MAX_AGE: u64 = 180 * 24 * 60 * 60;
/// What the cookie's tag is for.
const PURPOSE: &str = "kratos gateway device, 1";
/// The bytes of a hash, a nonce and a tag.
const PART: usize = 16;

/// An attempt at one identifier, from a browser that may have signed in with it before.
#[derive(Debug)]
pub(super) struct Device {
    identifier: [u8; PART],
    /// The nonce of a valid cookie for this identifier.
    known: Option<[u8; PART]>,
}

impl Device {
    pub(super) fn of(upstream: &GatewayUpstream, identifier: &str, headers: &HeaderMap) -> Self {
        let identifier = upstream.tag("kratos gateway identifier, 1", identifier.as_bytes());
        let known = cookies(headers).find_map(|value| nonce(upstream, &identifier, value));
        Self { identifier, known }
    }

    /// The key under which the attempt counts.
    pub(super) fn counted_as(&self) -> [u8; 2 * PART] {
        joined(&self.identifier, &self.known.unwrap_or_default())
    }

    /// The cookie to set; `None` if the browser has it.
    pub(super) fn cookie(&self, upstream: &GatewayUpstream, path: &str) -> Option<HeaderValue> {
        if self.known.is_some() {
            return None;
        }
        let nonce = GatewayUpstream::nonce();
        let tag = upstream.tag(PURPOSE, &joined(&self.identifier, &nonce));
        let mut line = format!("{NAME}=");
        for byte in nonce.iter().chain(&tag) {
            // Writing to a string cannot fail.
            let _ = write!(line, "{byte:02x}");
        }
        let secure =
            if upstream.app_url().is_some_and(|app| app.scheme() == "https") { "; Secure" } else { "" };
        let _ = write!(line, "; Path={path}; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}");
        let mut line = HeaderValue::from_str(&line).ok()?;
        line.set_sensitive(true);
        Some(line)
    }
}

/// The nonce of a cookie that this application set for this identifier.
fn nonce(upstream: &GatewayUpstream, identifier: &[u8; PART], value: &[u8]) -> Option<[u8; PART]> {
    let (nonce, sent) = value.split_at_checked(2 * PART)?;
    let (nonce, sent) = (bytes(nonce)?, bytes(sent)?);
    upstream.has_tag(PURPOSE, &joined(identifier, &nonce), &sent).then_some(nonce)
}

fn joined(one: &[u8; PART], other: &[u8; PART]) -> [u8; 2 * PART] {
    let mut joined = [0; 2 * PART];
    joined.iter_mut().zip(one.iter().chain(other)).for_each(|(to, from)| *to = *from);
    joined
}

fn bytes(hex: &[u8]) -> Option<[u8; PART]> {
    let hex = std::str::from_utf8(hex).ok().filter(|hex| hex.len() == 2 * PART && hex.is_ascii())?;
    u128::from_str_radix(hex, 16).ok().map(u128::to_be_bytes).filter(|_| !hex.starts_with('+'))
}

/// The values of this cookie, at most four.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    let lines = headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes);
    let pairs = lines.flat_map(|line| line.split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    pairs.filter_map(|pair| pair.strip_prefix(NAME.as_bytes())?.strip_prefix(b"=")).take(4)
}
