//! What passes the gateway is known to the application: a session that a browser ends is never served afterwards.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use http::{Request, StatusCode};
use kratos_axum::{
    Identity, Kratos, KratosLayer,
    gateway::{self, GatewayEvent, GatewayEventKind, GatewayOutcome, SubmittedFlow},
};
use kratos_testkit::{AsUser as _, TestKratos, call};

struct App {
    router: Router,
    events: Arc<Mutex<Vec<GatewayEvent>>>,
}

fn app(server: &TestKratos) -> App {
    let events = Arc::<Mutex<Vec<GatewayEvent>>>::default();
    let seen = Arc::clone(&events);
    let kratos = Kratos::new(server.public_url()).unwrap().with_cache(Duration::from_secs(3600));
    let gateway = gateway::service(&kratos).unwrap().on_event(move |event| seen.lock().unwrap().push(*event));
    let router = Router::new()
        .route("/me", axum::routing::get(async |user: Identity| user.id.to_string()))
        .layer(KratosLayer::new(kratos))
        .nest_service("/.ory/kratos", gateway);
    App { router, events }
}

impl App {
    async fn is_signed_in(&self, cookie: &str) -> bool {
        let request = Request::get("/me").header("cookie", cookie);
        call(&self.router, request).await.status == StatusCode::OK
    }

    fn last(&self) -> GatewayEvent {
        *self.events.lock().unwrap().last().expect("an event")
    }
}

#[tokio::test]
async fn a_logout_through_the_gateway_ends_the_cached_session() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let person = server.identity("ada@example.org").create();
    let ada = server.session(&person).create();
    assert!(app.is_signed_in(ada.cookie()).await);
    let url = call(&app.router, Request::get("/.ory/kratos/self-service/logout/browser").as_user(&ada)).await;
    let url = url.json()["logout_url"].as_str().unwrap().to_owned();
    assert!(app.is_signed_in(ada.cookie()).await, "asking for the URL ends nothing");
    let path = url.strip_prefix(server.public_url()).unwrap();
    let done = call(&app.router, Request::get(format!("/.ory/kratos{path}")).as_user(&ada)).await;
    assert!(done.status.is_redirection() || done.status == StatusCode::NO_CONTENT, "{done:?}");
    assert!(!app.is_signed_in(ada.cookie()).await, "the cache has an hour, and no entry");
    let event = app.last();
    assert_eq!((event.kind, event.outcome), (GatewayEventKind::SignedOut, GatewayOutcome::Succeeded));
    assert_eq!((event.session, event.identity), (Some(ada.id()), Some(person.id)));
}

#[tokio::test]
async fn a_session_revoked_through_the_gateway_is_not_served() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let ada = server.identity("ada@example.org").create();
    let [laptop, phone, tablet] = [(); 3].map(|()| server.session(&ada).create());
    let all = [&laptop, &phone, &tablet];
    for session in all {
        assert!(app.is_signed_in(session.cookie()).await);
    }
    let path = format!("/.ory/kratos/sessions/{}", phone.id());
    let done =
        call(&app.router, Request::delete(&path).header("x-session-token", laptop.session_token())).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{done:?}");
    assert!(!app.is_signed_in(phone.cookie()).await);
    assert_eq!(app.last().session, Some(phone.id()));
    assert!(app.is_signed_in(tablet.cookie()).await);
    // The cache knows the tablet's entry alone by its cookie: whose the token is, it does not know.
    let done = call(
        &app.router,
        Request::delete("/.ory/kratos/sessions").header("x-session-token", laptop.session_token()),
    )
    .await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert!(!app.is_signed_in(tablet.cookie()).await);
    assert!(app.is_signed_in(laptop.cookie()).await);
    assert_eq!(app.last().kind, GatewayEventKind::OtherSessionsRevoked);
}

#[tokio::test]
async fn a_native_logout_names_its_token_in_the_body() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let ada = server.sign_in("ada@example.org");
    let me = || Request::get("/me").header("x-session-token", ada.session_token());
    assert_eq!(call(&app.router, me()).await.status, StatusCode::OK);
    let body = format!("{{\"session_token\": \"{}\"}}", ada.session_token());
    let request =
        Request::delete("/.ory/kratos/self-service/logout/api").header("content-type", "application/json");
    let done = axum_call(&app.router, request.body(axum::body::Body::from(body)).unwrap()).await;
    assert_eq!(done, StatusCode::NO_CONTENT);
    assert_eq!(call(&app.router, me()).await.status, StatusCode::UNAUTHORIZED);
}

async fn axum_call(router: &Router, request: Request<axum::body::Body>) -> StatusCode {
    use tower::ServiceExt as _;
    router.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn a_refused_login_is_an_event_too() {
    let server = TestKratos::start().await.unwrap();
    let app = app(&server);
    let flow = call(
        &app.router,
        Request::get("/.ory/kratos/self-service/login/api").header("accept", "application/json"),
    )
    .await
    .json();
    let path = format!("/.ory/kratos/self-service/login?flow={}", flow["id"].as_str().unwrap());
    let body = r#"{"method":"password","identifier":"eve@example.org","password":"wrong wrong wrong"}"#;
    let request =
        Request::post(path).header("content-type", "application/json").header("accept", "application/json");
    let status = axum_call(&app.router, request.body(axum::body::Body::from(body)).unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let event = app.last();
    assert_eq!(event.kind, GatewayEventKind::FlowSubmitted(SubmittedFlow::Login));
    assert_eq!((event.outcome, event.identity), (GatewayOutcome::Refused, None));
}
