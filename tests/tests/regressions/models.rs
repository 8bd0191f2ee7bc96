//! Responses that no release sends yet. (Other crates fail the whole session on one unknown value.)

use crate::app::{app, ask, call};
use axum::Router;
use axum::body::Body;
use axum::routing::{MethodRouter, get};
use http::{StatusCode, header};
use kratos_core::credential::Credential;
use kratos_core::model::Session;
use kratos_core::resolve::{Freshness, HttpResolver, Resolution, SessionResolver as _};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// Starts a server that answers every whoami alike, and returns its URL.
pub(crate) async fn stub(status: u16, body: String) -> String {
    let kind = if body.starts_with('{') { "application/json" } else { "text/html" };
    let status = StatusCode::from_u16(status).unwrap();
    serve(get(async move || (status, [(header::CONTENT_TYPE, kind)], body))).await
}

async fn serve(whoami: MethodRouter) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/sessions/whoami", whoami)).await });
    format!("http://{address}")
}

/// The whoami response of 26.2.0 for a signed-in user.
fn session() -> Value {
    let captures = concat!(env!("CARGO_MANIFEST_DIR"), "/captures/26.2.0/007-whoami-token.json");
    let exchange: Value = serde_json::from_str(&std::fs::read_to_string(captures).unwrap()).unwrap();
    let mut session = exchange["response"]["body"].clone();
    session["expires_at"] = json!("2999-01-01T00:00:00Z");
    session
}

/// A Kratos with a settable response, and its resolver. One for many responses: setting up TLS takes time.
struct Says {
    body: Arc<Mutex<String>>,
    resolver: HttpResolver,
}

impl Says {
    async fn new() -> Self {
        let body = Arc::<Mutex<String>>::default();
        let said = Arc::clone(&body);
        let whoami =
            get(async move || ([(header::CONTENT_TYPE, "application/json")], said.lock().unwrap().clone()));
        let resolver = HttpResolver::new(&serve(whoami).await).unwrap();
        Self { body, resolver }
    }

    async fn session(&self, body: &Value) -> Arc<Session> {
        *self.body.lock().unwrap() = body.to_string();
        let resolved = self.resolver.resolve(&Credential::session_token("ory_st_x"), Freshness::Live).await;
        match resolved.unwrap_or_else(|error| panic!("{error}: {body}")).resolution {
            Resolution::Active(session) => session,
            other => panic!("{other:?}: {body}"),
        }
    }
}

/// The JSON pointers of all places in a value.
fn places(value: &Value) -> Vec<String> {
    let below = |name: &str, value: &Value| {
        let mut places = vec![format!("/{name}")];
        places.extend(self::places(value).into_iter().map(|place| format!("/{name}{place}")));
        places
    };
    match value {
        Value::Object(members) => members.iter().flat_map(|(name, value)| below(name, value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, value)| below(&index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn unknown_enum_values_and_fields_are_kept() {
    let mut body = session();
    body["authenticator_assurance_level"] = json!("aal4");
    body["authentication_methods"][0]["method"] = json!("telepathy");
    body["authentication_methods"][0]["aal"] = json!("aal9");
    body["authentication_methods"][0]["region"] = json!("moon");
    body["identity"]["state"] = json!("dreaming");
    body["identity"]["verifiable_addresses"][0]["via"] = json!("pigeon");
    body["identity"]["verifiable_addresses"][0]["status"] = json!("flying");
    body["identity"]["colour"] = json!({"hue": [1, 2.5, null]});
    body["quantum"] = json!(true);
    let session = Says::new().await.session(&body).await;
    assert!(!session.has_second_factor(), "an unknown level counts as none");
    assert_eq!(serde_json::to_value(&*session).unwrap(), body, "and all of it survives a round trip");
    let app = app(&stub(200, body.to_string()).await);
    let request = |path| ask("GET", path).header("x-session-token", "ory_st_x").body(Body::empty()).unwrap();
    assert_eq!(call(&app, request("/session")).await.status, 200);
    assert_eq!(call(&app, request("/traits")).await.status, 200);
}

#[tokio::test]
async fn a_null_or_missing_member_loses_no_login() {
    let whole = session();
    let (places, kratos) = (places(&whole), Says::new().await);
    assert!(places.len() > 40, "{places:?}");
    for place in &places {
        // Without an id, a session or identity is invalid.
        if place == "/id" || place == "/identity/id" {
            continue;
        }
        let mut with_null = whole.clone();
        *with_null.pointer_mut(place).unwrap() = Value::Null;
        let (parent, name) = place.rsplit_once('/').unwrap();
        let mut without = whole.clone();
        match without.pointer_mut(parent).unwrap() {
            Value::Object(members) => drop(members.remove(name)),
            Value::Array(items) => drop(items.remove(name.parse().unwrap())),
            _ => unreachable!("a parent has members"),
        }
        for mutant in [with_null, without] {
            // Members that end the session must end it; the absence of any other must not.
            if place == "/active" || place == "/expires_at" {
                continue;
            }
            let session = kratos.session(&mutant).await;
            assert_eq!(session.id.to_string(), whole["id"].as_str().unwrap(), "{place}");
        }
    }
}

#[tokio::test]
async fn a_value_of_another_type_deep_inside_loses_no_login() {
    let (whole, kratos) = (session(), Says::new().await);
    let deep = |place: &&String| place.matches('/').count() >= 3 && !place.starts_with("/identity/traits");
    for place in places(&whole).iter().filter(deep) {
        for odd in [json!({"a": 1}), json!([[]]), json!(-1.5), json!("odd"), json!(true)] {
            let mut mutant = whole.clone();
            *mutant.pointer_mut(place).unwrap() = odd;
            assert_eq!(
                kratos.session(&mutant).await.id.to_string(),
                whole["id"].as_str().unwrap(),
                "{place}"
            );
        }
    }
}

#[tokio::test]
async fn an_ended_session_is_anonymous() {
    for (member, value) in [("active", json!(false)), ("expires_at", json!("2001-01-01T00:00:00Z"))] {
        let mut body = session();
        body[member] = value;
        let app = app(&stub(200, body.to_string()).await);
        let request =
            |path| ask("GET", path).header("x-session-token", "ory_st_x").body(Body::empty()).unwrap();
        assert_eq!(call(&app, request("/session")).await.status, 401, "{member}");
        assert_eq!(call(&app, request("/maybe")).await.body, "anonymous", "{member}");
    }
}
