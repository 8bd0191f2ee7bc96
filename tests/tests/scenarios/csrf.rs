//! CSRF protection, and who may read a flow.

use crate::visitor::{Visitor, error_id, person};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use reqwest::Method;
use serde_json::json;

pub(crate) const ALL: &[Scenario] = scenarios![
    reading_needs_the_cookie: "only its own browser can read a flow", [Modern];
    submitting_needs_the_token: "submitting needs the CSRF token", [Modern];
    wrong_token: "a wrong CSRF token is refused", [Modern];
    submitting_needs_the_cookie: "submitting needs the CSRF cookie", [Modern];
    page_goes_to_error: "a page without CSRF token is redirected to the error page", [Modern];
    token_in_header: "a CSRF token in a header alone is ignored", [Modern];
    every_fetch_masks_anew: "every form masks the CSRF token anew", [Modern];
    errors: "the error page reads its error", [Modern];
    health: "the server is healthy", [];
    unknown_path: "an unknown path is 404", [];
    schemas: "identity schemas are listed", [Modern];
];

async fn reading_needs_the_cookie(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let id = flow["id"].as_str().expect("an id");
    let mut stranger = Visitor::script(server);
    let answer = stranger.read("login", id).await.expect(&[403]);
    assert_eq!(error_id(&answer), "security_csrf_violation");
    assert!(answer.json()["error"]["details"]["reject_reason"].is_string());
    // the answer sets another CSRF cookie, which does not help
    assert!(stranger.jar.header().is_some());
    let _ = stranger.read("login", id).await.expect(&[403]);
}

async fn submitting_needs_the_token(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let answer = script.submit_raw("login", &flow, person.password_body()).await.expect(&[403]);
    assert_eq!(error_id(&answer), "security_csrf_violation");
}

async fn wrong_token(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let mut body = person.password_body();
    body["csrf_token"] = json!("bad");
    let answer = script.submit_raw("login", &flow, body).await.expect(&[403]);
    assert_eq!(error_id(&answer), "security_csrf_violation");
}

async fn submitting_needs_the_cookie(server: &'static Server) {
    let person = person(server).await;
    let flow = Visitor::script(server).begin("login", "").await;
    let answer = Visitor::script(server).submit("login", &flow, person.password_body()).await.expect(&[403]);
    assert_eq!(error_id(&answer), "security_csrf_violation");
}

async fn page_goes_to_error(server: &'static Server) {
    let person = person(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    let to = page.submit_raw("login", &flow, person.password_body()).await.expect(&[303]);
    let id = crate::visitor::flow_of(to.location());
    let error =
        Visitor::script(server).get(&format!("/self-service/errors?id={id}")).await.expect(&[200]).json();
    assert_eq!(error["error"]["id"], "security_csrf_violation");
}

async fn token_in_header(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let path = format!("/self-service/login?flow={}", flow["id"].as_str().expect("an id"));
    let token = crate::visitor::value(&flow, "csrf_token");
    let request = script.ask(Method::POST, &path).header("x-csrf-token", token).json(&person.password_body());
    let _ = script.send(request).await.expect(&[403]);
}

async fn every_fetch_masks_anew(server: &'static Server) {
    let mut script = Visitor::script(server);
    let one = crate::visitor::value(&script.begin("login", "").await, "csrf_token");
    let other = crate::visitor::value(&script.begin("login", "").await, "csrf_token");
    assert_ne!(one, other);
    assert_eq!(one.len(), 88);
}

async fn errors(server: &'static Server) {
    let mut script = Visitor::script(server);
    let _ = script.get("/self-service/errors?id=00000000-0000-0000-0000-000000000000").await.expect(&[404]);
    let stub = script.get("/self-service/errors?id=stub:500").await.expect(&[200]).json();
    assert_eq!(stub["error"]["code"], 500);
}

async fn health(server: &'static Server) {
    let mut native = Visitor::native(server);
    for path in ["/health/alive", "/health/ready"] {
        assert_eq!(native.get(path).await.expect(&[200]).json()["status"], "ok");
    }
}

async fn unknown_path(server: &'static Server) {
    let _ = Visitor::native(server).get("/nope").await.expect(&[404]);
}

async fn schemas(server: &'static Server) {
    let mut native = Visitor::native(server);
    let list = native.get("/schemas").await.expect(&[200]).json();
    assert!(
        list.as_array()
            .is_some_and(|list| list.iter().any(|schema| schema["id"] == server.schema_id.as_str()))
    );
    let one = native.get(&format!("/schemas/{}", server.schema_id)).await.expect(&[200]).json();
    assert!(one["properties"]["traits"]["properties"]["email"].is_object());
    let _ = native.get("/schemas/nope").await.expect(&[404]);
}
