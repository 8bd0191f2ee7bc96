//! What a response through the gateway does to the cache, and which events it makes.

#[cfg(feature = "fleet")]
mod fleet;
mod unsent;

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::{GatewayEventKind, GatewayOutcome, GatewayUpstream, SubmittedFlow};
use crate::{
    Kratos,
    credential::Credential,
    kratos::tests::upstream::{SESSION, Upstream},
    policy::RequestView,
};

const UNAUTHORIZED: &str = r#"{"error":{"code":401,"status":"Unauthorized","reason":"No valid session cookie found.","message":"The request could not be authorized"}}"#;
const OWN: &str = "9f425a8d-7efc-4768-8f23-7647a74fdf13";
const OTHER: &str = "00000000-0000-4000-8000-000000000002";
const STRANGERS: &str = "00000000-0000-4000-8000-000000000003";
/// A cookie each: of the request's session, of another session of its identity, and of a session of another identity.
const COOKIES: [&str; 3] =
    ["ory_kratos_session=OWN", "ory_kratos_session=OTHER", "ory_kratos_session=STRANGER"];

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(pair).collect()
}

/// Whoami, which knows the three cookies and the token `ory_st_OWN`.
async fn whoami() -> Upstream {
    Upstream::routed(|_, head| {
        let session = if head.contains("OTHER") {
            SESSION.replace(OWN, OTHER)
        } else if head.contains("STRANGER") {
            SESSION.replace(OWN, STRANGERS).replace("9ebc7ddf", "aaaaaaaa")
        } else if head.contains("STRAY") {
            return (401, String::new(), UNAUTHORIZED.to_owned());
        } else {
            SESSION.to_owned()
        };
        (200, String::new(), session)
    })
    .await
}

async fn visit(kratos: &Kratos, cookie: &str) {
    let headers = headers(&[("cookie", cookie)]);
    let request = RequestView::new("GET", "/", &headers);
    kratos.request(&headers).session(&request).await.expect("a session");
}

