//! Reads `X-Forwarded-For` and `Forwarded` (RFC 7239).

use std::net::{IpAddr, SocketAddr};

/// The bytes read of a header, from its end.
const MOST_BYTES: usize = 16 * 1024;

/// Returns the `n`-th entry from the right of a list header, counted from one. Commas in quoted strings separate nothing.
pub(super) fn from_the_right<'a>(values: &[&'a [u8]], n: usize) -> Option<&'a [u8]> {
    let mut left = MOST_BYTES;
    let mut entries = Vec::new();
    for value in values.iter().rev() {
        left = left.checked_sub(value.len() + 1)?;
        let mut of_line = split(value, b',');
        of_line.reverse();
        entries.extend(of_line);
        if entries.len() >= n {
            break;
        }
    }
    entries.get(n.checked_sub(1)?).copied()
}

/// Returns the address of an entry's one `for` parameter.
pub(super) fn for_parameter(entry: &[u8]) -> Option<IpAddr> {
    let mut found = split(entry, b';').into_iter().filter_map(|parameter| {
        let equals = parameter.iter().position(|byte| *byte == b'=')?;
        let (name, value) = parameter.split_at_checked(equals)?;
        name.trim_ascii()
            .eq_ignore_ascii_case(b"for")
            .then(|| value.get(1..).unwrap_or_default().trim_ascii())
    });
    let value = found.next().filter(|_| found.next().is_none())?;
    let unquoted = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    node(unquoted.unwrap_or(value))
}

/// Reads an address with or without a port: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
pub(super) fn node(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}

/// Splits at a byte outside of quoted strings.
fn split(text: &[u8], at: u8) -> Vec<&[u8]> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (place, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            byte if *byte == at && !quoted => {
                parts.extend(text.get(start..place));
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts.into_iter().map(<[u8]>::trim_ascii).collect()
}
