use http::{HeaderMap, HeaderName, HeaderValue};

use super::*;

fn headers(name: &'static str, lines: usize, value: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for _ in 0..lines {
        headers.append(HeaderName::from_static(name), HeaderValue::try_from(value).unwrap());
    }
    headers
}

/// 65 KB of query hold 10,834 parameters; the first 64 are read, whatever their number.
#[test]
fn few_parameters_are_read() {
    for parameters in [10, 64, 65, 10_834] {
        let path = format!("/?{}", "a=1234&".repeat(parameters));
        let headers = HeaderMap::new();
        let request = RequestView::new("GET", &path, &headers);
        assert_eq!(request.query_pairs().count(), parameters.min(MOST_PARAMETERS));
    }
    let headers = HeaderMap::new();
    let late = format!("/?{}b=1", "a=1&".repeat(MOST_PARAMETERS));
    assert_eq!(RequestView::new("GET", &late, &headers).query("b"), None);
    let early = format!("/?{}b=1", "a=1&".repeat(MOST_PARAMETERS - 1));
    assert_eq!(RequestView::new("GET", &early, &headers).query("b").as_deref(), Some("1"));
}

#[test]
fn few_lines_and_short_values_are_read() {
    let audience = |headers: &HeaderMap| RequestView::new("GET", "/", headers).audience();
    for (lines, expected) in [(MOST_LINES - 1, Audience::Page), (MOST_LINES, Audience::Program)] {
        let mut accept = headers("accept", lines, "application/json");
        accept.append("accept", HeaderValue::from_static("text/html"));
        assert_eq!(audience(&accept), expected, "{lines}");
    }
    for (length, is_read) in [(100, true), (LONGEST_VALUE + 1, false)] {
        let referer = format!("https://app.example/{}", "x".repeat(length));
        let headers = headers("referer", 1, &referer);
        assert_eq!(RequestView::new("POST", "/", &headers).page(|_| true).is_some(), is_read, "{length}");
    }
}

/// A browser never sends one; a URL with a password must not reach a `return_to`.
#[test]
fn a_page_with_userinfo_is_not_returned_to() {
    for (referer, is_read) in [
        ("https://app.example/a", true),
        ("https://a@app.example/a", false),
        ("https://:b@app.example/a", false),
    ] {
        let headers = headers("referer", 1, referer);
        assert_eq!(RequestView::new("POST", "/", &headers).page(|_| true).is_some(), is_read, "{referer}");
    }
}
