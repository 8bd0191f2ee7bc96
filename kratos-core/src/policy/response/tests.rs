use std::time::Duration;

use super::*;
use crate::resolve::ResolveError;

fn refusal() -> Refusal {
    let to = Url::parse("https://auth.example/?a=1&b=%22").unwrap();
    Refusal::new(RefusalReason::Anonymous, "no <session>.").with_redirect_to(Some(to))
}

#[test]
fn a_wait_is_whole_seconds_rounded_up() {
    for (wait, seconds) in [(0, "1"), (1, "1"), (1000, "1"), (1001, "2"), (2999, "3"), (3000, "3")] {
        let error = ResolveError::rate_limited(Some(Duration::from_millis(wait)));
        let response = GuardResponse::refuse(&Refusal::from(&error), Audience::Program);
        assert_eq!(response.headers["retry-after"], seconds, "{wait} ms");
    }
    assert!(!GuardResponse::refuse(&refusal(), Audience::Program).headers.contains_key("retry-after"));
}

#[test]
fn each_reader_has_its_headers_and_body() {
    for (audience, content, redirects) in [
        (Audience::Page, "text/html; charset=utf-8", false),
        (Audience::Form, "text/html; charset=utf-8", false),
        (Audience::Htmx, "application/json", true),
        (Audience::Program, "application/json", false),
    ] {
        let response = GuardResponse::refuse(&refusal(), audience);
        assert_eq!(response.headers["content-type"], content, "{audience:?}");
        assert_eq!(response.headers["cache-control"], "no-store");
        assert_eq!(response.headers.contains_key("hx-redirect"), redirects, "{audience:?}");
        let is_html = matches!(audience, Audience::Page | Audience::Form);
        assert_eq!(response.headers.contains_key("content-security-policy"), is_html, "{audience:?}");
        let body = String::from_utf8(response.body.to_vec()).unwrap();
        assert_eq!(body.contains("<p>No &lt;session&gt;.</p>"), is_html, "{body}");
        assert_eq!(body.contains("href=\"https://auth.example/?a=1&amp;b=%22\""), is_html, "{body}");
        assert_eq!(
            body.contains(r#""redirect_browser_to":"https://auth.example/?a=1&b=%22""#),
            !is_html,
            "{body}"
        );
    }
}

#[test]
fn a_form_and_a_page_are_told_apart_by_method() {
    let page = |method| {
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("text/html"))]);
        crate::policy::RequestView::new(method, "/", &headers).audience()
    };
    assert_eq!([page("GET"), page("HEAD"), page("POST")], [Audience::Page, Audience::Page, Audience::Form]);
    assert_eq!([page("PUT"), page("OPTIONS")], [Audience::Program; 2]);
    let none = HeaderMap::new();
    assert_eq!(crate::policy::RequestView::new("POST", "/", &none).audience(), Audience::Program);
}

#[test]
fn a_browser_gets_a_page_and_every_other_caller_json() {
    let refusal = Refusal::forbidden("<not> for you");
    for (audience, kind) in [
        (Audience::Page, "text/html; charset=utf-8"),
        (Audience::Form, "text/html; charset=utf-8"),
        (Audience::Htmx, "application/json"),
        (Audience::Program, "application/json"),
    ] {
        let mut answer = GuardResponse::refuse(&refusal, audience);
        let is_html = kind != "application/json";
        assert_eq!(answer.headers["content-type"], kind, "{audience:?}");
        assert_eq!(answer.headers.contains_key("content-security-policy"), is_html, "{audience:?}");
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(body.starts_with("<!doctype html>"), is_html, "{audience:?}");
        assert_eq!(body.contains("&lt;not&gt; for you"), is_html, "{audience:?}: {body}");

        // The application's own page replaces what a browser shows, and its policy.
        answer.set_html("<h1>mine</h1>");
        assert_eq!(answer.body == "<h1>mine</h1>", is_html, "{audience:?}");
        assert_eq!(answer.headers["content-type"], kind, "{audience:?}");
        assert!(!answer.headers.contains_key("content-security-policy"), "{audience:?}");
    }
    let to = Url::parse("https://auth.example/login").unwrap();
    let mut redirect = GuardResponse::redirect(&to, None, &refusal);
    redirect.set_html("<h1>mine</h1>");
    assert!(redirect.body.is_empty() && !redirect.headers.contains_key("content-type"));
}
