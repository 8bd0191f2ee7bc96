//! The targets of redirects.

use crate::app::{GUARDED, ask, call, page, stage};
use axum::body::Body;
use std::time::Duration;

#[tokio::test]
async fn an_anonymous_form_is_refused_and_never_posted_elsewhere() {
    let (_kratos, app, _) = stage().await;
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in GUARDED.iter().filter(|path| **path != "/maybe") {
            let form = ask(method, path)
                .header("accept", "text/html")
                .header("sec-fetch-mode", "navigate")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("referer", "https://evil.example/form");
            let told = call(&app, form.body(Body::from("a=b")).unwrap()).await;
            assert_eq!(told.status, 401, "{method} {path}: {}", told.body);
            assert!(told.location().is_none(), "{method} {path}");
            assert!(!told.body.contains("evil.example"), "{method} {path}: {}", told.body);
        }
    }
}

#[tokio::test]
async fn a_page_is_redirected_with_303_to_the_configured_urls() {
    let (_kratos, app, _) = stage().await;
    for path in GUARDED.iter().filter(|path| **path != "/maybe") {
        let request = ask("GET", &format!("{path}?next=//evil.example"))
            .header("accept", "text/html")
            .header("x-forwarded-host", "evil.example")
            .body(Body::empty())
            .unwrap();
        let told = call(&app, request).await;
        assert_eq!(told.status, 303, "{path}: {}", told.body);
        let to = told.location().unwrap();
        let back = format!("https://app.example{path}?next=//evil.example");
        let mut expected = url::Url::parse("https://auth.example/self-service/login/browser").unwrap();
        expected.query_pairs_mut().append_pair("return_to", &back);
        assert_eq!(to, expected.as_str(), "never to the request's Host");
    }
}

#[tokio::test]
async fn a_loop_between_application_and_login_is_broken() {
    let (_kratos, app, _) = stage().await;
    let mut cookie = String::new();
    let mut led = 0;
    loop {
        let mut request = ask("GET", "/session").header("accept", "text/html");
        if !cookie.is_empty() {
            request = request.header("cookie", &cookie);
        }
        let told = call(&app, request.body(Body::empty()).unwrap()).await;
        if told.status != 303 {
            assert_eq!((told.status, told.id().as_str()), (401, "login_loop"), "{}", told.body);
            break;
        }
        led += 1;
        assert!(led < 10, "never broken");
        let line = told.cookies()[0].to_str().unwrap();
        line.split(';').next().unwrap().clone_into(&mut cookie);
    }
    assert!(led > 1, "one redirect is not a loop");
}

#[tokio::test]
async fn a_refused_request_still_relays_the_re_issued_cookie() {
    let (kratos, app, _) = stage().await;
    let bob = kratos.identity("bob@example.org").create();
    let session = kratos.session(&bob).with_expires_in(Duration::from_secs(60)).create();
    let extend = format!("{}/admin/sessions/{}/extend", kratos.admin_url(), session.id());
    assert_eq!(reqwest::Client::new().patch(extend).send().await.unwrap().status(), 200);
    for path in ["/verified", "/aal2", "/session", "/maybe"] {
        let told = call(&app, page(path, &session)).await;
        let cookies = told.cookies();
        let session_cookie = |line: &&&http::HeaderValue| line.as_bytes().starts_with(b"ory_kratos_session=");
        assert_eq!(cookies.iter().filter(session_cookie).count(), 1, "{path} ({}): {cookies:?}", told.status);
    }
    assert!(call(&app, page("/open", &session)).await.cookies().is_empty());
}
