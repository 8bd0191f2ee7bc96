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
        let path = format!("/?{}", "a=123&".repeat(parameters));
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
    for (length, expected) in [(LONGEST_VALUE, Audience::Page), (LONGEST_VALUE + 1, Audience::Program)] {
        let accept = headers("accept", 1, &format!("{:length$}", "text/html"));
        assert_eq!(audience(&accept), expected, "{length}");
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

/// Eight times the input costs no more than eight times the work. The fuzz target `work` says the same of any request.
#[test]
fn the_work_is_linear_and_limited() {
    type Shape = (&'static str, fn(usize) -> (String, HeaderMap));
    let shapes: [Shape; 8] = [
        ("parameters", |n| (format!("/?{}", "a=1&".repeat(n)), HeaderMap::new())),
        ("one parameter", |n| (format!("/?a={}", "%61".repeat(n)), HeaderMap::new())),
        ("a path", |n| ("/a".repeat(n), headers("accept", 1, "text/html"))),
        ("media types", |n| ("/".to_owned(), headers("accept", 1, &"text/html;q=0,".repeat(n)))),
        ("lines of media types", |n| ("/".to_owned(), headers("accept", n, "text/html;q=0"))),
        ("origins", |n| ("/".to_owned(), headers("origin", n, "https://app.example"))),
        ("a referer", |n| {
            ("/".to_owned(), headers("referer", 1, &format!("https://xn--{}/", "a".repeat(n))))
        }),
        ("cookies", |n| ("/".to_owned(), headers("cookie", 1, &"kratos_login_hops=1.1_; ".repeat(n)))),
    ];
    let links = crate::policy::Links::new("https://app.example", "https://auth.example").unwrap();
    let work = |(path, headers): (String, HeaderMap)| {
        let read = || {
            for method in ["GET", "POST"] {
                let request = RequestView::new(method, &path, &headers);
                let _ = (request.query("flow"), request.query("return_to"), request.is_prefetch());
                let _ = (request.page(|_| true).is_some(), request.cookie("kratos_login_hops"));
                let _ = crate::policy::is_cross_site(&request, Some(links.origins()));
            }
        };
        (path.len() + headers.values().map(HeaderValue::len).sum::<usize>(), work::steps_of(read))
    };
    for (shape, made) in shapes {
        let ((_, small), (size, large)) = (work(made(500)), work(made(4000)));
        assert!(large <= 8 * small + 64, "{shape}: {small} became {large}");
        assert!(large <= 16 * size + 64, "{shape}: {large} steps of {size} bytes");
    }
}

#[test]
fn a_query_longer_than_a_uri_is_not_read() {
    let headers = HeaderMap::new();
    for (length, is_read) in [(LONGEST_QUERY, true), (LONGEST_QUERY + 1, false)] {
        let path = format!("/?a={}", "x".repeat(length - 2));
        assert_eq!(RequestView::new("GET", &path, &headers).query("a").is_some(), is_read, "{length}");
    }
}

#[test]
fn a_path_has_no_query() {
    let headers = HeaderMap::new();
    for (target, path) in [("/a?b", "/a"), ("/a", "/a"), ("/a?b?c", "/a"), ("?a", ""), ("/", "/")] {
        let request = RequestView::new("GET", target, &headers);
        assert_eq!((request.path(), request.path_and_query()), (path, target));
    }
}
