//! Fixtures: identities, sessions, flows and mail, and calls of an application as a signed-in user.

#![allow(clippy::expect_used, reason = "test helpers")]

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{HeaderMap, Request, StatusCode};
use kratos_testkit::{AsUser, Fault, FlowKind, Proof, TestKratos, TestKratosBuilder, call};
use serde_json::{Value, json};

fn offline() -> TestKratos {
    TestKratos::builder().build_without_sockets().expect("a server")
}

async fn ask(kratos: &TestKratos, request: http::request::Builder) -> kratos_testkit::TestResponse {
    call(&kratos.public_service(), request).await
}

#[tokio::test]
async fn an_app_is_called_as_a_user() {
    let app: Router = Router::new().route(
        "/",
        get(|headers: HeaderMap| async move {
            headers.get("cookie").and_then(|value| value.to_str().ok()).unwrap_or("anonymous").to_owned()
        }),
    );
    let kratos = offline();
    let ada = kratos.sign_in("ada@example.org");
    assert_eq!(call(&app, Request::get("/").as_user(&ada)).await.text(), ada.cookie());
    assert_eq!(call(&app, Request::get("/")).await.text(), "anonymous");
}

#[tokio::test]
async fn the_same_server_answers_without_a_socket() {
    let kratos = offline();
    let ada = kratos.sign_in("ada@example.org");
    let whoami = ask(&kratos, Request::get("/sessions/whoami").as_user(&ada)).await;
    assert_eq!(whoami.json()["identity"]["traits"]["email"], "ada@example.org");
    let path = format!("/admin/sessions/{}", ada.id());
    assert_eq!(call(&kratos.admin_service(), Request::delete(path)).await.status, 204);
    assert_eq!(ask(&kratos, Request::get("/sessions/whoami").as_user(&ada)).await.status, 401);
    assert_eq!(kratos.count("/sessions/whoami"), 2);
    kratos.inject("/sessions/whoami", Fault::drop_connection());
    assert_eq!(ask(&kratos, Request::get("/sessions/whoami")).await.status, 500);
}

#[tokio::test]
async fn flows_are_created_in_any_state() {
    let kratos = offline();
    let ada = kratos.sign_in("ada@example.org");
    let flow = kratos.flow(FlowKind::Settings).with_session(&ada).with_error(4_000_007, "Taken.").create();
    let flow = flow.expect("a flow");
    let path = format!("/self-service/settings/flows?id={}", flow.id);
    let read = ask(&kratos, Request::get(&path).header("cookie", flow.cookie())).await.json();
    assert_eq!(read["ui"]["messages"][0]["id"], 4_000_007);

    let over = kratos.flow(FlowKind::Login).expired().create().expect("a flow");
    let path = format!("/self-service/login/flows?id={}", over.id);
    assert_eq!(ask(&kratos, Request::get(&path).header("cookie", over.cookie())).await.status, 410);

    let sent = kratos.flow(FlowKind::Recovery).with_state("sent_email").create().expect("a flow");
    assert_eq!(sent.json["state"], "sent_email");
    let refused = kratos.flow(FlowKind::Settings).create().expect_err("settings require a session");
    assert_eq!(refused["error"]["id"], "session_inactive");
    let refresh = kratos.flow(FlowKind::Login).with_session(&ada).with_query("refresh", "true").create();
    assert_eq!(refresh.expect("a flow").json["refresh"], true);
}

#[tokio::test]
async fn a_created_flow_can_be_submitted() {
    let kratos = offline();
    let ada = kratos.identity("ada@example.org").with_password("correct horse").create();
    let flow = kratos.flow(FlowKind::Login).create().expect("a flow");
    let body = json!({"method": "password", "identifier": ada.email, "password": "correct horse",
        "csrf_token": flow.csrf_token()});
    let done = post(&kratos, &format!("/self-service/login?flow={}", flow.id), flow.cookie(), &body).await;
    assert_eq!(done["session"]["identity"]["id"], json!(ada.id));
}

