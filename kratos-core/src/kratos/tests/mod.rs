//! How the settings of a [`Kratos`] work together.

mod log;
mod request;
pub(crate) mod upstream;

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use url::Url;
use uuid::Uuid;

use self::upstream::{SESSION, Upstream};
use super::*;
use crate::{
    credential::CredentialReader,
    flow::LoginFlow,
    model::Session,
    policy::{RefusalReason, RequestView, Requirement},
    resolve::StaticResolver,
};

const MINUTE: Duration = Duration::from_secs(60);

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let cookie = [("cookie", "ory_kratos_session=MTcw")];
    let pairs = cookie.iter().chain(pairs);
    pairs.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

async fn ask(kratos: &Kratos, requirement: &Requirement) -> Result<(), RefusalReason> {
    let headers = headers(&[]);
    let request = RequestView::new("GET", "/", &headers);
    let outcome = kratos.request(&headers).require(requirement, &request).await;
    outcome.map_err(|rejection| rejection.refusal().reason())
}

#[tokio::test]
async fn one_whoami_serves_a_second_request_from_the_cache() {
    let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(MINUTE);
    for _ in 0..3 {
        assert_eq!(ask(&kratos.clone(), &Requirement::signed_in()).await, Ok(()));
    }
    assert_eq!(server.asked(), ["GET /sessions/whoami HTTP/1.1"]);
    kratos.forget_all();
    assert_eq!(ask(&kratos, &Requirement::signed_in()).await, Ok(()));
    assert_eq!(server.asked().len(), 2);
}

type Setter = fn(Kratos) -> Kratos;

#[tokio::test]
async fn setters_wrap_alike_in_any_order() {
    let setters: [Setter; 4] = [
        |kratos| kratos.with_cache(MINUTE),
        |kratos| {
            kratos.with_breaker(CircuitBreaker::new().with_failure_threshold(2).with_open_duration(MINUTE))
        },
        |kratos| kratos.with_timeout(Duration::from_secs(10)),
        |kratos| kratos.with_app("https://app.example").unwrap(),
    ];
    let mut orders = Vec::new();
    for a in 0..4 {
        for b in (0..4).filter(|b| *b != a) {
            for c in (0..4).filter(|c| *c != a && *c != b) {
                orders.push([a, b, c, 6 - a - b - c]);
            }
        }
    }
    assert_eq!(orders.len(), 24);
    // All at once, with a timeout that a busy machine keeps.
    let checks: Vec<_> = orders
        .into_iter()
        .map(|order| tokio::spawn(wraps_alike(order.map(|place| setters[place]))))
        .collect();
    for check in checks {
        check.await.unwrap();
    }
}

async fn wraps_alike(setters: [Setter; 4]) {
    // One session, and then no response at all.
    let server = Upstream::start(|number| (if number == 0 { 200 } else { 0 }, SESSION.to_owned())).await;
    let kratos = setters.iter().fold(Kratos::new(&server.url).unwrap(), |kratos, set| set(kratos));
    let (cached, live) = (Requirement::signed_in(), Requirement::signed_in().with_live_session());
    assert_eq!(ask(&kratos, &cached).await, Ok(()));
    for _ in 0..4 {
        assert_eq!(ask(&kratos, &live).await, Err(RefusalReason::Unavailable));
    }
    assert_eq!(server.asked().len(), 3, "two timeouts open the circuit");
    assert_eq!(ask(&kratos, &cached).await, Ok(()), "the cache is outside of the breaker");
    let page = headers(&[("accept", "text/html")]);
    let anonymous = HeaderMap::from_iter(page.iter().skip(1).map(|(n, v)| (n.clone(), v.clone())));
    let view = RequestView::new("GET", "/", &anonymous);
    let rejection = kratos.request(&anonymous).require(&cached, &view).await.unwrap_err();
    assert_eq!(rejection.response().status, StatusCode::SEE_OTHER);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_kratos_of_a_resolver_has_no_server() {
    let kratos = Kratos::from_resolver(StaticResolver::active(Session::new(Uuid::nil())));
    assert!(kratos.client().is_none() && kratos.tokenizer().is_none());
    assert!(kratos.check().unwrap_err().to_string().contains("Kratos::new"));
    let kratos = kratos.with_app("https://app.example").unwrap();
    assert!(kratos.links().is_none(), "no URL of Kratos to redirect to");
    assert!(kratos.with_browser_url("https://auth.example").unwrap().links().is_some());
    let client = Client::new("http://127.0.0.1:9").unwrap();
    let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_client(client);
    assert!(kratos.client().is_some() && kratos.tokenizer().is_some());
    let kratos = Kratos::new("http://127.0.0.1:9").unwrap();
    assert!(kratos.client().is_some() && kratos.tokenizer().is_some() && kratos.check().is_ok());
}

/// The fixes name internal details, so that the log alone holds them.
#[test]
fn a_missing_server_is_500_with_the_fix_in_the_log() {
    let kratos = Kratos::from_resolver(StaticResolver::active(Session::new(Uuid::nil())));
    let headers = headers(&[("accept", "text/html")]);
    let request = RequestView::new("GET", "/login?flow=00000000-0000-4000-8000-000000000000", &headers);
    let ask = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let session = kratos.request(&headers);
            [
                session.flow::<LoginFlow, _>(&request).await.unwrap_err(),
                session.jwt("template", &request).await.unwrap_err(),
                session.bind(&request).browser().err().unwrap(),
            ]
        })
    };
    let (rejections, lines) = log::during(ask);
    for (rejection, fix) in rejections.iter().zip([
        "a self-service page needs Kratos::new with a URL, and Kratos::with_app",
        "a session JWT needs Kratos::new",
        "calling Kratos for a browser needs Kratos::new",
    ]) {
        let response = rejection.response();
        assert_eq!(response.status, StatusCode::INTERNAL_SERVER_ERROR, "{fix}");
        assert!(rejection.refusal().explanation().contains(fix), "{rejection}");
        let body = String::from_utf8_lossy(&response.body);
        assert!(body.contains("The server is misconfigured; see its log."), "{body}");
        assert!(!body.contains("Kratos::"), "{body}");
        assert_eq!(lines.iter().filter(|line| line.contains(fix)).count(), 1, "{fix} in {lines:#?}");
    }
    let (_, again) = log::during(ask);
    assert!(again.is_empty(), "each finding is logged once a process: {again:#?}");
}

