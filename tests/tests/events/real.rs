//! A real Kratos sends its traces to an application, whose cache keeps sessions for an hour. After each revocation the time is
//! measured until the application refuses the session.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use kratos_axum::{
    Kratos, KratosLayer, Session,
    events::{EventReceiver, HookAuth},
};
use kratos_tests::program::{Program, programs};
use reqwest::Method;
use serde_json::{Value, json};

use crate::hostile::KEY;

/// Longer than the pause between two exports of Kratos, which is 5 s.
const SOON: Duration = Duration::from_secs(15);
const PASSWORD: &str = "correct-horse-battery-9";

const TRACING: &str = r#"
tracing:
  provider: otel
  service_name: kratos
  providers:
    otlp:
      server_url: "@APP@"
      insecure: true
      authorization_header: "Bearer a-key-of-22-characters"
      sampling: {sampling_ratio: 1}
selfservice:
  flows:
    login: {after: {password: {hooks: [{hook: revoke_active_sessions}]}}}
"#;

struct Place {
    http: reqwest::Client,
    program: Program,
    app: String,
}

#[derive(Clone, Debug)]
struct User {
    identity: String,
    email: String,
    session: String,
    token: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn revocations_of_a_real_kratos_reach_the_cache() {
    let programs = programs();
    if programs.is_empty() {
        println!("events: NOT RUN on a real Kratos: set KRATOS_PROGRAM to the path of a kratos");
    }
    for path in programs {
        let place = Place::start(&path).await;
        println!("{}", path.display());
        place.revocations().await;
        place.changes().await;
        place.an_unsampled_request_hides_its_events().await;
    }
}

impl Place {
    async fn start(path: &Path) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let app = listener.local_addr().unwrap().to_string();
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/src/hooks/person.schema.json");
        let config = include_str!("../../src/hooks/kratos.yml").replace("@SCHEMA@", schema);
        let config = config.replace("@APP@", &format!("http://{app}"));
        let tracing = TRACING.replace("@APP@", &app);
        let program = Program::start(path, &[("kratos.yml", &config), ("tracing.yml", &tracing)]).await;
        let kratos = Kratos::new(&program.public_url).unwrap().with_cache(Duration::from_secs(3600));
        let events = EventReceiver::traces(&kratos, HookAuth::bearer(KEY).unwrap());
        let routes = Router::new()
            .route(
                "/me",
                get(async |session: Session| {
                    session.identity.as_ref().unwrap().traits.as_ref().unwrap().as_str().to_owned()
                }),
            )
            .layer(KratosLayer::new(kratos))
            .route_service("/v1/traces", events);
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { http: reqwest::Client::new(), program, app: format!("http://{app}") }
    }

