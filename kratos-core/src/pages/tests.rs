mod account;
mod logout;

use http::{HeaderMap, HeaderName, HeaderValue};
use kratos_model::flow::{LoginFlow, RegistrationFlow};

use crate::{
    Kratos,
    kratos::tests::upstream::{SESSION, Upstream},
    pages::PageFlow,
    policy::{RequestView, Requirement},
    resolve::StaticResolver,
};

const FLOW: &str = r#"{"id":"9f425a8d-7efc-4768-8f23-7647a74fdf13","type":"browser",
    "expires_at":"3000-01-01T00:00:00Z","issued_at":"2026-01-01T00:00:00Z","request_url":"https://app.example/",
    "ui":{"action":"https://app.example/self-service/login","method":"POST","nodes":[]}}"#;

/// A browser that stores the loop breaker's cookie.
#[derive(Default)]
struct Browser {
    cookie: Option<HeaderValue>,
}

impl Browser {
    fn headers(&self) -> HeaderMap {
        let accept = (HeaderName::from_static("accept"), HeaderValue::from_static("text/html"));
        let cookie = self.cookie.clone().map(|cookie| (HeaderName::from_static("cookie"), cookie));
        [accept].into_iter().chain(cookie).collect()
    }

    fn store(&mut self, set_cookie: Option<&HeaderValue>) {
        let Some(line) = set_cookie.map(|line| line.to_str().unwrap()) else { return };
        let pair = line.split(';').next().unwrap();
        self.cookie = if line.contains("Max-Age=0") { None } else { HeaderValue::from_str(pair).ok() };
    }

    /// Visits a guarded page and returns the status.
    async fn guarded(&mut self, kratos: &Kratos) -> u16 {
        let headers = self.headers();
        let request = RequestView::new("GET", "/account", &headers);
        let rejection =
            kratos.request(&headers).require(&Requirement::signed_in(), &request).await.unwrap_err();
        self.store(rejection.response().headers.get("set-cookie"));
        rejection.response().status.as_u16()
    }

    /// Shows the page of a flow.
    async fn shown<F: PageFlow>(&mut self, kratos: &Kratos) {
        let headers = self.headers();
        let request = RequestView::new("GET", "/page?flow=9f425a8d-7efc-4768-8f23-7647a74fdf13", &headers);
        let session = kratos.request(&headers);
        session.flow::<F, _>(&request).await.unwrap();
        let added: HeaderMap = session.response_headers().headers(&HeaderMap::new()).collect();
        self.store(added.get("set-cookie"));
    }
}

/// The `https` site has another cookie name.
async fn kratos(server: &Upstream, app: &str) -> Kratos {
    let client = Kratos::new(&server.url).unwrap().client().unwrap().clone();
    let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_client(client);
    kratos.with_app(app).unwrap().with_browser_url(app).unwrap()
}

#[tokio::test]
async fn a_login_page_that_is_shown_ends_the_count_of_redirects() {
    let server = Upstream::start(|_| (200, FLOW.to_owned())).await;
    for app in ["https://app.example", "http://localhost:3000"] {
        let kratos = kratos(&server, app).await;
        let mut browser = Browser::default();
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(browser.guarded(&kratos).await, 303, "{app}");
            }
            browser.shown::<LoginFlow>(&kratos).await;
            assert!(browser.cookie.is_none(), "{app}");
        }
        // Another page does not prove that login works.
        for _ in 0..4 {
            assert_eq!(browser.guarded(&kratos).await, 303, "{app}");
        }
        browser.shown::<RegistrationFlow>(&kratos).await;
        assert_eq!(browser.guarded(&kratos).await, 401, "{app}");
    }
}

/// Any user can read a native flow by its id; a browser cannot submit it.
#[tokio::test]
async fn a_native_flow_is_replaced_by_a_new_one() {
    let server = Upstream::start(|_| (200, FLOW.replace("\"browser\"", "\"api\""))).await;
    let kratos = kratos(&server, "https://app.example").await;
    let headers = Browser::default().headers();
    let path = "/login?flow=9f425a8d-7efc-4768-8f23-7647a74fdf13&return_to=%2Fa";
    let request = RequestView::new("GET", path, &headers);
    let rejection = kratos.request(&headers).flow::<LoginFlow, _>(&request).await.unwrap_err();
    let response = rejection.response();
    assert_eq!(response.status, 303);
    let to = "https://app.example/self-service/login/browser?return_to=%2Fa";
    assert_eq!(response.headers["location"], to);
}