/// Which of the three sessions are cached after a request through the gateway, in order; and the events.
async fn after(
    cached: &[&str],
    method: Method,
    path: &str,
    sent: &[(&'static str, &str)],
    answer: Option<(u16, &[(&'static str, &str)])>,
) -> (Vec<bool>, Vec<(GatewayEventKind, GatewayOutcome)>) {
    let server = whoami().await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(Duration::from_secs(60));
    for cookie in cached {
        visit(&kratos, cookie).await;
    }
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    let mut passage = upstream.passage(&method, path, &headers(sent));
    let events = match answer {
        Some((status, answered)) => {
            passage.find_sessions().await.unwrap();
            passage.answered(StatusCode::from_u16(status).unwrap(), &headers(answered)).await
        }
        None => {
            passage.find_sessions().await.unwrap();
            passage.sent();
            drop(passage);
            Vec::new()
        }
    };
    let mut kept = Vec::new();
    for cookie in COOKIES {
        let asked = server.asked().len();
        visit(&kratos, cookie).await;
        kept.push(server.asked().len() == asked);
    }
    (kept, events.into_iter().map(|event| (event.kind, event.outcome)).collect())
}

const ISSUED: (&str, &str) = ("set-cookie", "ory_kratos_session=NEW; Path=/; HttpOnly");
const DELETED: (&str, &str) = ("set-cookie", "ory_kratos_session=; Path=/; Max-Age=0");
const OURS: (&str, &str) = ("cookie", COOKIES[0]);

#[tokio::test]
async fn a_response_drops_what_it_outdates_and_nothing_else() {
    use GatewayEventKind::{FlowSubmitted, OtherSessionsRevoked, SessionRevoked, SignedIn, SignedOut};
    use GatewayOutcome::{Refused, Succeeded, Unknown};
    let revoked = format!("/sessions/{OTHER}");
    let login = FlowSubmitted(SubmittedFlow::Login);
    let settings = FlowSubmitted(SubmittedFlow::Settings);
    let to_login = ("location", "http://x/self-service/login/browser?return_to=y");
    type Row<'a> = (
        Method,
        &'a str,
        u16,
        Vec<(&'static str, &'static str)>,
        [bool; 3],
        Vec<(GatewayEventKind, GatewayOutcome)>,
    );
    let rows: Vec<Row<'_>> = vec![
        (Method::GET, "/sessions/whoami", 200, vec![], [true, true, true], vec![]),
        (Method::GET, "/self-service/login/browser", 303, vec![], [true, true, true], vec![]),
        (
            Method::GET,
            "/self-service/logout",
            303,
            vec![DELETED],
            [false, true, true],
            vec![(SignedOut, Succeeded)],
        ),
        (
            Method::GET,
            "/self-service/logout",
            204,
            vec![DELETED],
            [false, true, true],
            vec![(SignedOut, Succeeded)],
        ),
        (Method::GET, "/self-service/logout", 403, vec![], [false, true, true], vec![(SignedOut, Refused)]),
        (Method::GET, "/self-service/logout", 303, vec![], [false, true, true], vec![(SignedOut, Unknown)]),
        (Method::DELETE, &revoked, 204, vec![], [false, false, true], vec![(SessionRevoked, Succeeded)]),
        (Method::DELETE, &revoked, 404, vec![], [false, true, true], vec![(SessionRevoked, Refused)]),
        (Method::DELETE, &revoked, 502, vec![], [false, false, true], vec![(SessionRevoked, Unknown)]),
        (
            Method::DELETE,
            "/sessions",
            200,
            vec![],
            [false, false, true],
            vec![(OtherSessionsRevoked, Succeeded)],
        ),
        (
            Method::DELETE,
            "/sessions",
            401,
            vec![],
            [false, true, true],
            vec![(OtherSessionsRevoked, Refused)],
        ),
        (
            Method::POST,
            "/self-service/settings",
            303,
            vec![],
            [false, false, true],
            vec![(settings, Unknown)],
        ),
        (
            Method::POST,
            "/self-service/settings",
            200,
            vec![],
            [false, false, true],
            vec![(settings, Succeeded)],
        ),
        (Method::POST, "/self-service/settings", 400, vec![], [false, true, true], vec![(settings, Refused)]),
        (
            Method::POST,
            "/self-service/settings",
            303,
            vec![to_login],
            [false, true, true],
            vec![(settings, Refused)],
        ),
        (
            Method::POST,
            "/self-service/login",
            303,
            vec![ISSUED],
            [false, false, true],
            vec![(login, Succeeded), (SignedIn, Succeeded)],
        ),
        (
            Method::POST,
            "/self-service/login",
            303,
            vec![DELETED, ISSUED],
            [false, false, true],
            vec![(login, Succeeded), (SignedIn, Succeeded)],
        ),
        (
            Method::POST,
            "/self-service/login",
            200,
            vec![],
            [false, false, true],
            vec![(login, Succeeded), (SignedIn, Succeeded)],
        ),
        (Method::POST, "/self-service/login", 303, vec![], [false, false, true], vec![(login, Unknown)]),
        (Method::POST, "/self-service/login", 400, vec![], [false, true, true], vec![(login, Refused)]),
        (Method::POST, "/self-service/login", 422, vec![], [false, false, true], vec![(login, Unknown)]),
    ];
    for (method, path, status, answer, kept, events) in rows {
        let case = format!("{method} {path} {status} {answer:?}");
        let found = after(&COOKIES, method, path, &[OURS], Some((status, &answer))).await;
        assert_eq!(found, (kept.to_vec(), events), "{case}");
    }
}

#[tokio::test]
async fn a_request_that_is_cut_off_counts_as_served() {
    let cut_off = async |method, path: &str| after(&COOKIES, method, path, &[OURS], None).await.0;
    assert_eq!(cut_off(Method::GET, "/self-service/logout").await, [false, true, true]);
    assert_eq!(cut_off(Method::DELETE, "/sessions").await, [false, false, true]);
    assert_eq!(cut_off(Method::DELETE, &format!("/sessions/{OTHER}")).await, [false, false, true]);
    assert_eq!(cut_off(Method::GET, "/sessions/whoami").await, [true, true, true]);
}

/// The cache has the other sessions, but not the one that the request carries.
#[tokio::test]
async fn a_session_that_the_cache_does_not_have_is_found_and_no_other_caller_pays() {
    let others = &COOKIES[1..];
    let kept =
        async |cookie: &'static str, method, path: &str, status, answer: &[(&'static str, &'static str)]| {
            let (kept, _) = after(others, method, path, &[("cookie", cookie)], Some((status, answer))).await;
            (kept[1], kept[2])
        };
    let (ours, made_up) = (COOKIES[0], "ory_kratos_session=STRAY");
    for (method, path, status, answer, others_kept) in [
        (Method::GET, "/self-service/logout", 303, DELETED, true),
        (Method::DELETE, "/sessions", 200, DELETED, false),
        (Method::POST, "/self-service/settings", 303, ("x-a", "b"), false),
        (Method::GET, "/self-service/methods/oidc/callback/x", 303, ("x-a", "b"), false),
        (Method::POST, "/self-service/unheard-of", 303, ("x-a", "b"), false),
        // The hook `revoke_active_sessions`: whose session the response issues is asked.
        (Method::POST, "/self-service/recovery", 303, ISSUED, false),
        (Method::POST, "/self-service/login", 303, ISSUED, false),
        (Method::POST, "/self-service/registration", 303, ISSUED, true),
        // What Kratos refuses.
        (Method::GET, "/self-service/logout", 403, ("x-a", "b"), true),
        (Method::DELETE, "/sessions", 401, ("x-a", "b"), true),
    ] {
        let found = kept(ours, method.clone(), path, status, &[answer]).await;
        assert_eq!(found, (others_kept, true), "{method} {path} {status}");
        if answer != ISSUED {
            let found = kept(made_up, method.clone(), path, status, &[answer]).await;
            assert_eq!(found, (true, true), "{method} {path} {status} of no session");
        }
    }
    // An anonymous caller empties nothing.
    for (path, status) in
        [("/self-service/settings", 303), ("/self-service/recovery", 303), ("/self-service/recovery", 200)]
    {
        let (kept, _) = after(others, Method::POST, path, &[], Some((status, &[]))).await;
        assert_eq!(kept[1..], [true, true], "{path}");
    }
}

/// Its cookie was re-issued: the cache has the same session under the earlier one.
#[tokio::test]
async fn a_session_is_not_served_under_its_earlier_cookie() {
    let earlier = "ory_kratos_session=STRANGER-EARLIER";
    for (method, path) in [(Method::GET, "/self-service/logout"), (Method::DELETE, "/sessions")] {
        let server = whoami().await;
        let kratos = Kratos::new(&server.url).unwrap().with_cache(Duration::from_secs(60));
        visit(&kratos, earlier).await;
        let upstream = GatewayUpstream::new(&kratos).unwrap();
        let carried = headers(&[("cookie", COOKIES[2])]);
        let mut passage = upstream.passage(&method, path, &carried);
        passage.find_sessions().await.unwrap();
        let events = passage.answered(StatusCode::NO_CONTENT, &headers(&[DELETED])).await;
        assert!(events[0].identity.is_some(), "{events:?}");
        let asked = server.asked().len();
        visit(&kratos, earlier).await;
        assert_eq!(server.asked().len(), asked + 1, "{path}: the entry was dropped");
    }
}

#[tokio::test]
async fn a_request_whose_session_kratos_does_not_tell_is_not_sent() {
    let server = Upstream::routed(|_, _| (500, String::new(), "{}".to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap();
    let find = async |kratos: &Kratos, method, path| {
        let upstream = GatewayUpstream::new(kratos).unwrap();
        let mut passage = upstream.passage(&method, path, &headers(&[OURS]));
        let found = passage.find_sessions().await;
        passage.not_sent();
        found
    };
    assert!(find(&kratos, Method::DELETE, "/sessions").await.is_ok(), "no cache, no question");
    let kratos = kratos.with_cache(Duration::from_secs(60));
    assert!(find(&kratos, Method::DELETE, "/sessions").await.unwrap_err() >= Duration::from_secs(1));
    assert!(find(&kratos, Method::POST, "/self-service/settings").await.is_err());
    assert!(find(&kratos, Method::POST, "/self-service/login").await.is_ok());
    let asked = server.asked().len();
    assert!(find(&kratos, Method::GET, "/sessions/whoami").await.is_ok());
    assert_eq!(server.asked().len(), asked);
}

#[tokio::test]
async fn a_native_logout_names_its_session_in_the_body() {
    let server = whoami().await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(Duration::from_secs(60));
    let token = "ory_st_0123456789012345678901234567890a";
    let carried = headers(&[("x-session-token", token)]);
    let request = RequestView::new("GET", "/", &carried);
    kratos.request(&carried).session(&request).await.unwrap();
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    for path in ["/self-service/logout/api", "/sessions"] {
        let mut passage = upstream.passage(&Method::DELETE, path, &HeaderMap::new());
        assert!(passage.needs_body(), "{path}");
        passage.read_body(br#"{"session_token": 1}"#);
        passage.read_body(format!("{{\"session_token\": \"{token}\"}}").as_bytes());
        assert!(!format!("{passage:?}").contains(token));
        let asked = server.asked().len();
        drop(passage.answered(StatusCode::NO_CONTENT, &HeaderMap::new()).await);
        kratos.request(&carried).session(&request).await.unwrap();
        assert_eq!(server.asked().len(), asked + 1, "{path}: the entry was dropped");
    }
    assert!(!upstream.passage(&Method::GET, "/sessions/whoami", &carried).needs_body());
}

#[test]
fn a_gateway_needs_a_url_that_is_not_its_own() {
    let gateway = |url: &str, app: &str, browsers: &str| {
        let kratos = Kratos::new(url).unwrap().with_app(app).unwrap().with_browser_url(browsers).unwrap();
        GatewayUpstream::new(&kratos)
    };
    let app = "https://example.org";
    let gateway_url = "https://example.org/.ory/kratos";
    let made = gateway("http://kratos:4433/public", app, gateway_url).unwrap();
    assert_eq!(made.gateway_url().unwrap().as_str(), gateway_url);
    for (url, path, asked, target) in [
        (
            "http://kratos:4433/public",
            "/sessions/whoami",
            "/sessions/whoami?a=%2F&b",
            "/public/sessions/whoami?a=%2F&b",
        ),
        ("http://kratos:4433/public/", "/schemas", "/.ory/kratos/schemas", "/public/schemas"),
        ("http://kratos:4433", "/schemas", "/.ory/kratos/schemas?", "/schemas?"),
        ("http://kratos:4433", "/schemas", "/schemas?a=%2F&b", "/schemas?a=%2F&b"),
        ("http://kratos:4433", "/schemas", "http://evil.example/schemas", "/schemas"),
    ] {
        let made = gateway(url, app, gateway_url).unwrap();
        let found = made.target(path, &asked.parse().unwrap()).unwrap().to_string();
        assert_eq!(found, format!("http://kratos:4433{target}"), "{asked}");
    }
    let longest = format!("/schemas?{}", "a".repeat(65_000));
    assert!(made.target("/schemas", &longest.parse().unwrap()).is_some());
    let longest = format!("/schemas?{}", "a".repeat(65_522));
    assert!(made.target("/schemas", &longest.parse().unwrap()).is_none(), "too long with the prefix");
    assert!(gateway(gateway_url, app, gateway_url).unwrap_err().to_string().contains("call itself"));
    let fixed = Kratos::from_resolver(crate::resolve::StaticResolver::anonymous());
    assert!(GatewayUpstream::new(&fixed).unwrap_err().to_string().contains("Kratos::new"));
}

/// A native logout with other credentials beside: the session that its body names ends.
#[tokio::test]
async fn the_session_that_a_body_names_is_looked_up_first() {
    let server = whoami().await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(Duration::from_secs(60));
    visit(&kratos, COOKIES[0]).await;
    let sent = headers(&[
        ("x-session-token", "ory_st_STRAY1"),
        ("authorization", "Bearer ory_st_STRAY2"),
        ("cookie", "ory_kratos_session=STRAY3"),
    ]);
    let upstream = GatewayUpstream::new(&kratos).unwrap();
    let mut passage = upstream.passage(&Method::DELETE, "/self-service/logout/api", &sent);
    passage.read_body(br#"{"session_token":"ory_st_OWN"}"#);
    passage.find_sessions().await.unwrap();
    passage.answered(StatusCode::NO_CONTENT, &HeaderMap::new()).await;
    assert!(kratos.cached_session(&cookie(&kratos, COOKIES[0])).is_none());
}

fn cookie(kratos: &Kratos, line: &str) -> Credential {
    kratos.credentials().cookie(&headers(&[("cookie", line)])).expect("a session cookie")
}
