//! What a fleet costs: a hit in memory beside the same guard without a fleet, and a session from the shared store beside a bare
//! GET of the same client.

use std::{
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use axum::body::Body;
use http::{HeaderMap, Request, Response};
use kratos_core::{
    Kratos, KratosRequest,
    credential::{CacheKey, Credential},
    fleet::{Fleet, FleetStore, InProcessStore},
    resolve::{CachedSession, Freshness, Resolution, ResolveError, Resolved, SessionResolver, SessionStore},
};
use kratos_postgres::PostgresStore;
use kratos_redis::RedisStore;
use tokio::{runtime::Runtime, sync::Mutex};
use tower::{Service, ServiceExt as _};
use uuid::Uuid;

use crate::{
    alternate::{Measured, Subject, alternate},
    fixture::{self, AGE},
    in_process::{
        App,
        axum::{app, guarded},
    },
};

#[allow(dead_code)]
#[path = "../../kratos-postgres/tests/server/mod.rs"]
mod postgres;

pub const ALONE: &str = "cached guard";
pub const MEMORY: &str = "cached guard of a fleet";
pub const SHARED: &str = "session from the shared store";
pub const GUARD: &str = "guard, hit in the shared store";
pub const BARE: &str = "bare GET of the entry";

const SCHEMA: &str = "fleet";

/// No machine is so slow that the log is not read within it.
const BOUND: Duration = Duration::from_secs(60);

/// A Kratos that counts how often it is asked.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

#[async_trait]
impl SessionResolver for Counting {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(Resolved::new(Resolution::Active(Arc::new(fixture::session()))))
    }
}

/// A memory that keeps nothing, so that every request asks the shared store.
struct Nothing;

impl SessionStore for Nothing {
    fn get(&self, _: &CacheKey) -> Option<CachedSession> {
        None
    }

    fn put(&self, _: CacheKey, _: CachedSession) {}

    fn remove(&self, _: &CacheKey) -> Option<CachedSession> {
        None
    }

    fn remove_session(&self, _: Uuid) {}

    fn remove_identity(&self, _: Uuid) {}

    fn clear(&self) {}
}

fn kratos(server: &Counting) -> Kratos {
    Kratos::from_resolver(server.clone()).with_secret([7; 32]).unwrap().with_cache(AGE)
}

async fn joined(kratos: Kratos, store: impl FleetStore + 'static) -> Kratos {
    let fleet = Fleet::new(store).with_bound(BOUND).with_timeout(Duration::from_secs(10));
    let kratos = kratos.with_fleet(fleet).unwrap();
    kratos.fleet().unwrap().ready().await;
    kratos
}

fn request() -> Request<Body> {
    let mut request = Request::get("/account").body(Body::empty()).unwrap();
    *request.headers_mut() = fixture::with_cookie();
    request
}

/// Both guards hold the session in memory.
pub fn in_memory() -> Vec<Measured> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = Counting::default();
    let (alone, of_fleet) = runtime.block_on(async {
        let alone = kratos(&server);
        let of_fleet = joined(kratos(&server), InProcessStore::new()).await;
        for one in [&alone, &of_fleet] {
            guarded(one.clone()).oneshot(request()).await.unwrap();
        }
        (alone, of_fleet)
    });
    let mut apps: Vec<App> = [(ALONE, alone), (MEMORY, of_fleet)]
        .map(|(name, kratos)| app(name, guarded(kratos), fixture::with_cookie))
        .into();
    let measured = alternate(apps.iter_mut().map(App::subject).collect(), 2_000, 128);
    assert_eq!(server.0.load(Ordering::Relaxed), 2, "all but the first were hits");
    measured
}

/// On Redis, then on PostgreSQL. `Err` says what to install.
pub fn shared() -> [(&'static str, Result<Vec<Measured>, &'static str>); 2] {
    [("redis", on_redis()), ("postgresql", on_postgres())]
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn on_redis() -> Result<Vec<Measured>, &'static str> {
    let server =
        Redis::start().ok_or("redis-server is not installed (Debian: apt-get install redis-server)")?;
    let (runtime, url) = (runtime(), format!("redis://127.0.0.1:{}/", server.port));
    let (guard, connection, keys) = runtime.block_on(async {
        let guard = Guard::new(RedisStore::new(&url).unwrap()).await;
        let client = redis::Client::open(url).unwrap();
        let connection = client.get_multiplexed_async_connection().await.unwrap();
        let keys: Vec<String> =
            redis::cmd("KEYS").arg("*:e:*").query_async(&mut connection.clone()).await.unwrap();
        (guard, connection, keys)
    });
    let [key] = &*keys else { panic!("one entry: {keys:?}") };
    let get = async || {
        let entry: Vec<u8> = redis::cmd("GET").arg(key).query_async(&mut connection.clone()).await.unwrap();
        entry.len()
    };
    Ok(beside(&runtime, &guard, get))
}

