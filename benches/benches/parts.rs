//! Measures each part of a guarded request: `cargo bench --manifest-path benches/Cargo.toml`.

use std::{hint::black_box, sync::Arc, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use http::{HeaderMap, HeaderValue, header};
use kratos_core::{
    Kratos,
    credential::{CacheKeyHasher, CredentialReader},
    model::flow::LoginFlow,
    model::{Session, Timestamp},
    policy::{RequestView, Requirement},
    resolve::{
        CachedSession, CachingResolver, Freshness, MemoryStore, SessionResolver as _, SessionStore as _,
        StaticResolver,
    },
};
use kratos_ui::Theme;

const COOKIE: &str = include_str!("../data/cookie.txt");
const SESSION: &str = include_str!("../data/session.json");
const FLOW: &str = include_str!("../data/login_flow.json");
const DAY: Duration = Duration::from_secs(24 * 3600);

fn parts(criterion: &mut Criterion) {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
    headers.insert(header::COOKIE, HeaderValue::from_static(COOKIE.trim_ascii_end()));
    let session: Session = serde_json::from_str(SESSION).unwrap();
    let reader = CredentialReader::default();
    let credential = reader.read(&headers).unwrap().unwrap();
    let hasher = CacheKeyHasher::random();
    let key = credential.cache_key(&hasher);
    let store = MemoryStore::new();
    let until = Timestamp::from(*Timestamp::from(time::OffsetDateTime::now_utc()) + DAY);
    store.put(key, CachedSession::new(Some(Arc::new(session.clone())), until));
    let cache = CachingResolver::new(StaticResolver::active(session), DAY);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(cache.resolve(&credential, Freshness::Cached)).unwrap();
    let sessions = Kratos::from_resolver(cache.clone());
    let view = RequestView::new("GET", "/account", &headers);
    let requirement = Requirement::signed_in();

    criterion.bench_function("read the credential", |bench| bench.iter(|| reader.read(black_box(&headers))));
    criterion.bench_function("hash the credential", |bench| {
        bench.iter(|| black_box(&credential).cache_key(&hasher))
    });
    criterion.bench_function("look the session up", |bench| bench.iter(|| store.get(black_box(&key))));
    criterion
        .bench_function("hash, look up, check the time", |bench| bench.iter(|| cache.cached(&credential)));
    criterion.bench_function("an unused session", |bench| {
        bench.iter(|| sessions.lazy_session().response_headers().headers(&headers));
    });
    criterion.bench_function("a session and its guard", |bench| {
        bench.iter(|| {
            let session = sessions.lazy_session();
            session.read(&headers).require(&requirement, &view).into_ready()
        });
    });
    criterion.bench_function("decode a session", |bench| {
        bench.iter(|| serde_json::from_str::<Session>(black_box(SESSION)).unwrap());
    });
    criterion.bench_function("decode a login flow", |bench| {
        bench.iter(|| serde_json::from_str::<LoginFlow>(black_box(FLOW)).unwrap());
    });
    let theme = Theme::new();
    let flow: LoginFlow = serde_json::from_str(FLOW).unwrap();
    criterion.bench_function("render a login page", |bench| bench.iter(|| theme.render(&theme.view(&flow))));
}

criterion_group!(all, parts);
criterion_main!(all);
