//! Callers that hang up: what Kratos did for them is known all the same, and nothing is left of them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, StatusCode};
use kratos_axum::{
    Identity, Kratos, KratosLayer,
    gateway::{self, GatewayEvent, GatewayEventKind, GatewayOutcome},
};
use kratos_testkit::{Fault, TestKratos, call};
use kratos_tower::gateway::Gateway;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::apps::{Served, kratos};
use crate::streams::none_open;
use crate::upstream::{Behaviour, Upstream};

/// An application on a socket, whose guard has a cache for an hour.
struct App {
    address: std::net::SocketAddr,
    router: axum::Router,
    events: Arc<Mutex<Vec<GatewayEvent>>>,
}

impl App {
    async fn start(server: &TestKratos) -> Self {
        let kratos = Kratos::new(server.public_url()).unwrap().with_cache(Duration::from_secs(3600));
        let events = Arc::<Mutex<Vec<GatewayEvent>>>::default();
        let seen = Arc::clone(&events);
        let gateway =
            gateway::service(&kratos).unwrap().on_event(move |event| seen.lock().unwrap().push(*event));
        let router = axum::Router::new()
            .route("/me", axum::routing::get(async |user: Identity| user.id.to_string()))
            .layer(KratosLayer::new(kratos))
            .nest_service("/.ory/kratos", gateway);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, router, events }
    }

    async fn is_signed_in(&self, cookie: &str) -> bool {
        let request = Request::get("/me").header("cookie", cookie);
        call(&self.router, request).await.status == StatusCode::OK
    }

    /// Sends a request, waits until Kratos has it, and hangs up.
    async fn hang_up(&self, server: &TestKratos, path: &str, request: &str) {
        let before = server.count(path);
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        until("Kratos has the request", || server.count(path) > before).await;
        drop(stream);
    }

    /// The last event, which is waited for.
    async fn event(&self) -> GatewayEvent {
        until("an event", || !self.events.lock().unwrap().is_empty()).await;
        *self.events.lock().unwrap().last().unwrap()
    }
}

async fn until(what: &str, is_done: impl Fn() -> bool) {
    let done = async {
        while !is_done() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(20), done).await.is_ok(), "{what}");
}

const DELAY: Duration = Duration::from_millis(400);

/// Kratos may have ended the identity's earlier sessions (the hook `revoke_active_sessions`). Whose they are, only its response
/// tells.
#[tokio::test]
async fn a_login_drops_earlier_sessions_though_the_caller_hangs_up_before_its_response() {
    let server = TestKratos::start().await.unwrap();
    let app = App::start(&server).await;
    let ada = server.identity("ada@example.org").with_password("correct horse battery").create();
    let [phone, bob] = [server.session(&ada).create(), server.sign_in("bob@example.org")];
    assert!(app.is_signed_in(phone.cookie()).await && app.is_signed_in(bob.cookie()).await);
    let start = Request::get("/.ory/kratos/self-service/login/browser").header("accept", "application/json");
    let flow = call(&app.router, start).await;
    let csrf = flow.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let flow = flow.json();
    let token = flow["ui"]["nodes"].as_array().unwrap().iter();
    let token = token.map(|node| &node["attributes"]).find(|node| node["name"] == "csrf_token").unwrap();
    let body = serde_json::json!({
        "method": "password", "identifier": "ada@example.org", "password": "correct horse battery",
        "csrf_token": token["value"],
    });
    let body = body.to_string();
    let request = format!(
        "POST /.ory/kratos/self-service/login?flow={} HTTP/1.1\r\nHost: app\r\nCookie: {csrf}\r\nAccept: application/json\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        flow["id"].as_str().unwrap(),
        body.len(),
    );
    server.inject("/self-service/login", Fault::delay(DELAY));
    let asked = server.count("/sessions/whoami");
    app.hang_up(&server, "/self-service/login", &request).await;
    let event = app.event().await;
    assert_eq!((event.kind, event.outcome), (GatewayEventKind::SignedIn, GatewayOutcome::Succeeded));
    assert_eq!(event.identity, Some(ada.id));
    // Asked whose the new session is, and once again for the earlier one; Bob's is still cached.
    assert!(app.is_signed_in(phone.cookie()).await && app.is_signed_in(bob.cookie()).await);
    assert_eq!(server.count("/sessions/whoami"), asked + 2);
}

