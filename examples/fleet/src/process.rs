//! One process of the application: `cargo run` with `FLEET_KRATOS` and `FLEET_REDIS`, the URLs of both, and `FLEET_SECRET`. `LISTEN`
//! is the address to listen on.

use std::{env, error::Error, time::Duration};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use kratos_axum::{Kratos, KratosLayer, RequireLayer, fleet::Fleet};
use kratos_redis::RedisStore;
use tokio::net::TcpListener;

pub async fn serve() -> Result<(), Box<dyn Error>> {
    let store = RedisStore::new(&env::var("FLEET_REDIS")?)?;
    let kratos = Kratos::new(&env::var("FLEET_KRATOS")?)?
        .with_secret(env::var("FLEET_SECRET")?)?
        .with_cache(Duration::from_secs(300))
        .with_fleet(Fleet::new(store))?;
    if let Some(fleet) = kratos.fleet() {
        // Without it, the first requests call Kratos.
        let _ = tokio::time::timeout(Duration::from_secs(5), fleet.ready()).await;
    }
    let app = Router::new()
        .route("/account", get(async || "hello").route_layer(RequireLayer::signed_in()))
        .route("/forget/{session}", get(forget))
        .layer(KratosLayer::new(kratos.clone()))
        .with_state(kratos);
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:0".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("{}", listener.local_addr()?.port());
    Ok(axum::serve(listener, app).await?)
}

/// After 204 no process serves the session for longer than the bound of 1 s.
async fn forget(State(kratos): State<Kratos>, Path(session): Path<String>) -> StatusCode {
    let (Some(fleet), Ok(session)) = (kratos.fleet(), session.parse()) else { return StatusCode::NOT_FOUND };
    match fleet.forget_session(session).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
