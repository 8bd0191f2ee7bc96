//! Guards whose work may grow: the sessions in the cache, the depth of the route, the headers and the cookie of the
//! request.

use std::sync::Arc;

use axum::{Router, routing::get};
use kratos_axum::{KratosLayer, Session};
use kratos_core::{
    Kratos,
    credential::{CacheKeyHasher, Credential},
    model::Timestamp,
    resolve::{CachedSession, CachingResolver, MemoryStore, SessionStore as _, StaticResolver},
};
use tower::Layer as _;
use uuid::Uuid;

use crate::{
    Run, fixture,
    subjects::{TTL, cached, guarded, hello, requests, requests_to, routed},
};

pub(crate) fn of(name: &str, size: usize) -> Run {
    match name {
        "sessions" => requests(guarded(with_sessions(size)), fixture::with_cookie()),
        "depth-unguarded" => {
            let (router, path) = nested(get(hello), size);
            requests_to(router, &path, fixture::with_cookie())
        }
        "depth" => {
            let (router, path) = nested(get(async |_: Session| "hello"), size);
            requests_to(KratosLayer::new(cached()).layer(router), &path, fixture::with_cookie())
        }
        "headers-unguarded" => requests(routed(get(hello)), fixture::with_headers(size)),
        "headers" => requests(guarded(cached()), fixture::with_headers(size)),
        "cookie-unguarded" => requests(routed(get(hello)), fixture::with_cookie_of(size)),
        "cookie" => requests(guarded(cached()), fixture::with_cookie_of(size)),
        other => panic!("no subject is named {other:?}"),
    }
}

/// A router nested so many times, and the path of its one route.
fn nested(handler: axum::routing::MethodRouter, depth: usize) -> (Router, String) {
    let mut router = Router::new().route("/account", handler);
    let mut path = "/account".to_owned();
    for _ in 1..depth {
        router = Router::new().nest("/a", router);
        path = format!("/a{path}");
    }
    (router, path)
}

/// So many sessions in the cache.
fn with_sessions(count: usize) -> Kratos {
    let hasher = CacheKeyHasher::random();
    let store = MemoryStore::with_capacity(u64::MAX);
    let until = Timestamp::from(*Timestamp::from(time::OffsetDateTime::now_utc()) + TTL);
    let decoded = fixture::session();
    for number in 0..count {
        let mut session = decoded.clone();
        session.id = Uuid::from_u128(number as u128);
        session.identity = decoded.identity().map(|identity| {
            let mut identity = identity.clone();
            identity.id = Uuid::from_u128(number as u128);
            Arc::new(identity)
        });
        let key = Credential::session_token(format!("ory_st_{number}")).cache_key(&hasher);
        store.put(key, CachedSession::new(Some(Arc::new(session)), until));
    }
    let resolver = CachingResolver::new(StaticResolver::active(decoded), TTL);
    Kratos::from_resolver(resolver.with_store(store).with_hasher(hasher))
}
