//! whoami over a socket: credentials, their precedence, and the response of Kratos 26.2.0 to each.

#![allow(clippy::expect_used, reason = "test helpers")]

use std::time::Duration;

use kratos_testkit::{RequiredAal, TestKratos};
use reqwest::{Client, Method, Response};
use serde_json::Value;

async fn ask(kratos: &TestKratos, headers: &[(&str, &str)]) -> Response {
    let mut request = Client::new().get(format!("{}/sessions/whoami", kratos.public_url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn token_wins_over_cookie_and_cookie_over_bearer() {
    let kratos = TestKratos::start().await.expect("a server");
    let (ada, bob) =
        (kratos.identity("ada@example.org").create(), kratos.identity("bob@example.org").create());
    let (a, b) = (kratos.session(&ada).create(), kratos.session(&bob).create());
    let revoked = kratos.session(&ada).create();
    kratos.revoke(revoked.id());
    let bearer = |token: &str| format!("Bearer {token}");
    let (bearer_b, bearer_lower) = (bearer(b.session_token()), format!("bearer {}", b.session_token()));
    let stale_first = format!("{}; {}", revoked.cookie(), a.cookie());
    let unreadable_first = format!("ory_kratos_session=garbage; {}", a.cookie());
    let escaped = a.cookie().replace('=', "%3D").replacen("%3D", "=", 1);

    // headers, status, the session's user
    type Row<'a> = (&'a [(&'a str, &'a str)], u16, Option<&'a str>);
    let table: &[Row<'_>] = &[
        (&[], 401, None),
        (&[("x-session-token", "ory_st_nope")], 401, None),
        (&[("x-session-token", b.session_token())], 200, Some("bob")),
        (&[("authorization", &bearer_b)], 200, Some("bob")),
        (&[("authorization", &bearer_lower)], 200, Some("bob")),
        (&[("authorization", "Basic eDp5")], 401, None),
        (&[("cookie", a.cookie())], 200, Some("ada")),
        (&[("cookie", &escaped)], 401, None),
        (&[("cookie", revoked.cookie())], 401, None),
        (&[("cookie", &stale_first)], 401, None),
        (&[("cookie", &unreadable_first)], 200, Some("ada")),
        (&[("x-session-token", "garbage"), ("cookie", a.cookie())], 401, None),
        (&[("x-session-token", b.session_token()), ("cookie", a.cookie())], 200, Some("bob")),
        (&[("authorization", &bearer_b), ("cookie", a.cookie())], 200, Some("ada")),
        (&[("authorization", &bearer_b), ("cookie", "ory_kratos_session=garbage")], 500, None),
        (&[("x-session-token", b.session_token()), ("cookie", "ory_kratos_session=garbage")], 500, None),
        (&[("cookie", "ory_kratos_session=garbage")], 401, None),
    ];
    for (headers, status, whose) in table {
        let answer = ask(&kratos, headers).await;
        assert_eq!(answer.status(), *status, "{headers:?}");
        let ada_or_bob = answer
            .headers()
            .get("x-kratos-authenticated-identity-id")
            .map(|id| if id.to_str().unwrap() == ada.id.to_string() { "ada" } else { "bob" });
        if *status == 200 {
            assert_eq!(ada_or_bob, *whose, "{headers:?}");
        }
        let body: Value = answer.json().await.expect("JSON");
        if *status == 401 {
            assert!(body["error"].get("id").is_none() && body["error"]["code"] == 401, "{body}");
        }
    }
}

#[tokio::test]
async fn every_method_is_answered_and_headers_are_as_recorded() {
    let kratos = TestKratos::start().await.expect("a server");
    for method in [Method::GET, Method::POST, Method::PUT, Method::OPTIONS, Method::HEAD] {
        let get = method == Method::GET;
        let url = format!("{}/sessions/whoami", kratos.public_url());
        let answer = Client::new().request(method, url).send().await.expect("an answer");
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.headers()["content-type"], "application/json");
        assert_eq!(answer.headers()["ory-error-id"], "");
        assert_eq!(answer.headers()["vary"], "Cookie");
        assert_eq!(answer.headers().contains_key("cache-control"), get);
        assert!(!answer.headers().contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn an_enrolled_second_factor_is_required() {
    let kratos = TestKratos::start().await.expect("a server");
    let eve = kratos.identity("eve@example.org").with_totp().create();
    let weak = kratos.session(&eve).create();
    let answer = ask(&kratos, &[("x-session-token", weak.session_token())]).await;
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.headers()["ory-error-id"], "session_aal2_required");
    let body: Value = answer.json().await.expect("JSON");
    let to = format!("{}/self-service/login/browser?aal=aal2", kratos.public_url());
    assert_eq!(body["redirect_browser_to"], to);
    assert_eq!(body["error"]["details"]["redirect_browser_to"], to);

    let strong = kratos.session(&eve).with_aal2().create();
    let body: Value =
        ask(&kratos, &[("x-session-token", strong.session_token())]).await.json().await.expect("JSON");
    assert_eq!(body["authenticator_assurance_level"], "aal2");

    let lenient =
        TestKratos::builder().with_whoami_required_aal(RequiredAal::Aal1).start().await.expect("a server");
    let eve = lenient.identity("eve@example.org").with_totp().create();
    let weak = lenient.session(&eve).create();
    assert_eq!(ask(&lenient, &[("x-session-token", weak.session_token())]).await.status(), 200);
}

#[tokio::test]
async fn an_extended_session_sets_its_longer_cookie_once() {
    let kratos = TestKratos::start().await.expect("a server");
    let ada = kratos.identity("ada@example.org").create();
    let session = kratos.session(&ada).create();
    kratos.clock().advance(Duration::from_secs(3600));
    let extend = format!("{}/admin/sessions/{}/extend", kratos.admin_url(), session.id());
    assert_eq!(Client::new().patch(extend).send().await.expect("an answer").status(), 200);

    let answer = ask(&kratos, &[("cookie", session.cookie())]).await;
    let set = answer.headers()["set-cookie"].to_str().expect("text").to_owned();
    assert!(set.starts_with("ory_kratos_session=") && set.contains("; Max-Age=86399"), "{set}");
    let again = ask(&kratos, &[("cookie", set.split(';').next().unwrap())]).await;
    assert!(again.status() == 200 && !again.headers().contains_key("set-cookie"));
    let token = ask(&kratos, &[("x-session-token", session.session_token())]).await;
    assert!(!token.headers().contains_key("set-cookie"));
}

#[tokio::test]
async fn sessions_end_by_the_clock() {
    let kratos = TestKratos::start().await.expect("a server");
    let ada = kratos.identity("ada@example.org").create();
    let session = kratos.session(&ada).with_expires_in(Duration::from_secs(60)).create();
    assert_eq!(ask(&kratos, &[("cookie", session.cookie())]).await.status(), 200);
    kratos.clock().advance(Duration::from_secs(61));
    assert_eq!(ask(&kratos, &[("cookie", session.cookie())]).await.status(), 401);
}

#[tokio::test]
async fn cacheable_sessions_carry_their_duration() {
    let cacheable = TestKratos::builder().with_cacheable_sessions(Duration::from_secs(30));
    let kratos = cacheable.start().await.expect("a server");
    let ada = kratos.identity("ada@example.org").create();
    let session = kratos.session(&ada).create();
    let cache_for =
        |answer: Response| answer.headers().get("ory-session-cache-for").map(|v| v.as_bytes().to_vec());
    assert_eq!(cache_for(ask(&kratos, &[("cookie", session.cookie())]).await), Some(b"30".to_vec()));
    assert_eq!(cache_for(ask(&kratos, &[]).await), Some(b"60".to_vec()));
    assert_eq!(cache_for(ask(&kratos, &[("x-session-token", "bad")]).await), None);
    let plain = TestKratos::start().await.expect("a server");
    assert_eq!(cache_for(ask(&plain, &[]).await), None);
}

#[tokio::test]
async fn secrets_stay_out_of_debug() {
    let kratos = TestKratos::start().await.expect("a server");
    let ada = kratos.identity("ada@example.org").with_password("correct horse battery").create();
    let session = kratos.session(&ada).create();
    ask(&kratos, &[("cookie", session.cookie()), ("x-session-token", session.session_token())]).await;
    let shown = format!("{kratos:?} {session:?} {ada:?} {:?}", kratos.requests());
    let value = session.cookie().split_once('=').unwrap().1;
    assert!(!shown.contains(value) && !shown.contains(session.session_token()));
    assert!(!shown.contains("$2b$") && !shown.contains("correct horse battery"));
}