fn on_postgres() -> Result<Vec<Measured>, &'static str> {
    let programs =
        postgres::programs().ok_or("PostgreSQL is not installed (Debian: apt-get install postgresql)")?;
    let server = postgres::Server::start(&programs);
    let (runtime, config) = (runtime(), server.config());
    let (guard, client, statement, key) = runtime.block_on(async {
        let store = || PostgresStore::new(&config).unwrap().with_schema(SCHEMA);
        store().create_tables().await.unwrap();
        let guard = Guard::new(store()).await;
        let (client, connection) = tokio_postgres::connect(&config, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let row = client.query_one(&format!("SELECT key FROM {SCHEMA}.entries"), &[]).await.unwrap();
        let key: Vec<u8> = row.get(0);
        let get = format!("SELECT entry FROM {SCHEMA}.entries WHERE key = $1");
        let statement = client.prepare(&get).await.unwrap();
        (guard, client, statement, key)
    });
    let get = async || client.query_one(&statement, &[&key]).await.unwrap().get::<_, &[u8]>(0).len();
    Ok(beside(&runtime, &guard, get))
}

/// A guard whose session is in the shared store alone.
struct Guard<S> {
    kratos: Kratos,
    service: Mutex<S>,
    server: Counting,
}

impl Guard<()> {
    async fn new(
        store: impl FleetStore + 'static,
    ) -> Guard<impl Service<Request<Body>, Response = Response<Body>, Error = std::convert::Infallible>> {
        let server = Counting::default();
        let kratos = joined(kratos(&server).with_cache_store(Nothing), store).await;
        let guard = Guard { kratos: kratos.clone(), service: Mutex::new(guarded(kratos)), server };
        let begun = Instant::now();
        // Entries are written in the background.
        let mut calls = 0;
        while calls != guard.visit().await {
            assert!(begun.elapsed() < BOUND, "the store is not used");
            calls = guard.server.0.load(Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        guard
    }
}

impl<S: Service<Request<Body>, Response = Response<Body>, Error = std::convert::Infallible>> Guard<S> {
    /// Fetches, opens and decodes the session.
    async fn session(&self, headers: HeaderMap) {
        let request = KratosRequest::new(self.kratos.request(&headers), "GET", "/", headers);
        assert!(request.session().await.is_ok());
    }

    /// Returns how often Kratos was asked.
    async fn visit(&self) -> usize {
        let mut service = self.service.lock().await;
        let response = service.ready().await.unwrap().call(request()).await.unwrap();
        assert_eq!(response.status(), 200);
        self.server.0.load(Ordering::Relaxed)
    }
}

fn beside<S>(runtime: &Runtime, guard: &Guard<S>, get: impl AsyncFn() -> usize) -> Vec<Measured>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = std::convert::Infallible>,
{
    let before = guard.server.0.load(Ordering::Relaxed);
    let bare = |times| {
        runtime.block_on(async {
            let start = Instant::now();
            for _ in 0..times {
                assert!(get().await > 500);
            }
            start.elapsed()
        })
    };
    let hits = |times| {
        runtime.block_on(async {
            let start = Instant::now();
            for _ in 0..times {
                guard.visit().await;
            }
            start.elapsed()
        })
    };
    let sessions = |times| {
        let headers = vec![fixture::with_cookie(); times];
        runtime.block_on(async {
            let start = Instant::now();
            for headers in headers {
                guard.session(headers).await;
            }
            start.elapsed()
        })
    };
    let subjects =
        vec![Subject::timed(BARE, bare), Subject::timed(SHARED, sessions), Subject::timed(GUARD, hits)];
    let measured = alternate(subjects, 400, 20);
    assert_eq!(guard.server.0.load(Ordering::Relaxed), before, "each was a hit");
    measured
}

struct Redis {
    child: Child,
    directory: PathBuf,
    port: u16,
}

impl Redis {
    fn start() -> Option<Self> {
        let directory = std::env::temp_dir().join(format!("kratos-benches-{}", Uuid::new_v4()));
        std::fs::create_dir(&directory).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--port", &port.to_string(), "--dir"])
            .arg(&directory)
            .stdout(Stdio::null())
            .spawn()
            .ok()?;
        let server = Self { child, directory, port };
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(server)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = (self.child.kill(), self.child.wait());
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
