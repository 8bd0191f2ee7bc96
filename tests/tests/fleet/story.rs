//! What happens to a fleet, in order.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use super::{
    BOUND, PROCESSES, TTL,
    clock::{self, Clocks},
    engine::{Engine, Redis, Running},
    load::Load,
    process,
    proxy::Proxy,
    server::Server,
};

/// The processes whose clocks jump.
const AHEAD: usize = 3;
const BACK: usize = 4;

struct Fleet {
    engine: Engine,
    kratos: String,
    load: Arc<Load>,
    proxies: Vec<Proxy>,
    children: Vec<Child>,
    clocks: Arc<Clocks>,
}

/// How long each part takes; `KRATOS_FLEET_REQUESTS` makes it longer.
#[derive(Clone, Copy)]
struct Times {
    part: Duration,
    pause: Duration,
    requests: u64,
}

impl Times {
    fn of_environment() -> Self {
        match std::env::var("KRATOS_FLEET_REQUESTS") {
            Ok(requests) => Self {
                part: Duration::from_secs(12),
                pause: Duration::from_secs(30),
                requests: requests.parse().unwrap(),
            },
            Err(_) => Self { part: Duration::from_secs(2), pause: Duration::from_secs(3), requests: 0 },
        }
    }
}

pub(crate) async fn tell(engine: Engine) {
    let times = Times::of_environment();
    let began = Instant::now();
    let clocks = Arc::new(Clocks::new(PROCESSES));
    let mut server = Running::start_with(engine, &clocks).await;
    let mut fleet = Fleet::start(engine, server.port(), Arc::clone(&clocks)).await;
    let load = Arc::clone(&fleet.load);
    let visitors = load.start();
    let mut round = 0;
    loop {
        round += 1;
        fleet.part("calm", times).await;
        for delay in [30, 400] {
            fleet.proxies.iter().for_each(|proxy| proxy.set_delay(Duration::from_millis(delay)));
            fleet.part(&format!("an engine {delay} ms away"), times).await;
        }
        fleet.proxies.iter().for_each(|proxy| proxy.set_delay(Duration::ZERO));
        fleet.proxies[0].cut();
        fleet.part("a process without the engine", times).await;
        fleet.proxies.iter().for_each(Proxy::cut);
        fleet.part("no process has the engine", times).await;
        fleet.proxies.iter().for_each(|proxy| proxy.set_delay(Duration::ZERO));
        fleet.part("the engine is back", times).await;
        if let Running::Redis(server) = &server {
            server.cli(&["config", "set", "maxmemory", "1"]);
            fleet.part("full memory", times).await;
            server.cli(&["config", "set", "maxmemory", "0"]);
        }
        server.kill();
        fleet.part("the engine was killed", times).await;
        server.start_again().await;
        fleet.part("the engine came back empty", times).await;
        if let Running::Redis(master) = server {
            server = Running::Redis(fleet.fail_over(master, times).await);
        }
        fleet.restart_process(2).await;
        fleet.part("a process was killed, and another joined", times).await;
        fleet.jump_clocks(times).await;
        fleet.jump_engine(&server, times).await;
        fleet.pause(1, times.pause).await;
        fleet.part("the process goes on", times).await;
        if load.oracle.requests.load(Ordering::Relaxed) >= times.requests {
            break;
        }
    }
    load.end();
    for visitor in visitors {
        visitor.await.unwrap();
    }
    let of = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
    let oracle = &load.oracle;
    println!(
        "fleet on {} ({}): {} requests in {} s and {round} rounds, {} served, {} failed, {} calls of whoami; {} revocations, {} not \
         acknowledged; served at most {} ms after an acknowledged one (bound {} ms), {} ms after another (TTL {} ms)",
        engine.name(),
        engine.version(),
        of(&oracle.requests),
        began.elapsed().as_secs(),
        of(&oracle.served),
        of(&oracle.failed),
        load.server.calls(),
        of(&oracle.revocations),
        of(&oracle.unacknowledged),
        of(&oracle.latest) / 1000,
        BOUND.as_millis(),
        of(&oracle.latest_unacknowledged) / 1000,
        TTL.as_millis(),
    );
    oracle.verdict();
    // How many requests come with a revoked session depends on the machine's speed.
    assert!(of(&oracle.failed) < of(&oracle.requests) / 2, "the fleet refused too much");
    assert!(of(&oracle.served) > 1_000, "the fleet served too little");
    assert!(of(&oracle.revocations) > of(&oracle.unacknowledged), "no revocation was acknowledged");
    drop(server);
}

