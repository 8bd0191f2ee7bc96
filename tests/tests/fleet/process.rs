//! A process of the application.

use std::{io::Write as _, time::Duration};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer};
use uuid::Uuid;

use super::{TTL, engine};

pub(crate) const IS_PROCESS: &str = "KRATOS_FLEET_PROCESS";
pub(crate) const KRATOS: &str = "KRATOS_FLEET_KRATOS";
/// The engine and its port.
pub(crate) const STORE: &str = "KRATOS_FLEET_STORE";

pub(crate) async fn serve() {
    let variable = |name: &str| std::env::var(name).unwrap();
    let fleet = engine::fleet(&variable(STORE)).await;
    let kratos = Kratos::new(&variable(KRATOS))
        .unwrap()
        .with_secret([7; 32])
        .unwrap()
        .with_cache(TTL)
        .with_fleet(fleet)
        .unwrap();
    let member = kratos.fleet().unwrap();
    let _ = tokio::time::timeout(Duration::from_secs(2), member.ready()).await;
    let user = get(async |identity: Identity| identity.id.to_string()).route_layer(RequireLayer::signed_in());
    let app = Router::new()
        .route("/user", user)
        .layer(KratosLayer::new(kratos.clone()))
        .route("/forget/{kind}/{id}", post(forget))
        .with_state(kratos);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    std::io::stdout().flush().unwrap();
    // Ends with the suite, whatever ends that.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_line(&mut String::new());
        std::process::exit(0);
    });
    axum::serve(listener, app).await.unwrap();
}

/// 200 once the fleet has acknowledged it.
async fn forget(State(kratos): State<Kratos>, Path((kind, id)): Path<(String, Uuid)>) -> StatusCode {
    let member = kratos.fleet().unwrap();
    let outcome = match kind.as_str() {
        "session" => member.forget_session(id).await,
        _ => member.forget_identity(id).await,
    };
    if outcome.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
