//! Cookies: too many, too large, and those in Kratos' response.

use axum::{Router, response::AppendHeaders, routing::get};
use kratos_core::{Kratos, resolve::HttpResolver};
use kratos_testkit::TestKratos;
use serde_json::json;

use crate::apps::{ask_actix, ask_axum, axum, linked};

async fn both(sessions: &Kratos, headers: &[(&str, &[u8])]) -> (u16, String) {
    let one = ask_axum(&axum(sessions.clone()), headers).await;
    assert_eq!(one, ask_actix(sessions.clone(), headers).await);
    (one.status, one.body)
}

#[tokio::test]
async fn the_session_is_found_among_hundreds_of_cookies() {
    let kratos = TestKratos::start().await.unwrap();
    let ada = kratos.identity("ada@example.org").create();
    let session = kratos.session(&ada).create();
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos.public_url()).unwrap());
    let many: Vec<String> = (0..900).map(|n| format!("tracker_{n}={}", "x".repeat(40))).collect();
    let line = format!("{}; {}; {}", many.join("; "), session.cookie(), many.join("; "));
    assert_eq!(both(&sessions, &[("cookie", line.as_bytes())]).await, (200, ada.id.to_string()));
    // One line each, as HTTP/2 allows.
    let lines: Vec<(&str, &[u8])> = many.iter().map(|pair| ("cookie", pair.as_bytes())).collect();
    let lines: Vec<_> = lines.into_iter().chain([("cookie", session.cookie().as_bytes())]).collect();
    assert_eq!(both(&sessions, &lines).await, (200, ada.id.to_string()));
    for request in kratos.requests() {
        assert_eq!(request.header("cookie"), Some(session.cookie()), "no other cookie was sent to Kratos");
    }
}

#[tokio::test]
async fn too_many_bytes_of_session_cookies_are_anonymous_and_never_an_error() {
    let kratos = TestKratos::start().await.unwrap();
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos.public_url()).unwrap());
    let one_large = format!("ory_kratos_session={}", "x".repeat(1024 * 1024));
    let many: Vec<String> = (0..500).map(|n| format!("ory_kratos_session={n}{}", "x".repeat(400))).collect();
    let nearly_large = vec![format!("ory_kratos_session={}", "x".repeat(16_000)); 40].join("; ");
    for line in [one_large, many.join("; "), nearly_large] {
        let (status, body) = both(&sessions, &[("cookie", line.as_bytes())]).await;
        assert_eq!(status, 401, "{} bytes: {body}", line.len());
    }
    for request in kratos.requests() {
        let length = request.headers["cookie"].len();
        assert!(length <= 16 * 1024, "{length} bytes of cookies went to Kratos");
    }
}

/// A Kratos, or a proxy before it, whose response sets cookies of all kinds.
async fn generous() -> String {
    let whoami = get(async || {
        let lines = [
            "ory_kratos_session=NEW; Path=/; HttpOnly; Max-Age=3600",
            "ory_kratos_session_other=FIXED; Path=/",
            "ory_session_x=FIXED; Path=/; Domain=example",
            "csrf_token_abc=FIXED; Path=/",
            "admin=1",
            "=x",
            "",
        ];
        let session = json!({"id": uuid::Uuid::nil(), "active": true, "identity": {"id": uuid::Uuid::nil()}});
        (AppendHeaders(lines.map(|line| ("set-cookie", line))), axum::Json(session))
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/sessions/whoami", whoami);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    format!("http://{address}")
}

#[tokio::test]
async fn no_response_sets_a_session_that_the_request_did_not_carry() {
    let kratos = generous().await;
    let sessions = || linked(Kratos::from_resolver(HttpResolver::new(&kratos).unwrap()));
    let new = "ory_kratos_session=NEW; Path=/; HttpOnly; Max-Age=3600".to_owned();
    let table: &[(&str, &str, &[&String])] = &[
        ("cookie", "ory_kratos_session=OLD", &[&new]),
        // A request with a session token gets no cookie: it is not from a browser, or the browser is being tricked.
        ("x-session-token", "ory_st_one", &[]),
        ("authorization", "Bearer ory_st_one", &[]),
        ("cookie", "other=1", &[]),
    ];
    for (name, value, cookies) in table {
        let headers: &[(&str, &[u8])] = &[(name, value.as_bytes())];
        for told in [ask_axum(&axum(sessions()), headers).await, ask_actix(sessions(), headers).await] {
            assert_eq!(told.cookies.iter().collect::<Vec<_>>(), *cookies, "{name}: {value}");
        }
    }
}
