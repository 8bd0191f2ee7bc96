use http::{HeaderMap, HeaderName};

use super::*;
use crate::{
    links::Links,
    model::Timestamp,
    policy::{Facts, Requirement, decide},
    resolve::{Resolution, SecondFactor},
};

const KEY: HopKey = [1, 2];

/// A browser that stores the loop breaker's cookie.
#[derive(Default)]
struct Browser {
    cookie: String,
    headers: &'static [(&'static str, &'static str)],
}

impl Browser {
    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("accept", HeaderValue::from_static("text/html"));
        if !self.cookie.is_empty() {
            headers.insert("cookie", HeaderValue::from_str(&self.cookie).unwrap());
        }
        for (name, value) in self.headers {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers
    }

    fn store(&mut self, line: Option<&HeaderValue>) {
        if let Some(line) = line {
            line.to_str().unwrap().split(';').next().unwrap().clone_into(&mut self.cookie);
        }
    }

    /// Visits a guarded page. Returns whether its redirect would be a loop, and stores the cookie.
    fn visit(&mut self, page: &str) -> bool {
        let headers = self.headers();
        let hop = Hop::of(&RequestView::new("GET", page, &headers), KEY);
        self.store(hop.remember(false).as_ref());
        hop.is_loop()
    }

    /// Visits pages in turn and returns the number of redirects before a loop is broken.
    fn redirects(&mut self, pages: &[&str]) -> Option<usize> {
        pages.iter().cycle().take(40).position(|page| self.visit(page))
    }
}

#[test]
fn pages_that_redirect_in_turn_are_a_loop() {
    let most = usize::from(MOST_HOPS);
    assert_eq!(Browser::default().redirects(&["/a"]), Some(most));
    assert_eq!(Browser::default().redirects(&["/a", "/b"]), Some(2 * most));
    assert_eq!(Browser::default().redirects(&["/a", "/b", "/c", "/d"]), Some(4 * most));
    let distinct: Vec<String> = (0..40).map(|number| format!("/{number}")).collect();
    let distinct: Vec<&str> = distinct.iter().map(String::as_str).collect();
    assert_eq!(Browser::default().redirects(&distinct), None, "each page is visited once");
}

#[test]
fn each_oauth2_login_is_counted_by_itself() {
    let mut browser = Browser::default();
    let mut is_loop = |challenge: &str| {
        let (headers, page) = (browser.headers(), format!("/login?login_challenge={challenge}"));
        let hop = Hop::of_flow_page(&RequestView::new("GET", &page, &headers), KEY);
        browser.store(hop.remember(false).as_ref());
        hop.is_loop()
    };
    for client in 0..40 {
        assert!(!is_loop(&client.to_string()), "{client}");
    }
    let most = usize::from(MOST_HOPS);
    assert_eq!((0..40).position(|_| is_loop("the-same")), Some(most));
}

#[test]
fn a_prefetch_does_not_count() {
    let prefetches: [&[(&str, &str)]; 3] = [
        &[("sec-purpose", "prefetch")],
        &[("sec-purpose", "prefetch;prerender")],
        &[("purpose", "prefetch")],
    ];
    for headers in prefetches {
        let mut browser = Browser::default();
        for visit in 0..MOST_HOPS {
            assert!(!browser.visit("/a"), "{visit}");
        }
        browser.headers = headers;
        let counted = browser.cookie.clone();
        for _ in 0..20 {
            assert!(!browser.visit("/a"), "{headers:?}");
            assert_eq!(browser.cookie, counted, "a prefetch sets no cookie");
        }
        browser.headers = &[];
        assert!(browser.visit("/a"), "the visit after it does count");
    }
}

