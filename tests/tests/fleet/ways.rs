//! How long a revoked session is served, by the way in which its end becomes known: the table of the guide's page `fleet`.

use std::time::{Duration, Instant};

use axum::{Router, body::Body, extract::State, http::Request, routing::get, routing::post};
use kratos_axum::{
    Kratos, KratosLayer, Session,
    events::EventReceiver,
    gateway,
    hooks::{AfterSettings, Hook, HookAuth, HookLayer, HookReceipt, Reply},
};
use kratos_testkit::{AsUser as _, FlowKind, TestHook, TestKratos, TestSession, call};
use tower::ServiceExt as _;

use super::{
    BOUND,
    engine::{self, Engine, Running},
    proxy::Proxy,
};

/// The TTL of these caches.
const TTL: Duration = Duration::from_secs(3);
const KEY: &str = "insecure-key-of-a-test";
const GATEWAY: &str = "/.ory/kratos";

/// Three processes' worth of an application, each with a store and a way to the engine of its own.
struct Site {
    server: TestKratos,
    running: Running,
    proxies: Vec<Proxy>,
    processes: Vec<Process>,
}

struct Process {
    kratos: Kratos,
    app: Router,
}

/// A way, and at most how long a session may be served after its end is known.
struct Way {
    name: &'static str,
    at_most: Duration,
    served: Duration,
}

pub(crate) async fn measure(engine: Engine) {
    let mut ways = Vec::new();
    let mut site = Site::start(engine, false).await;
    ways.push(site.application().await);
    ways.push(site.handle().await);
    ways.push(site.gateway().await);
    ways.push(site.hook().await);
    ways.push(site.trace_event().await);
    ways.push(site.nothing().await);
    ways.push(site.one_cut_off().await);
    ways.push(site.revoked_by_one_cut_off().await);
    ways.push(site.engine_away("the engine is away, fail_live", BOUND).await);
    drop(site);
    let mut site = Site::start(engine, true).await;
    ways.push(site.engine_away("the engine is away, fail_cached", TTL).await);
    for Way { name, at_most, served } in &ways {
        println!(
            "{}: {name}: served for {} ms, bound {} ms",
            engine.name(),
            served.as_millis(),
            at_most.as_millis()
        );
    }
    let late: Vec<_> = ways.iter().filter(|way| way.served > way.at_most).map(|way| way.name).collect();
    assert!(late.is_empty(), "served past the bound: {late:?}");
    // What the TTL alone ends is served until then: the measure itself would see a session that is served too long.
    let seen = ways.iter().filter(|way| way.at_most == TTL && way.served > BOUND).count();
    assert!(seen >= 2, "nothing was served past the bound without a revocation");
    println!("fleet on {}: {} ways to end a session, each within its bound", engine.name(), ways.len());
}