/// 1,500 pages before a Kratos whose flows hang: they hold 128 connections, the others are answered at once, and guards are
/// not held up.
#[tokio::test]
async fn pages_before_an_unresponsive_kratos_are_limited_and_hold_up_no_guard() {
    let server = Upstream::routed(|_, head| {
        let hangs = head.starts_with("GET /self-service/");
        (if hangs { 0 } else { 200 }, String::new(), SESSION.to_owned())
    })
    .await;
    let kratos = Kratos::new(&server.url).unwrap().with_app("https://app.example").unwrap();
    let (sender, mut refused) = tokio::sync::mpsc::unbounded_channel();
    let pages: Vec<_> = (0..1500)
        .map(|_| {
            let (kratos, sender) = (kratos.clone(), sender.clone());
            tokio::spawn(async move {
                let headers = Browser::default().headers();
                let path = "/login?flow=9f425a8d-7efc-4768-8f23-7647a74fdf13";
                let request = RequestView::new("GET", path, &headers);
                let rejection = kratos.request(&headers).flow::<LoginFlow, _>(&request).await.unwrap_err();
                sender.send(rejection.response().clone()).unwrap();
            })
        })
        .collect();
    // Those without a place; the others time out later.
    for _ in 0..1500 - 128 {
        let response = refused.recv().await.unwrap();
        assert_eq!((response.status.as_u16(), response.headers.contains_key("retry-after")), (503, true));
    }
    let held = server.asked().len();
    assert!(held <= 128, "{held} connections");
    let headers = [(HeaderName::from_static("x-session-token"), HeaderValue::from_static("ory_st_a"))];
    let headers = HeaderMap::from_iter(headers);
    let guarded = RequestView::new("GET", "/account", &headers);
    kratos.request(&headers).require(&Requirement::signed_in(), &guarded).await.unwrap();
    pages.iter().for_each(tokio::task::JoinHandle::abort);
}

/// Without its CSRF cookie the browser could not submit the flow.
#[tokio::test]
async fn the_cookies_of_a_shown_flow_reach_the_browser() {
    let server = Upstream::routed(|_, _| {
        (200, "Set-Cookie: csrf_token=a; Path=/\r\nSet-Cookie: b=c\r\n".to_owned(), FLOW.to_owned())
    })
    .await;
    let kratos = kratos(&server, "https://app.example").await;
    let headers = Browser::default().headers();
    let request = RequestView::new("GET", "/login?flow=9f425a8d-7efc-4768-8f23-7647a74fdf13", &headers);
    let session = kratos.request(&headers);
    session.flow::<LoginFlow, _>(&request).await.unwrap();
    let added: HeaderMap = session.response_headers().headers(&HeaderMap::new()).collect();
    let cookies: Vec<_> = added.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["csrf_token=a; Path=/", "b=c"]);
    assert!(added["cache-control"].to_str().unwrap().contains("no-store"), "{added:?}");
}

/// 65 KB of query: a bounded number of parameters is kept.
#[tokio::test]
async fn a_page_with_thousands_of_parameters_keeps_few() {
    let server = Upstream::start(|_| (200, FLOW.to_owned())).await;
    let kratos = kratos(&server, "https://app.example").await;
    let headers = Browser::default().headers();
    let query: String = (0..4_000).map(|number| format!("p{number}=&q{number}=1&")).collect();
    let path = format!("/login?{query}");
    let request = RequestView::new("GET", &path, &headers);
    let rejection = kratos.request(&headers).flow::<LoginFlow, _>(&request).await.unwrap_err();
    let to = rejection.response().headers["location"].to_str().unwrap();
    assert_eq!(to.matches('=').count(), 32, "of the first 64, those with a value");
}

