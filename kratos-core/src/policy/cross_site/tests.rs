use http::{HeaderMap, HeaderName, HeaderValue};

use super::*;
use crate::links::Links;

fn judge(method: &str, headers: &[(&'static str, &'static str)]) -> (bool, bool) {
    let links = Links::new("https://app.example", "https://auth.example").unwrap();
    let links = links.with_trusted_origin("https://spa.example:8443").unwrap();
    let pairs = headers.iter();
    let headers: HeaderMap =
        pairs.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
    let request = RequestView::new(method, "/", &headers);
    (is_unsafe(&request), is_cross_site(&request, Some(links.origins())))
}

#[test]
fn every_method_but_the_safe_ones_is_unsafe_and_so_is_a_websocket() {
    for method in ["GET", "HEAD", "OPTIONS", "TRACE"] {
        assert!(!judge(method, &[]).0, "{method}");
        assert!(!judge(method, &[("upgrade", "h2c")]).0, "{method}");
    }
    // Methods are case-sensitive: `get` is another one.
    for method in ["POST", "PUT", "PATCH", "DELETE", "CONNECT", "PURGE", "get", ""] {
        assert!(judge(method, &[]).0, "{method}");
    }
    for upgrade in ["websocket", "WebSocket", "h2c, websocket"] {
        assert!(judge("GET", &[("upgrade", upgrade)]).0, "{upgrade}");
    }
}

#[test]
fn another_site_is_told_by_sec_fetch_site_and_by_origin() {
    let table: &[(&[(&str, &str)], bool)] = &[
        (&[], false),
        (&[("sec-fetch-site", "same-origin")], false),
        (&[("sec-fetch-site", "none")], false),
        (&[("sec-fetch-site", "same-site")], true),
        (&[("sec-fetch-site", "cross-site")], true),
        (&[("sec-fetch-site", "")], true),
        (&[("sec-fetch-site", "SAME-ORIGIN")], true),
        (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], true),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-origin")], true),
        (&[("origin", "https://app.example")], false),
        (&[("origin", "https://app.example:443")], false),
        (&[("origin", "https://app.example:444")], true),
        (&[("origin", "http://app.example")], true),
        (&[("origin", "https://app.example.evil.example")], true),
        (&[("origin", "https://evil.example")], true),
        (&[("origin", "null")], true),
        (&[("origin", "")], true),
        (&[("origin", "app.example")], true),
        (&[("origin", "https://app.example"), ("origin", "https://evil.example")], true),
        // A browser that sends both means Sec-Fetch-Site.
        (&[("origin", "https://app.example"), ("sec-fetch-site", "cross-site")], true),
        // The host is the client's own word.
        (&[("origin", "https://evil.example"), ("host", "evil.example")], true),
        (&[("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")], true),
        // A trusted origin is on another site by nature.
        (&[("origin", "https://spa.example:8443"), ("sec-fetch-site", "cross-site")], false),
        (&[("origin", "https://spa.example"), ("sec-fetch-site", "cross-site")], true),
        (&[("origin", "https://spa.example:8443"), ("origin", "https://evil.example")], true),
    ];
    for (headers, expected) in table {
        assert_eq!(judge("POST", headers).1, *expected, "{headers:?}");
    }
}

/// The work is bounded, and what is not read does not pass.
#[test]
fn long_and_repeated_origins_are_foreign() {
    let links = Links::new("https://app.example", "https://auth.example").unwrap();
    let is_foreign = |lines: usize, length: usize| {
        let mut headers = HeaderMap::new();
        for _ in 0..lines {
            let origin = format!("https://app.example/{}", "x".repeat(length));
            headers.append("origin", HeaderValue::try_from(origin).unwrap());
        }
        is_cross_site(&RequestView::new("POST", "/", &headers), Some(links.origins()))
    };
    assert_eq!([is_foreign(1, 0), is_foreign(8, 0), is_foreign(1, 1000)], [false; 3]);
    assert_eq!([is_foreign(9, 0), is_foreign(1, 1024), is_foreign(1, 60_000)], [true; 3]);
}

/// A handshake may hide behind any number of lines, in one of any length.
#[test]
fn a_handshake_of_more_lines_than_are_read_is_unsafe() {
    let is_unsafe = |lines: usize, protocol: String| {
        let mut headers = HeaderMap::new();
        for _ in 0..lines {
            headers.append("upgrade", HeaderValue::try_from(&protocol).unwrap());
        }
        super::is_unsafe(&RequestView::new("GET", "/", &headers))
    };
    let other = || "h2c".to_owned();
    assert_eq!([is_unsafe(0, other()), is_unsafe(1, other()), is_unsafe(MOST_LINES, other())], [false; 3]);
    assert_eq!([is_unsafe(MOST_LINES + 1, other()), is_unsafe(1, "x".repeat(LONGEST_VALUE + 1))], [true; 2]);
    assert_eq!([is_unsafe(1, "WebSocket".to_owned()), is_unsafe(1, "h2c, websocket".to_owned())], [true; 2]);
}