#[test]
fn without_an_app_url_an_origin_alone_is_refused_and_the_setting_is_logged() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let ((), lines) = log::during(|| {
        for (pairs, allowed) in [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "same-origin"), ("origin", "https://app.example")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://app.example")], false),
            (&[("origin", "https://app.example")], false),
        ] {
            let kratos = Kratos::from_resolver(StaticResolver::active(Session::new(Uuid::nil())));
            let headers = headers(pairs);
            let post = RequestView::new("POST", "/", &headers);
            let outcome = |kratos: &Kratos| {
                let outcome = runtime.block_on(kratos.request(&headers).session(&post));
                outcome.map(drop).map_err(|rejection| rejection.refusal().reason())
            };
            let expected = if allowed { Ok(()) } else { Err(RefusalReason::CrossSite) };
            assert_eq!(outcome(&kratos), expected, "{pairs:?}");
            let off = kratos.clone().insecure_without_origin_check();
            assert_eq!(outcome(&off), Ok(()), "{pairs:?}: the check is off");
            let named = kratos.with_app("https://app.example").unwrap();
            let is_cross = pairs.contains(&("sec-fetch-site", "cross-site"));
            assert_eq!(outcome(&named).is_ok(), !is_cross, "{pairs:?}: the application's origin is known");
        }
    });
    assert_eq!(lines.iter().filter(|line| line.contains("`Kratos::with_app`")).count(), 1, "{lines:#?}");
}

/// The cookie of a signed-in browser does not count, and nothing is asked for it.
#[tokio::test]
async fn a_session_token_is_required_where_the_route_says_so() {
    let kratos = Kratos::from_resolver(StaticResolver::active(Session::new(Uuid::nil())))
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url("https://auth.example")
        .unwrap();
    for (name, value, status) in [
        ("x-session-token", "ory_st_a", 200),
        ("authorization", "Bearer ory_st_a", 200),
        ("cookie", "ory_kratos_session=a", 401),
        ("x-other", "a", 401),
    ] {
        for accept in ["text/html", "application/json"] {
            let headers = headers(&[(name, value), ("accept", accept)]);
            let request = RequestView::new("GET", "/api", &headers);
            let outcome = kratos.request(&headers).require(&Requirement::session_token(), &request).await;
            let Err(rejection) = outcome else {
                assert_eq!(status, 200, "{name} {accept}");
                continue;
            };
            assert_eq!(rejection.response().status, status, "{name} {accept}");
            // A cookie is not lacking because it is not valid, and no page of a browser leads to a session token.
            assert!(rejection.refusal().explanation().contains("session token is required"));
            assert_eq!(rejection.refusal().redirect_to(), None);
            let body = String::from_utf8_lossy(&rejection.response().body).into_owned();
            assert!(!body.contains("redirect_browser_to"), "{body}");
            // A program reads it, whatever it accepts.
            assert!(body.starts_with(r#"{"error":{"#) && body.contains("session_inactive"), "{body}");
        }
    }
}

/// HTTP/2 names the host in the URI alone.
#[tokio::test]
async fn a_further_app_is_found_by_host_or_authority() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous())
        .with_app("https://one.example")
        .and_then(|kratos| kratos.with_further_app("https://two.example:8443"))
        .and_then(|kratos| kratos.with_browser_url("https://auth.example"))
        .unwrap();
    for (host, authority, app) in [
        (None, None, "one.example"),
        (Some("two.example:8443"), None, "two.example:8443"),
        (None, Some("two.example:8443"), "two.example:8443"),
        (None, Some("evil.example"), "one.example"),
        (Some("one.example"), Some("two.example:8443"), "one.example"),
    ] {
        let mut headers = headers(&[("accept", "text/html")]);
        if let Some(host) = host {
            headers.insert("host", HeaderValue::from_static(host));
        }
        let view = RequestView::new("GET", "/a", &headers).with_authority(authority);
        let session = kratos.request(&headers);
        // As a guard sees it, and as a handler does that keeps the request.
        let bound = session.bind(&view);
        for outcome in [
            session.require(&Requirement::signed_in(), &view).await,
            bound.require(&Requirement::signed_in()).await,
        ] {
            let to = outcome.unwrap_err().refusal().redirect_to().unwrap().to_string();
            let back = format!("return_to=https%3A%2F%2F{}%2Fa", app.replace(':', "%3A"));
            assert!(to.ends_with(&back), "{host:?} {authority:?}: {to}");
        }
    }
}