async fn post(kratos: &TestKratos, path: &str, cookie: &str, body: &Value) -> Value {
    use tower_service::Service;
    let request = Request::post(path)
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .header("cookie", cookie)
        .body(Body::from(body.to_string()))
        .expect("a request");
    let response = kratos.public_service().call(request).await.expect("an answer");
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[tokio::test]
async fn second_factors_of_fixtures_work() {
    let kratos = offline();
    let eve = kratos.identity("eve@example.org").with_totp().with_backup_codes().create();
    assert_eq!(eve.backup_codes.len(), 12);
    for (method, field, code) in [
        ("totp", "totp_code", eve.totp_at(kratos.clock().now()).expect("an app")),
        ("lookup_secret", "lookup_secret", eve.backup_codes[3].clone()),
    ] {
        let weak = kratos.session(&eve).create();
        let flow = kratos
            .flow(FlowKind::Login)
            .with_session(&weak)
            .with_query("aal", "aal2")
            .create()
            .expect("a flow");
        let body = json!({"method": method, field: code, "csrf_token": flow.csrf_token()});
        let done =
            post(&kratos, &format!("/self-service/login?flow={}", flow.id), flow.cookie(), &body).await;
        assert_eq!(done["session"]["authenticator_assurance_level"], "aal2", "{done}");
    }
}

#[tokio::test]
async fn privileges_end_by_the_clock() {
    let kratos = offline();
    let ada = kratos.identity("ada@example.org").with_password("correct horse").create();
    let session = kratos.session(&ada).with_authenticated_ago(Duration::from_secs(3601)).create();
    let flow = kratos.flow(FlowKind::Settings).with_session(&session).create().expect("a flow");
    let body = json!({"method": "password", "password": "battery staple", "csrf_token": flow.csrf_token()});
    let path = format!("/self-service/settings?flow={}", flow.id);
    let refused = post(&kratos, &path, flow.cookie(), &body).await;
    assert_eq!(refused["error"]["id"], "session_refresh_required");
}

#[tokio::test]
async fn an_inactive_identity_cannot_sign_in() {
    let kratos = offline();
    let eve = kratos.identity("eve@example.org").with_password("correct horse").inactive().create();
    let flow = kratos.flow(FlowKind::Login).create().expect("a flow");
    let body = json!({"method": "password", "identifier": eve.email, "password": "correct horse",
        "csrf_token": flow.csrf_token()});
    let refused = post(&kratos, &format!("/self-service/login?flow={}", flow.id), flow.cookie(), &body).await;
    assert_eq!(refused["error"]["message"], "identity is disabled");
}

#[tokio::test]
async fn verification_by_link_and_the_mailbox() {
    let builder =
        TestKratosBuilder::default().with_verification_by(Proof::Link).with_recovery_by(Proof::Link);
    let kratos = builder.build_without_sockets().expect("a server");
    let ada = kratos.identity("ada@example.org").create();
    let flow = kratos.flow(FlowKind::Verification).create().expect("a flow");
    let body = json!({"method": "link", "email": ada.email, "csrf_token": flow.csrf_token()});
    let sent =
        post(&kratos, &format!("/self-service/verification?flow={}", flow.id), flow.cookie(), &body).await;
    assert_eq!(sent["state"], "sent_email");
    let mail = kratos.last_mail_to("ada@example.org").expect("a message");
    let link = mail.link().expect("a link").strip_prefix(kratos.public_url()).expect("a path").to_owned();
    let page = ask(&kratos, Request::get(link).header("accept", "text/html")).await;
    assert!(page.location().is_some_and(|to| to.contains("/verification?flow=")), "{page:?}");
    let session = kratos.session(&ada).create();
    let whoami = ask(&kratos, Request::get("/sessions/whoami").as_user(&session)).await.json();
    assert_eq!(whoami["identity"]["verifiable_addresses"][0]["verified"], true);
}

#[tokio::test]
async fn a_custom_schema() {
    let schema = json!({"type": "object", "properties": {"traits": {"type": "object", "required": ["username"],
        "properties": {"username": {"type": "string", "title": "Username", "pattern": "^[a-z]+$",
            "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}}}}}}});
    let kratos = TestKratos::builder().with_schema("user", schema).build_without_sockets().expect("a server");
    let flow = kratos.flow(FlowKind::Registration).create().expect("a flow");
    let nodes = flow.json["ui"]["nodes"].as_array().expect("nodes").clone();
    assert!(
        nodes.iter().any(|node| node["attributes"]["name"] == "traits.username"
            && node["attributes"]["pattern"] == "^[a-z]+$"),
        "{nodes:?}"
    );
    let body = json!({"method": "password", "password": "correct horse", "traits": {"username": "UP"},
        "csrf_token": flow.csrf_token()});
    let path = format!("/self-service/registration?flow={}", flow.id);
    let refused = post(&kratos, &path, flow.cookie(), &body).await;
    assert!(refused.to_string().contains("4000004"), "{refused}");

    let broken = TestKratos::builder().with_schema("user", json!({"type": 7})).build_without_sockets();
    assert!(broken.expect_err("the schema is invalid").to_string().contains("\"user\""));
}

#[tokio::test]
async fn the_served_keys_verify_a_jwt() {
    let kratos = TestKratos::builder().with_jwt_template("jwt", Duration::from_secs(60));
    let kratos = kratos.build_without_sockets().expect("a server");
    let ada = kratos.sign_in("ada@example.org");
    let whoami = ask(&kratos, Request::get("/sessions/whoami?tokenize_as=jwt").as_user(&ada)).await.json();
    let keys = ask(&kratos, Request::get("/.well-known/jwks.json")).await.json();
    let key = serde_json::from_value(keys["keys"][0].clone()).expect("a JWK");
    let key = jsonwebtoken::DecodingKey::from_jwk(&key).expect("a key");
    let rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    let token = whoami["tokenized"].as_str().expect("a token");
    let claims = jsonwebtoken::decode::<Value>(token, &key, &rules).expect("a signature").claims;
    assert_eq!(claims["sid"], json!(ada.id()));
    assert_eq!(claims["iss"], format!("{}/", kratos.public_url()));
}

#[tokio::test]
async fn clean_up_deletes_only_what_ended_long_ago() {
    let kratos = offline();
    let ada = kratos.identity("ada@example.org").create();
    let short = kratos.session(&ada).with_expires_in(Duration::from_secs(60)).create();
    let long = kratos.session(&ada).create();
    let flow = kratos.flow(FlowKind::Login).create().expect("a flow");
    let path = format!("/self-service/login/flows?id={}", flow.id);
    let read = async || ask(&kratos, Request::get(&path).header("cookie", flow.cookie())).await.status;
    kratos.clock().advance(Duration::from_secs(2 * 3600));

    kratos.clean_up(Duration::from_secs(3 * 3600));
    assert_eq!(read().await, 410, "kept, and expired");
    kratos.clean_up(Duration::from_secs(60));
    assert_eq!(read().await, 404, "deleted");
    let whoami = async |session| ask(&kratos, Request::get("/sessions/whoami").as_user(session)).await.status;
    assert_eq!((whoami(&short).await, whoami(&long).await), (StatusCode::UNAUTHORIZED, StatusCode::OK));
}
