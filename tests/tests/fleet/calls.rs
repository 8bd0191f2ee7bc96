//! How often Kratos is asked: users who meet every process at once, with and without a fleet.

use std::time::Duration;

use axum::{Router, body::Body, http::Request, routing::get};
use futures_util::{StreamExt as _, future::join_all, stream};
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer};
use tower::ServiceExt as _;

use super::{
    PROCESSES,
    engine::{self, Engine, Running},
    oracle::User,
    server::Server,
};

/// Long enough that no machine exceeds it by being slow.
const LONG: Duration = Duration::from_secs(10);
const HOUR: Duration = Duration::from_secs(3600);
/// Users at a time.
const AT_ONCE: usize = 16;

pub(crate) async fn count(engine: Engine) {
    // `just fleet` asks for as many as the guide names.
    let users = std::env::var("KRATOS_FLEET_USERS").map_or(500, |users| users.parse().unwrap());
    let alone = calls(engine, users, false).await;
    let shared = calls(engine, users, true).await;
    println!(
        "fleet on {}: {users} users on {PROCESSES} processes: {alone} calls of whoami without a fleet, {shared} with it",
        engine.name()
    );
    assert_eq!((alone, shared), (users * PROCESSES, users));
}

async fn calls(engine: Engine, users: usize, is_shared: bool) -> usize {
    let server = Server::default();
    let kratos = server.start().await;
    let running = Running::start(engine).await;
    let store = format!("{}={}", engine.name(), running.port());
    let mut processes = Vec::new();
    for _ in 0..PROCESSES {
        let mut kratos = Kratos::new(&kratos).unwrap().with_secret([7; 32]).unwrap().with_cache(HOUR);
        if is_shared {
            let fleet = engine::fleet(&store).await.with_bound(LONG).with_timeout(LONG).with_lease(LONG);
            kratos = kratos.with_fleet(fleet).unwrap();
            kratos.fleet().unwrap().ready().await;
        }
        let user = get(async |user: Identity| user.id.to_string()).route_layer(RequireLayer::signed_in());
        processes.push(Router::new().route("/user", user).layer(KratosLayer::new(kratos)));
    }
    let visits = (0..users).map(async |_| {
        let user = User::new();
        server.sign_in(&user.token, user.session, user.identity);
        let answers = join_all(processes.iter().map(async |process| {
            let request = Request::get("/user").header("x-session-token", &user.token);
            let response = process.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            axum::body::to_bytes(response.into_body(), 1024).await.unwrap()
        }));
        for answer in answers.await {
            assert_eq!(answer, user.identity.to_string());
        }
    });
    stream::iter(visits).buffer_unordered(AT_ONCE).collect::<()>().await;
    usize::try_from(server.calls()).unwrap()
}