    async fn call(&self, method: Method, url: &str, token: &str, body: Value) -> Value {
        let request = self.http.request(method, url).header("accept", "application/json");
        let request = if token.is_empty() { request } else { request.header("x-session-token", token) };
        let response = if body.is_null() { request } else { request.json(&body) }.send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{url}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    async fn public(&self, method: Method, path: &str, token: &str, body: Value) -> Value {
        self.call(method, &format!("{}{path}", self.program.public_url), token, body).await
    }

    async fn admin(&self, method: Method, path: &str, body: Value) -> Value {
        self.call(method, &format!("{}/admin{path}", self.program.admin_url), "", body).await
    }

    /// Creates an identity by an administrator, so that no flow of it is in the traces later.
    async fn new_user(&self) -> User {
        let email = format!("{}@example.org", uuid::Uuid::new_v4().simple());
        let body = json!({"schema_id": "person", "traits": {"email": email},
            "credentials": {"password": {"config": {"password": PASSWORD}}}});
        let identity = self.admin(Method::POST, "/identities", body).await["id"].as_str().unwrap().to_owned();
        self.login(User { identity, email, session: String::new(), token: String::new() }).await
    }

    async fn login(&self, user: User) -> User {
        let flow = self.public(Method::GET, "/self-service/login/api", "", Value::Null).await;
        let body = json!({"method": "password", "identifier": user.email, "password": PASSWORD});
        let login = self.call(Method::POST, flow["ui"]["action"].as_str().unwrap(), "", body).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        User { session: text(&login["session"]["id"]), token: text(&login["session_token"]), ..user }
    }

    /// Lets the application cache the session, after the traces of what went before are gone.
    async fn cached(&self, user: User) -> User {
        tokio::time::sleep(Duration::from_secs(6)).await;
        assert!(self.me(&user).await.is_some());
        user
    }

    async fn me(&self, user: &User) -> Option<String> {
        let request = self.http.get(format!("{}/me", self.app)).header("x-session-token", &user.token);
        let response = request.send().await.unwrap();
        match response.status().as_u16() {
            200 => Some(response.text().await.unwrap()),
            401 => None,
            other => panic!("{other}"),
        }
    }

    /// Waits until the application sees what it should, and prints how long it took.
    async fn soon(&self, what: &str, user: &User, seen: impl Fn(Option<String>) -> bool) {
        let started = Instant::now();
        while !seen(self.me(user).await) {
            assert!(started.elapsed() < SOON, "{what}: not within {SOON:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        println!("  {what}: after {:.1} s", started.elapsed().as_secs_f32());
    }

    async fn revocations(&self) {
        let delete = Method::DELETE;
        let user = self.cached(self.new_user().await).await;
        self.public(delete.clone(), "/self-service/logout/api", "", json!({"session_token": user.token}))
            .await;
        self.soon("logout of a native app", &user, |me| me.is_none()).await;

        let user = self.cached(self.new_user().await).await;
        self.admin(delete.clone(), &format!("/sessions/{}", user.session), Value::Null).await;
        self.soon("DELETE /admin/sessions/{id}", &user, |me| me.is_none()).await;

        let user = self.cached(self.new_user().await).await;
        self.admin(delete.clone(), &format!("/identities/{}/sessions", user.identity), Value::Null).await;
        self.soon("DELETE /admin/identities/{id}/sessions", &user, |me| me.is_none()).await;

        let user = self.cached(self.new_user().await).await;
        self.admin(delete, &format!("/identities/{}", user.identity), Value::Null).await;
        self.soon("DELETE /admin/identities/{id}", &user, |me| me.is_none()).await;

        // The hook `revoke_active_sessions` ends the first of two sessions.
        let user = self.cached(self.new_user().await).await;
        let other = self.login(user.clone()).await;
        self.soon("login with the hook revoke_active_sessions", &user, |me| me.is_none()).await;
        assert!(self.me(&other).await.is_some());
    }

    async fn changes(&self) {
        let user = self.cached(self.new_user().await).await;
        let email = format!("{}@example.org", uuid::Uuid::new_v4().simple());
        let patch = json!([{"op": "replace", "path": "/traits/email", "value": email}]);
        self.admin(Method::PATCH, &format!("/identities/{}", user.identity), patch).await;
        self.soon("traits by an administrator", &user, |me| me.unwrap().contains(&email)).await;

        let user = self.cached(self.new_user().await).await;
        let email = format!("{}@example.org", uuid::Uuid::new_v4().simple());
        let flow = self.public(Method::GET, "/self-service/settings/api", &user.token, Value::Null).await;
        let body = json!({"method": "profile", "traits": {"email": email}});
        self.call(Method::POST, flow["ui"]["action"].as_str().unwrap(), &user.token, body).await;
        self.soon("traits in settings", &user, |me| me.unwrap().contains(&email)).await;

        let user = self.cached(self.new_user().await).await;
        let patch = json!([{"op": "replace", "path": "/state", "value": "inactive"}]);
        self.admin(Method::PATCH, &format!("/identities/{}", user.identity), patch).await;
        self.soon("deactivation by an administrator", &user, |me| me.is_none()).await;
    }

    /// What the guide says does not work: a caller whose trace is unsampled.
    async fn an_unsampled_request_hides_its_events(&self) {
        let user = self.cached(self.new_user().await).await;
        let request = self
            .http
            .delete(format!("{}/self-service/logout/api", self.program.public_url))
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
            .json(&json!({"session_token": user.token}));
        assert_eq!(request.send().await.unwrap().status(), 204);
        tokio::time::sleep(Duration::from_secs(8)).await;
        assert!(self.me(&user).await.is_some(), "an unsampled logout was seen: correct the guide");
        println!("  an unsampled logout: not within 8 s");
    }
}
