//! URLs that a caller sends.

use url::Url;

use crate::work;

/// The longest user information, host and port, in bytes: a host name has at most 253 characters.
const LONGEST_AUTHORITY: usize = 512;

/// Parses a URL of a request; `None` if it is invalid or its authority is longer than [`LONGEST_AUTHORITY`]. Decoding an
/// internationalised host costs the square of its length.
pub(crate) fn parse(text: &str) -> Option<Url> {
    work::add(text.len());
    let (_, rest) = text.split_once(':')?;
    let ignored = |char| matches!(char, '/' | '\\' | '\t' | '\n' | '\r');
    let authority = rest.trim_start_matches(ignored).split(['/', '\\', '?', '#']).next().unwrap_or_default();
    if authority.len() > LONGEST_AUTHORITY {
        return None;
    }
    Url::parse(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_longer_than_a_name_is_not_parsed() {
        let long = "x".repeat(LONGEST_AUTHORITY + 1);
        let label = format!("xn--{}", "a".repeat(LONGEST_AUTHORITY));
        for host in [&long, &label] {
            for url in [
                format!("https://{host}/"),
                format!("https:{host}"),
                format!("https:\\\\{host}\\"),
                format!(" https:/\t/{host}?a"),
                format!("https://a@{host}#a"),
                format!("https://{host}:80"),
                format!("x://{host}"),
            ] {
                assert_eq!(parse(&url), None, "{url}");
            }
        }
        for url in [
            format!("https://app.example/{long}"),
            format!("https://app.example?{long}"),
            format!("https://app.example#{long}"),
            "http://[::1]:80/".to_owned(),
        ] {
            assert!(parse(&url).is_some(), "{url}");
        }
        assert_eq!(parse("/a"), None);
        assert_eq!(parse("a"), None);
    }
}