/// A clone that differs in credentials or rendering sees what the original forgets.
#[tokio::test]
async fn clones_with_other_credentials_share_the_cache() {
    let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(MINUTE);
    let api = kratos.clone().with_credentials(CredentialReader::default().without_cookies());
    let page = kratos.clone().with_rejection_response(|_, _| ()).with_app("https://app.example").unwrap();
    for kratos in [&kratos, &page] {
        assert_eq!(ask(kratos, &Requirement::signed_in()).await, Ok(()));
    }
    assert_eq!(server.asked().len(), 1, "one cache");
    api.forget_all();
    assert_eq!(ask(&page, &Requirement::signed_in()).await, Ok(()));
    assert_eq!(server.asked().len(), 2);
}

/// `Host` selects among the configured URLs; a foreign one is the URL of `with_app`.
#[tokio::test]
async fn links_and_origins_are_those_of_the_configured_host() {
    const FIRST: &str = "https://a.example";
    const FURTHER: &str = "https://b.example:8443";
    let configured = |resolver: StaticResolver| {
        let kratos = Kratos::from_resolver(resolver).with_app(FIRST).unwrap().with_further_app(FURTHER);
        kratos.unwrap().with_browser_url("https://auth.example").unwrap()
    };
    let anonymous = configured(StaticResolver::anonymous());
    let active = configured(StaticResolver::active(Session::new(Uuid::nil())));
    for (host, expected) in [
        ("a.example", FIRST),
        ("a.example:443", FIRST),
        ("b.example:8443", FURTHER),
        ("B.EXAMPLE:8443", FURTHER),
        ("b.example", FIRST),
        ("b.example:443", FIRST),
        ("b.example:8443:1", FIRST),
        ("evil.example", FIRST),
        ("", FIRST),
    ] {
        let page = headers(&[("host", host), ("accept", "text/html")]);
        let request = RequestView::new("GET", "/x", &page);
        let rejection =
            anonymous.request(&page).require(&Requirement::signed_in(), &request).await.unwrap_err();
        let to = Url::parse(rejection.response().headers["location"].to_str().unwrap()).unwrap();
        let (_, back) = to.query_pairs().find(|(name, _)| name == "return_to").unwrap();
        assert_eq!(back, format!("{expected}/x"), "{host}");
        for origin in [FIRST, FURTHER] {
            let post = headers(&[("host", host), ("origin", origin)]);
            let request = RequestView::new("POST", "/x", &post);
            let passes = active.request(&post).require(&Requirement::signed_in(), &request).await.is_ok();
            assert_eq!(passes, origin == expected, "{origin} at {host}");
        }
    }
    let without_app = Kratos::from_resolver(StaticResolver::anonymous()).with_further_app(FURTHER);
    assert!(without_app.unwrap_err().to_string().contains("with_app before"));
}

#[test]
fn a_kratos_names_the_urls_that_browsers_reach() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous());
    assert_eq!(kratos.browser_urls(), [""; 0]);
    let kratos = kratos.with_app("https://a.example").unwrap().with_further_app("https://b.example").unwrap();
    assert_eq!(kratos.browser_urls(), ["https://a.example/", "https://b.example/"]);
    let kratos = kratos.with_browser_url("https://auth.example").unwrap();
    let auth = "https://auth.example/";
    assert_eq!(kratos.browser_urls(), ["https://a.example/", "https://b.example/", auth, auth]);
}