#[tokio::test]
async fn a_revocation_whose_caller_hangs_up_drops_that_session_if_kratos_revoked_it() {
    let server = TestKratos::start().await.unwrap();
    let app = App::start(&server).await;
    let ada = server.identity("ada@example.org").create();
    let [laptop, phone] = [(); 2].map(|()| server.session(&ada).create());
    assert!(app.is_signed_in(phone.cookie()).await);
    let path = format!("/sessions/{}", phone.id());
    server.inject(&path, Fault::delay(DELAY).times(2));
    // Of a stranger, which Kratos refuses.
    let request = format!("DELETE /.ory/kratos{path} HTTP/1.1\r\nHost: app\r\n\r\n");
    app.hang_up(&server, &path, &request).await;
    let event = app.event().await;
    assert_eq!((event.outcome, event.status), (GatewayOutcome::Refused, StatusCode::UNAUTHORIZED));
    let asked = server.count("/sessions/whoami");
    assert!(app.is_signed_in(phone.cookie()).await);
    assert_eq!(server.count("/sessions/whoami"), asked, "still cached");
    // Of a stranger whose body never comes: nothing is sent.
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let broken = request.replacen("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\nab", 1);
    stream.write_all(broken.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let _ = stream.read_to_end(&mut Vec::new()).await;
    assert_eq!(server.count(&path), 1);
    assert!(app.is_signed_in(phone.cookie()).await);
    assert_eq!(server.count("/sessions/whoami"), asked, "still cached");
    // Of its user.
    app.events.lock().unwrap().clear();
    let token = format!("\r\nX-Session-Token: {}\r\n\r\n", laptop.session_token());
    app.hang_up(&server, &path, &request.replacen("\r\n\r\n", &token, 1)).await;
    let event = app.event().await;
    assert_eq!((event.kind, event.outcome), (GatewayEventKind::SessionRevoked, GatewayOutcome::Succeeded));
    assert!(!app.is_signed_in(phone.cookie()).await);
}

/// Each has its place among the calls in flight, and its time.
#[tokio::test]
async fn logouts_whose_callers_hang_up_before_a_silent_kratos_end_with_the_timeout() {
    let upstream = Upstream::start(Behaviour::Silence).await;
    let kratos = kratos(&upstream.url);
    let outcomes = Arc::<Mutex<Vec<(GatewayOutcome, u16)>>>::default();
    let seen = Arc::clone(&outcomes);
    let set = move |gateway: Gateway| {
        let gateway = gateway.with_max_in_flight(10, 10).with_timeout(Duration::from_secs(2));
        gateway.on_event(move |event| seen.lock().unwrap().push((event.outcome, event.status.as_u16())))
    };
    let app = Served::axum(&kratos, set).await;
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let mut streams = Vec::new();
    for _ in 0..10 {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        let request = "GET /.ory/kratos/self-service/logout?token=x HTTP/1.1\r\nHost: app\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    until("Kratos has all", || upstream.all().matches("GET /self-service/logout").count() == 10).await;
    drop(streams);
    until("all are over", || outcomes.lock().unwrap().len() == 10).await;
    assert!(outcomes.lock().unwrap().iter().all(|outcome| *outcome == (GatewayOutcome::Unknown, 504)));
    none_open(&upstream, app.name).await;
    until("no task is left", || tokio::runtime::Handle::current().metrics().num_alive_tasks() <= tasks).await;
}