/// Each of these says that the flow cannot be used, and a new one can.
#[tokio::test]
async fn an_unusable_flow_is_replaced_and_a_failing_kratos_is_not() {
    let body = |code: u16, id: &str, reason: &str| {
        format!(r#"{{"error":{{"code":{code},"id":"{id}","message":"m","reason":"{reason}"}}}}"#)
    };
    for (status, id, reason, expected) in [
        (404, "", "", 303),
        (410, "", "", 303),
        (400, "security_csrf_violation", "", 303),
        (403, "", "A request failed due to a missing or invalid CSRF token.", 303),
        (400, "security_identity_mismatch", "", 303),
        (400, "self_service_flow_replaced", "", 303),
        (400, "other", "", 500),
        (500, "", "", 503),
    ] {
        let body = body(status, id, reason);
        let server = Upstream::start(move |_| (status, body.clone())).await;
        let kratos = kratos(&server, "https://app.example").await;
        let headers = Browser::default().headers();
        let path = "/login?flow=9f425a8d-7efc-4768-8f23-7647a74fdf13";
        let request = RequestView::new("GET", path, &headers);
        let rejection = kratos.request(&headers).flow::<LoginFlow, _>(&request).await.unwrap_err();
        assert_eq!(rejection.response().status, expected, "{status} {id} {reason}");
    }
}

/// The error that Kratos has no more, or that is another's, is a redirect home; an outage is not.
#[tokio::test]
async fn an_error_page_shows_the_error_or_redirects_home() {
    let error = r#"{"id":"9f425a8d-7efc-4768-8f23-7647a74fdf13","error":{"code":500,"reason":"why"}}"#;
    for (query, status, expected) in [
        ("?id=ID", 200, None),
        ("?error=ID", 200, None),
        ("", 200, Some(303)),
        ("?id=", 200, Some(303)),
        ("?id=ID", 404, Some(303)),
        ("?id=ID", 403, Some(303)),
        ("?id=ID", 500, Some(503)),
    ] {
        let server = Upstream::start(move |_| (status, error.to_owned())).await;
        let kratos = kratos(&server, "https://app.example").await;
        let headers = Browser::default().headers();
        let path = format!("/error{query}").replace("ID", "9f425a8d-7efc-4768-8f23-7647a74fdf13");
        let request = RequestView::new("GET", &path, &headers);
        let outcome = kratos.request(&headers).bind(&request).flow_error().await;
        match outcome {
            Ok(found) => {
                assert_eq!(expected, None, "{query} {status}");
                assert!(found.errors().any(|error| error.reason.as_deref() == Some("why")));
            }
            Err(rejection) => {
                assert_eq!(Some(rejection.response().status.as_u16()), expected, "{query} {status}");
            }
        }
    }
}

/// Hydra sends its errors in the URL; only a UUID or a name in development is the id of one that Kratos recorded.
#[tokio::test]
async fn an_error_of_oauth_2_is_shown_as_text() {
    let client = Kratos::new("http://127.0.0.1:9").unwrap().client().unwrap().clone();
    let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_client(client);
    let app = "https://app.example";
    let kratos = kratos.with_app(app).unwrap().with_browser_url(app).unwrap();
    let headers = Browser::default().headers();
    let ask = async |path: &str| {
        kratos.request(&headers).flow_error(&RequestView::new("GET", path, &headers)).await
    };
    let shown = ask("/error?error=access_denied&error_description=The+user+refused&error_hint=Try+again")
        .await
        .unwrap();
    let body = shown.errors().next().unwrap();
    assert_eq!((&*shown.id, &*body.message), ("access_denied", "The user refused Try again"));
    let bare = ask("/error?error=invalid_scope").await.unwrap();
    assert_eq!(bare.errors().next().unwrap().message, "invalid_scope");
    let long = ask(&format!("/error?error=x&error_description={}", "a".repeat(4000))).await.unwrap();
    assert!(long.errors().next().unwrap().message.len() < 1000);
    // No error, and an id that cannot be one: home. An id: Kratos is called, and is unreachable here.
    for (path, status) in [
        ("/error", 303),
        ("/error?id=../../sessions", 303),
        ("/error?id=9f425a8d-7efc-4768-8f23-7647a74fdf13", 503),
        ("/error?error=9f425a8d-7efc-4768-8f23-7647a74fdf13", 503),
        ("/error?id=stub:500", 503),
    ] {
        assert_eq!(ask(path).await.unwrap_err().response().status, status, "{path}");
    }
}
