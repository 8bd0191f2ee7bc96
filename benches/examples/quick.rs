use std::{hint::black_box, time::{Duration, Instant}};
use kratos_core::{credential::*, resolve::*, *, model::Session};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

fn time<O>(name: &str, mut f: impl FnMut() -> O) {
    let mut all = Vec::new();
    let allocs = { for _ in 0..1000 { f(); } let i = allocation_counter::measure(|| { for _ in 0..640 { black_box(f()); } }); i.count_total as f64 / 640.0 };
    for _ in 0..300 {
        let s = Instant::now();
        for _ in 0..500 { black_box(f()); }
        all.push(s.elapsed().as_nanos() as f64 / 500.0);
    }
    all.sort_by(f64::total_cmp);
    println!("{:8.1} ns {allocs:5.2} allocs {name}", all[150]);
}

fn main() {
    let cookie = include_str!("../data/cookie.txt").trim();
    let json = include_str!("../data/session.json");
    let shared = |v: &str| { let b = Bytes::copy_from_slice(v.as_bytes()); drop(b.clone()); HeaderValue::from_maybe_shared(b).unwrap() };
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, shared("127.0.0.1"));
    headers.insert(header::USER_AGENT, shared("127.0.0.1"));
    headers.insert(header::ACCEPT, shared("127.0.0.1"));
    headers.insert(header::COOKIE, shared(cookie));
    let session: Session = serde_json::from_str(json).unwrap();
    let reader = CredentialReader::default();
    let credential = reader.read(&headers).unwrap().unwrap();
    let hasher = CacheKeyHasher::random();
    let cache = CachingResolver::new(FixedResolver::active(session.clone()), Duration::from_secs(86400));
    let rt = tokio::runtime::Builder::new_current_thread().build().unwrap();
    rt.block_on(cache.resolve(&credential, Freshness::Cached)).unwrap();
    let store = MemoryStore::new();
    let key = credential.cache_key(&hasher);
    store.put(key, CachedSession::new(Some(std::sync::Arc::new(session.clone())), Timestamp::from(*Timestamp::now() + Duration::from_secs(86400))));
    let sessions = Sessions::new(cache.clone());
    time("Timestamp::now", Timestamp::now);
    time("SystemTime::now", std::time::SystemTime::now);
    time("reader.read", || reader.read(&headers));
    time("header lookups", || (HeaderLookup::values(&headers, "cookie").count(), HeaderLookup::values(&headers, "authorization").count(), HeaderLookup::values(&headers, "x-session-token").count()));
    time("key", || credential.cache_key(&hasher));
    time("store.get", || store.get(&key));
    time("at_hand", || cache.at_hand(&credential));
    time("pending", || sessions.pending());
    time("pending+touch", || { let p = sessions.pending(); p.touch().headers(&headers) });
    let view = policy::RequestView::new("GET", "/", &headers);
    time("pending+read", || { let p = sessions.pending(); let _ = p.read(&headers); p });
    time("pending+signed_in", || { let p = sessions.pending(); let x = p.read(&headers).signed_in_at_hand(&view).unwrap().unwrap(); (p, x) });
    time("pending+require", || { let p = sessions.pending(); let x = p.read(&headers).require_at_hand(&policy::Requirement::signed_in(), &view).unwrap().is_ok(); (p, x) });
    time("pending+signed_in+touch", || { let p = sessions.pending(); let x = p.read(&headers).signed_in_at_hand(&view).unwrap().unwrap(); let t = p.touch().headers(&headers); (p, x, t) });
    let mut response = HeaderMap::new();
    response.insert(header::CONTENT_TYPE, HeaderValue::from_static("x"));
    let p = sessions.pending(); let _ = p.read(&headers).signed_in_at_hand(&view);
    time("clone response headers", || response.clone());
    time("clone + touch append", || { let mut r = response.clone(); for (n, v) in p.touch().headers(&r) { r.append(n, v); } r });
    time("arc 500", || std::sync::Arc::new([0u8; 500]));
    time("decode ours", || serde_json::from_str::<Session>(json).unwrap());
    time("decode theirs", || serde_json::from_str::<ory_kratos_client::models::Session>(json).unwrap());
    time("skip", || serde_json::from_str::<serde::de::IgnoredAny>(json).unwrap());
    println!("Resolved {} Resolution {} Session {} Identity {}", size_of::<Resolved>(), size_of::<Resolution>(), size_of::<Session>(), size_of::<model::Identity>());
}