impl Site {
    async fn start(engine: Engine, is_cached: bool) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hook = format!("http://{}/hooks/settings", listener.local_addr().unwrap());
        let hook = TestHook::after(FlowKind::Settings, hook).with_api_key_header("x-hook-key", KEY);
        let server = TestKratos::builder().with_hook(hook).start().await.unwrap();
        let running = Running::start(engine).await;
        let (mut proxies, mut processes) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let proxy = Proxy::start(running.port()).await;
            let fleet = engine::fleet(&format!("{}={}", engine.name(), proxy.port())).await;
            let fleet = if is_cached { fleet.fail_cached() } else { fleet };
            processes.push(Process::new(&server, fleet).await);
            proxies.push(proxy);
        }
        let hooks = Router::new()
            .route("/hooks/settings", post(settled))
            .layer(HookLayer::new(HookAuth::api_key_header("x-hook-key", KEY).unwrap()))
            .with_state(processes[0].kratos.clone());
        tokio::spawn(async move { axum::serve(listener, hooks).await });
        Self { server, running, proxies, processes }
    }

    /// A session that every process has in memory.
    async fn known_to_all(&self) -> TestSession {
        for process in &self.processes {
            process.kratos.fleet().unwrap().ready().await;
        }
        let session = self.server.sign_in(&format!("{}@example.org", uuid::Uuid::new_v4()));
        for process in &self.processes {
            assert!(process.email(&session).await.is_some());
        }
        session
    }

    /// How long after `known` any process served `email` to the session.
    async fn served(&self, session: &TestSession, email: &str, known: Instant) -> Duration {
        let of_each = self.processes.iter().map(async |process| {
            let mut latest = Duration::ZERO;
            // Past the last use by any rule.
            while known.elapsed() < TTL + BOUND / 2 {
                let begun = Instant::now();
                if process.email(session).await.as_deref() == Some(email) {
                    latest = latest.max(begun.saturating_duration_since(known));
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            latest
        });
        futures_util::future::join_all(of_each).await.into_iter().max().unwrap()
    }

    async fn way(&self, name: &'static str, at_most: Duration, session: &TestSession, email: &str) -> Way {
        Way { name, at_most, served: self.served(session, email, Instant::now()).await }
    }

    async fn application(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.server.revoke(session.id());
        self.processes[0].kratos.fleet().unwrap().forget_session(session.id()).await.unwrap();
        self.way("the application, FleetMember::forget_session", BOUND, &session, &email).await
    }

    async fn handle(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.server.revoke(session.id());
        self.processes[0].kratos.forget_session(session.id());
        self.way("the application, Kratos::forget_session", BOUND, &session, &email).await
    }

    async fn gateway(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        let app = &self.processes[0].app;
        let url = Request::get(format!("{GATEWAY}/self-service/logout/browser")).as_user(&session);
        let url = call(app, url).await.json()["logout_url"].as_str().unwrap().to_owned();
        let path = url.strip_prefix(self.server.public_url()).unwrap();
        let done = call(app, Request::get(format!("{GATEWAY}{path}")).as_user(&session)).await;
        assert!(done.status.is_redirection() || done.status.is_success(), "{done:?}");
        self.way("a logout through the gateway", BOUND, &session, &email).await
    }

    /// The user changes the address: the old one is not to be served.
    async fn hook(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        let flow = self.settings("api", Request::get, &session, Body::empty()).await;
        let new = format!("{}@example.com", uuid::Uuid::new_v4());
        let body = serde_json::json!({"method": "profile", "traits": {"email": new}}).to_string();
        let path = format!("?flow={}", flow["id"].as_str().unwrap());
        let answer = self.settings(&path, Request::post, &session, body.into()).await;
        assert_eq!(answer["identity"]["traits"]["email"], new, "{answer}");
        let way = self.way("a hook that calls forget_identity", BOUND, &session, &email).await;
        for process in &self.processes {
            assert_eq!(process.email(&session).await.as_deref(), Some(&*new));
        }
        way
    }

    /// From the receipt of the trace: Kratos sends it some seconds after the logout.
    async fn trace_event(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.server.revoke(session.id());
        let request = Request::post("/v1/traces")
            .header("authorization", format!("Bearer {KEY}"))
            .header("content-type", "application/x-protobuf")
            .body(Body::from(revoked(session.id())))
            .unwrap();
        let response = self.processes[0].app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        self.way("a trace event of Kratos", BOUND, &session, &email).await
    }

    async fn settings(
        &self,
        path: &str,
        method: fn(String) -> axum::http::request::Builder,
        session: &TestSession,
        body: Body,
    ) -> serde_json::Value {
        let separator = if path.starts_with('?') { "" } else { "/" };
        let request = method(format!("{GATEWAY}/self-service/settings{separator}{path}"))
            .header("x-session-token", session.session_token())
            .header("accept", "application/json")
            .header("content-type", "application/json");
        let response = self.processes[0].app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    async fn nothing(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.server.revoke(session.id());
        self.way("nothing: another program ends it", TTL, &session, &email).await
    }

    /// Another process cannot read the log.
    async fn one_cut_off(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.proxies[2].cut();
        self.server.revoke(session.id());
        self.processes[0].kratos.fleet().unwrap().forget_session(session.id()).await.unwrap();
        let way =
            self.way("the application, while another process is cut off", BOUND, &session, &email).await;
        self.proxies[2].set_delay(Duration::ZERO);
        way
    }

    /// The process that revokes cannot tell the others, and says so.
    async fn revoked_by_one_cut_off(&self) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.proxies[0].cut();
        self.server.revoke(session.id());
        let known = Instant::now();
        let told = self.processes[0].kratos.fleet().unwrap().forget_session(session.id()).await;
        assert!(told.is_err());
        let served = self.served(&session, &email, known).await;
        self.proxies[0].set_delay(Duration::ZERO);
        Way { name: "the application, while it is cut off itself (an error)", at_most: TTL, served }
    }

    async fn engine_away(&mut self, name: &'static str, at_most: Duration) -> Way {
        let session = self.known_to_all().await;
        let email = self.processes[0].email(&session).await.unwrap();
        self.running.kill();
        self.server.revoke(session.id());
        self.way(name, at_most, &session, &email).await
    }
}

impl Process {
    async fn new(server: &TestKratos, fleet: kratos_core::fleet::Fleet) -> Self {
        let kratos = Kratos::new(server.public_url()).unwrap().with_secret([7; 32]).unwrap();
        let kratos = kratos.with_cache(TTL).with_fleet(fleet).unwrap();
        let email = async |session: Session| {
            session.identity().unwrap().traits::<serde_json::Value>().unwrap()["email"].to_string()
        };
        let app = Router::new()
            .route("/email", get(email))
            .layer(KratosLayer::new(kratos.clone()))
            .route_service("/v1/traces", EventReceiver::traces(&kratos, HookAuth::bearer(KEY).unwrap()))
            .nest_service(GATEWAY, gateway::service(&kratos).unwrap());
        Self { kratos, app }
    }

    /// The address of the user that is signed in here.
    async fn email(&self, session: &TestSession) -> Option<String> {
        let response = call(&self.app, Request::get("/email").as_user(session)).await;
        let text = String::from_utf8_lossy(&response.body);
        (response.status == 200).then(|| text.trim_matches('"').to_owned())
    }
}

async fn settled(
    State(kratos): State<Kratos>,
    hook: Hook<AfterSettings>,
) -> Reply<HookReceipt<AfterSettings>> {
    kratos.forget_identity(hook.identity.id.unwrap());
    Reply(hook.receipt())
}

/// A span with the event `SessionRevoked`, as OTLP encodes it: resource spans, scope spans, spans, events.
fn revoked(session: uuid::Uuid) -> Vec<u8> {
    let value = field(1, session.to_string().as_bytes());
    let attribute = [field(1, b"SessionID"), field(2, &value)].concat();
    let event = [field(2, b"SessionRevoked"), field(3, &attribute)].concat();
    [11, 2, 2, 1].into_iter().fold(event, |inside, number| field(number, &inside))
}

/// A field of a protobuf message, of less than 16 KiB.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    let (low, high) = (content.len() % 128, content.len() / 128);
    let length = [u8::try_from(low).unwrap() | 128, u8::try_from(high).unwrap()];
    [&[number << 3 | 2], &length[..], content].concat()
}