impl Fleet {
    async fn start(engine: Engine, port: u16, clocks: Arc<Clocks>) -> Self {
        let server = Server::default();
        let kratos = server.start().await;
        let load = Load::new(server, PROCESSES);
        let mut proxies = Vec::new();
        for _ in 0..PROCESSES {
            proxies.push(Proxy::start(port).await);
        }
        let mut fleet = Self { engine, kratos, load, proxies, children: Vec::new(), clocks };
        for number in 0..PROCESSES {
            let child = fleet.spawn(number);
            fleet.children.push(child);
        }
        fleet
    }

    fn spawn(&self, number: usize) -> Child {
        let store = format!("{}={}", self.engine.name(), self.proxies[number].port());
        let mut command = Command::new(std::env::current_exe().unwrap());
        if [AHEAD, BACK].contains(&number) {
            self.clocks.give(&mut command, number);
        }
        let mut child = command
            .env(process::IS_PROCESS, "1")
            .env(process::KRATOS, &self.kratos)
            .env(process::STORE, store)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        *self.load.processes[number].lock().unwrap() = Some(line.trim().parse().unwrap());
        child
    }

    async fn part(&self, name: &str, times: Times) {
        let load = &self.load;
        let counters = || {
            (
                load.oracle.requests.load(Ordering::Relaxed),
                load.oracle.failed.load(Ordering::Relaxed),
                load.server.calls(),
            )
        };
        let before = counters();
        tokio::time::sleep(times.part).await;
        let after = counters();
        println!(
            "{}: {name}: {} requests, {} failed, {} calls of whoami",
            self.engine.name(),
            after.0 - before.0,
            after.1 - before.1,
            after.2 - before.2
        );
    }

    async fn restart_process(&mut self, number: usize) {
        *self.load.processes[number].lock().unwrap() = None;
        let _ = (self.children[number].kill(), self.children[number].wait());
        self.children[number] = self.spawn(number);
    }

    /// The wall clock of one process jumps a minute ahead, that of another a minute back; then both are right again.
    async fn jump_clocks(&self, times: Times) {
        if self.has_no_clocks() {
            return;
        }
        for (ahead, back) in [(60, -60), (0, 0)] {
            tokio::join!(self.clocks.jump(AHEAD, ahead), self.clocks.jump(BACK, back));
            self.part(&format!("clocks {ahead:+} s and {back:+} s from the true time"), times).await;
        }
    }

    /// The engine's wall clock jumps a minute ahead, two back, and to the true time: Redis' expiry and positions follow it, and
    /// PostgreSQL's expiry.
    async fn jump_engine(&self, server: &Running, times: Times) {
        if self.has_no_clocks() {
            return;
        }
        for seconds in [60, -60, 0] {
            self.clocks.jump(clock::ENGINE, seconds).await;
            let ahead = server.now() - time::OffsetDateTime::now_utc().unix_timestamp();
            assert!((ahead - i64::from(seconds)).abs() < 20, "the engine's clock is {ahead} s ahead");
            self.part(&format!("the engine's clock {seconds:+} s from the true time"), times).await;
        }
    }

    fn has_no_clocks(&self) -> bool {
        let Some(missing) = self.clocks.missing() else { return false };
        println!("{}: jumping clocks: NOT RUN: {missing}", self.engine.name());
        assert!(std::env::var_os("KRATOS_ENGINES").is_none(), "KRATOS_ENGINES requires faketime");
        true
    }

    /// SIGSTOP, and revocations meanwhile.
    async fn pause(&self, number: usize, time: Duration) {
        self.load.visit_all(number).await;
        let port = self.load.processes[number].lock().unwrap().take();
        self.signal(number, "STOP");
        tokio::time::sleep(time).await;
        self.signal(number, "CONT");
        *self.load.processes[number].lock().unwrap() = port;
        // At once: it must notice by itself that it is late.
        self.load.visit_all(number).await;
    }

    fn signal(&self, number: usize, signal: &str) {
        let pid = self.children[number].id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().unwrap().success());
    }

    /// The master dies; its replica takes over, and lacks the last records.
    async fn fail_over(&mut self, mut master: Redis, times: Times) -> Redis {
        let replica = master.another().await;
        replica.cli(&["replicaof", "127.0.0.1", &master.port().to_string()]);
        self.part("a replica follows", times).await;
        // Before the master dies: acknowledged revocations that the replica never sees.
        replica.cli(&["replicaof", "no", "one"]);
        tokio::time::sleep(Duration::from_millis(300)).await;
        master.kill();
        self.proxies.iter().for_each(|proxy| proxy.set_upstream(replica.port()));
        self.part("a failover", times).await;
        replica
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = (child.kill(), child.wait());
        }
    }
}
