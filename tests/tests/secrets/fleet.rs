//! The stores and members of a fleet.

use std::time::Duration;

use bytes::Bytes;
use kratos_core::{
    Kratos,
    fleet::{Fleet, FleetStore, Generation, InProcessStore, LogPage, LogPosition, StoreError},
};
use kratos_postgres::PostgresStore;
use kratos_redis::RedisStore;

use crate::shown::{debugged, error, secret};

/// A server that is not there.
const AWAY: &str = "127.0.0.1:1";

pub async fn members() {
    let long = |what: &str| format!("{} of at least 32 bytes, or it is refused", secret(what));
    let store = InProcessStore::new();
    let fleet = Fleet::new(store.clone()).with_sealing_secret(long("sealing")).unwrap();
    let fleet = fleet.with_accepted_secret(long("accepted")).unwrap();
    debugged(&fleet);
    error(&fleet.clone().with_accepted_secret(secret("short")).unwrap_err());
    let kratos = Kratos::new("http://127.0.0.1:9").unwrap().with_secret(long("secret")).unwrap();
    let kratos = kratos.with_cache(Duration::from_secs(1)).with_fleet(fleet).unwrap();
    let member = kratos.fleet().unwrap();
    member.ready().await;
    member.forget_all().await.unwrap();
    debugged(&member);
    debugged(&kratos);
    debugged(&store);
    let page = store.read(None, 9).await.unwrap();
    debugged(&page);
    debugged(&LogPage::new(Generation::new([7; 16]), Some(LogPosition::new(1)), Vec::new()));
    debugged(&page.generation);
    debugged(&page.oldest);
    store.set_away(true);
    error(&store.append(&[Bytes::from(secret("record"))]).await.unwrap_err());
    error(&StoreError::timeout());
    debugged(&StoreError::refused("full"));
}

pub async fn engines() {
    let password = secret("password");
    let redis = RedisStore::new(&format!("redis://user:{password}@{AWAY}/")).unwrap();
    debugged(&redis);
    error(&redis.read(None, 1).await.unwrap_err());
    error(&RedisStore::new(&format!("http://user:{password}@{AWAY}/")).unwrap_err());
    let postgres = PostgresStore::new(&format!("postgresql://user:{password}@{AWAY}/db")).unwrap();
    debugged(&postgres);
    error(&postgres.read(None, 1).await.unwrap_err());
    error(&PostgresStore::new(&format!("host=localhost passwort={password}")).unwrap_err());
}
