//! Guards whose work may grow: the entries of the cache, the depth of the route, the headers and the cookie of the
//! request.

use axum::{Router, routing::get};
use kratos_axum::{KratosLayer, Session};
use kratos_core::{
    Kratos,
    credential::{CacheKeyHasher, Credential},
    model::Timestamp,
    resolve::{CachedSession, CachingResolver, MemoryStore, SessionStore as _, StaticResolver},
};
use tower::Layer as _;

use crate::{
    Run, fixture,
    subjects::{TTL, cached, guarded, hello, requests, requests_to, routed},
};

pub(crate) fn of(name: &str, size: usize) -> Run {
    match name {
        "entries" => requests(guarded(with_entries(size)), fixture::with_cookie()),
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

/// So many entries in the cache. They hold no session, since a look-up reads keys alone.
fn with_entries(count: usize) -> Kratos {
    let hasher = CacheKeyHasher::random();
    let store = MemoryStore::with_capacity(u64::MAX);
    let until = Timestamp::from(*Timestamp::from(time::OffsetDateTime::now_utc()) + TTL);
    for number in 0..count {
        let key = Credential::session_token(number.to_string()).cache_key(&hasher);
        store.put(key, CachedSession::new(None, until));
    }
    let resolver = CachingResolver::new(StaticResolver::active(fixture::session()), TTL);
    Kratos::from_resolver(resolver.with_store(store).with_hasher(hasher))
}