#[test]
fn a_guarded_login_page_is_broken_at_the_third_redirect() {
    let links = Links::new("https://app.example", "https://auth.example").unwrap();
    let own = links.clone().with_login_page("/login").unwrap();
    // Kratos redirects to its login page with a new flow each time; a page of the application gets a longer `return_to`.
    for (links, follows_kratos) in [(links, true), (own, false)] {
        let mut browser = Browser::default();
        let mut page = "/login?flow=0&return_to=https%3A%2F%2Fapp.example%2F".to_owned();
        let mut statuses = Vec::new();
        for round in 1..6 {
            let headers = browser.headers();
            let request = RequestView::new("GET", &page, &headers);
            let facts = Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown);
            let now = Timestamp::EPOCH;
            let decision = decide(facts, &Requirement::signed_in(), &request, Some(&links), now);
            let response = decision.response().unwrap();
            statuses.push(response.status.as_u16());
            browser.store(response.headers.get("set-cookie"));
            let Some(to) = response.headers.get("location") else { continue };
            let to = url::Url::parse(to.to_str().unwrap()).unwrap();
            let query = to.query().unwrap();
            page = match follows_kratos {
                true => format!("/login?flow={round}&{query}"),
                false => format!("{}?{query}", to.path()),
            };
        }
        assert_eq!(statuses, [303, 303, 401, 401, 401], "follows Kratos: {follows_kratos}");
    }
}

#[test]
fn https_uses_a_cookie_that_no_other_host_can_set() {
    let headers = HeaderMap::new();
    let request = RequestView::new("GET", "/a", &headers);
    let line = |https| Hop::of(&request, KEY).remember(https).unwrap().to_str().unwrap().to_owned();
    let (secure, plain) = (line(true), line(false));
    assert!(secure.starts_with("__Host-kratos_login_hops=1."), "{secure}");
    assert!(secure.contains("; Secure") && secure.contains("; Path=/;"), "{secure}");
    assert!(!secure.contains("Domain"), "{secure}");
    assert!(plain.starts_with("kratos_login_hops=1.") && !plain.contains("Secure"), "{plain}");
    for line in [&secure, &plain] {
        assert!(line.contains("; Max-Age=10; HttpOnly; SameSite=Lax"), "{line}");
    }

    let mut statuses = Vec::new();
    let mut browser = Browser::default();
    for _ in 0..6 {
        let headers = browser.headers();
        let hop = Hop::of(&RequestView::new("GET", "/a", &headers), KEY);
        statuses.push(hop.is_loop());
        browser.store(hop.remember(true).as_ref());
    }
    assert_eq!(statuses, [false, false, false, false, true, true]);
    let headers = browser.headers();
    let end = Hop::end(&RequestView::new("GET", "/login", &headers), true).unwrap();
    assert!(end.to_str().unwrap().starts_with("__Host-kratos_login_hops=; "), "{end:?}");
    assert!(end.to_str().unwrap().contains("Max-Age=0;"), "{end:?}");
    let none = HeaderMap::new();
    assert!(Hop::end(&RequestView::new("GET", "/login", &none), true).is_none(), "no count to end");
}

#[test]
fn cookie_names_pages_by_a_keyed_hash() {
    let headers = HeaderMap::new();
    let value = |page: &str, key| {
        let line = Hop::of(&RequestView::new("GET", page, &headers), key).remember(false).unwrap();
        line.to_str().unwrap().split(';').next().unwrap().to_owned()
    };
    assert_eq!(value("/reset?code=s3cret", KEY), value("/reset?code=s3cret", KEY));
    assert_ne!(value("/reset?code=s3cret", KEY), value("/reset?code=s3cret", [2, 1]));
    assert!(!value("/reset?code=s3cret", KEY).contains("s3cret"));
}

#[test]
fn cookie_that_a_caller_invents_is_harmless() {
    for value in
        ["", "_", ".", "1", "x.y", "999.0", "-1.0", "255.ffffffff_255.1_1.1_1.2_1.3_1.4", "1.fffffffff"]
    {
        let mut browser = Browser { cookie: format!("{COOKIE}={value}"), headers: &[] };
        assert!(!browser.visit("/a"), "{value}");
        assert!(browser.cookie.len() < 80, "{}", browser.cookie);
    }
}
