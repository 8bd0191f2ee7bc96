//! The engines, as Debian's packages have them.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use kratos_core::fleet::Fleet;
use kratos_postgres::PostgresStore;
use kratos_redis::RedisStore;

use super::clock::Clocks;

#[path = "../../../kratos-postgres/tests/server/mod.rs"]
mod postgres;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Redis,
    Valkey,
    Postgres,
}

pub(crate) const ALL: [Engine; 3] = [Engine::Redis, Engine::Valkey, Engine::Postgres];

impl Engine {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Redis => "redis",
            Self::Valkey => "valkey",
            Self::Postgres => "postgresql",
        }
    }

    fn program(self) -> &'static str {
        match self {
            Self::Redis => "redis-server",
            Self::Valkey => "valkey-server",
            Self::Postgres => "postgres",
        }
    }

    /// What to install.
    pub(crate) fn missing(self) -> Option<&'static str> {
        let is_there = match self {
            Self::Postgres => postgres::programs().is_some(),
            _ => Command::new(self.program()).arg("--version").output().is_ok(),
        };
        if is_there {
            return None;
        }
        Some(match self {
            Self::Redis => "redis-server is not installed (Debian: apt-get install redis-server)",
            Self::Valkey => "valkey-server is not installed (Debian 13: apt-get install valkey-server)",
            Self::Postgres => "PostgreSQL is not installed (Debian: apt-get install postgresql)",
        })
    }

    pub(crate) fn version(self) -> String {
        let program = match postgres::programs() {
            Some(programs) if self == Self::Postgres => programs.join("postgres"),
            _ => self.program().into(),
        };
        let output = Command::new(program).arg("--version").output().unwrap();
        String::from_utf8_lossy(&output.stdout).split(' ').take(3).collect::<Vec<_>>().join(" ")
    }
}

/// The fleet of a process, by the engine's name and port.
pub(crate) async fn fleet(store: &str) -> Fleet {
    match store.split_once('=').unwrap() {
        ("postgresql", port) => {
            let config = format!("host=127.0.0.1 port={port} user=postgres dbname=postgres");
            let store = PostgresStore::new(&config).unwrap();
            create_tables(&store).await;
            Fleet::new(store)
        }
        (_, port) => Fleet::new(RedisStore::new(&format!("redis://127.0.0.1:{port}/")).unwrap()),
    }
}

/// As an application does that starts while its engine recovers: tries again.
async fn create_tables(store: &PostgresStore) {
    let began = Instant::now();
    while let Err(error) = store.create_tables().await {
        eprintln!("{} ms after the start: {error}", began.elapsed().as_millis());
        assert!(began.elapsed() < Duration::from_secs(60), "the tables cannot be created: {error}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// A server.
pub(crate) enum Running {
    Redis(Redis),
    Postgres(postgres::Server),
}

impl Running {
    pub(crate) async fn start(engine: Engine) -> Self {
        match engine {
            Engine::Postgres => Self::Postgres(postgres::Server::start(&postgres::programs().unwrap())),
            Engine::Redis | Engine::Valkey => Self::Redis(Redis::start(engine, None).await),
        }
    }

    /// Starts it with a wall clock of its own. The clocks outlive it.
    pub(crate) async fn start_with(engine: Engine, clocks: &Arc<Clocks>) -> Self {
        match engine {
            Engine::Postgres => {
                let programs = clocks.postgres(&postgres::programs().unwrap());
                Self::Postgres(postgres::Server::start(&programs))
            }
            Engine::Redis | Engine::Valkey => {
                Self::Redis(Redis::start(engine, Some(Arc::clone(clocks))).await)
            }
        }
    }

    pub(crate) fn port(&self) -> u16 {
        match self {
            Self::Redis(redis) => redis.port,
            Self::Postgres(server) => server.port(),
        }
    }

    /// Seconds since 1970 by its own clock.
    pub(crate) fn now(&self) -> i64 {
        let answer = match self {
            Self::Redis(redis) => redis.cli(&["time"]),
            Self::Postgres(server) => server.sql("SELECT extract(epoch FROM now())::bigint"),
        };
        answer.lines().next().unwrap().parse().unwrap()
    }

    pub(crate) fn kill(&mut self) {
        match self {
            Self::Redis(redis) => redis.kill(),
            Self::Postgres(server) => server.stop(),
        }
    }

    /// Starts it again: Redis without its data, PostgreSQL without its unlogged tables.
    pub(crate) async fn start_again(&mut self) {
        match self {
            Self::Redis(redis) => redis.start_again().await,
            Self::Postgres(server) => server.start_again(),
        }
    }
}

/// A server of Redis or Valkey.
pub(crate) struct Redis {
    engine: Engine,
    directory: PathBuf,
    child: Child,
    port: u16,
    clocks: Option<Arc<Clocks>>,
}

impl Redis {
    pub(crate) async fn start(engine: Engine, clocks: Option<Arc<Clocks>>) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-fleet-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&directory).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = spawn(engine, &directory, port, clocks.as_deref());
        let mut running = Self { engine, directory, child, port, clocks };
        running.wait().await;
        running
    }

    async fn start_again(&mut self) {
        self.child = spawn(self.engine, &self.directory, self.port, self.clocks.as_deref());
        self.wait().await;
    }

    /// A replica to be, on the same clock.
    pub(crate) async fn another(&self) -> Self {
        Self::start(self.engine, self.clocks.clone()).await
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn cli(&self, command: &[&str]) -> String {
        let cli = self.engine.program().replace("server", "cli");
        let output = Command::new(cli).args(["-p", &self.port.to_string()]).args(command).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    async fn wait(&mut self) {
        for _ in 0..500 {
            if self.cli(&["ping"]).starts_with("PONG") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{} did not start: {:?}", self.engine.name(), self.child.try_wait());
    }
}

fn spawn(engine: Engine, directory: &PathBuf, port: u16, clocks: Option<&Clocks>) -> Child {
    let mut server = Command::new(engine.program());
    if let Some(clocks) = clocks {
        clocks.give_redis(&mut server);
    }
    server
        .args(["--bind", "127.0.0.1", "--save", "", "--port", &port.to_string(), "--dir"])
        .arg(directory)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
