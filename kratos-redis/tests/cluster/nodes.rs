//! The servers of a cluster.

use std::{process::Command, time::Duration};

use kratos_redis::RedisStore;

use crate::server::{Server, free_port, programs};

pub(crate) struct Cluster {
    nodes: Vec<Node>,
}

struct Node {
    server: Server,
    port: u16,
}

/// A cluster of each program that is installed, with so many nodes more that have no slot yet.
pub(crate) async fn clusters(more: usize) -> Vec<Cluster> {
    let mut clusters = Vec::new();
    for program in programs() {
        clusters.push(Cluster::start(program, more).await);
    }
    clusters
}

impl Cluster {
    async fn start(program: &'static str, more: usize) -> Self {
        let nodes: Vec<_> = (0..3 + more).map(|_| Node::start(program)).collect();
        let cluster = Self { nodes };
        let cli = program.replace("server", "cli");
        let address = |node: &Node| format!("127.0.0.1:{}", node.port);
        let create = Command::new(cli)
            .args(["--cluster", "create"])
            .args(cluster.nodes.iter().take(3).map(address))
            .args(["--cluster-replicas", "0", "--cluster-yes"])
            .output()
            .unwrap();
        assert!(create.status.success(), "{}", String::from_utf8_lossy(&create.stdout));
        for node in 3..3 + more {
            let first = cluster.port(0).to_string();
            assert_eq!(cluster.cli(node, &["cluster", "meet", "127.0.0.1", &first]).trim(), "OK");
        }
        cluster.agrees().await;
        cluster
    }

    /// Waits until every node serves, and knows all others.
    async fn agrees(&self) {
        let nodes = self.nodes.len();
        let all = format!("cluster_known_nodes:{nodes}\r");
        let holds = |node: usize| {
            let info = self.cli(node, &["cluster", "info"]);
            info.contains("cluster_state:ok") && info.contains(&all)
        };
        wait(|| (0..nodes).all(holds), "the nodes agree").await;
    }

    pub(crate) fn urls(&self, user: &str) -> Vec<String> {
        self.nodes.iter().map(|node| format!("redis://{user}127.0.0.1:{}/", node.port)).collect()
    }

    /// As another process.
    pub(crate) fn store(&self) -> RedisStore {
        RedisStore::cluster(self.urls("")).unwrap()
    }

    pub(crate) fn port(&self, node: usize) -> u16 {
        self.nodes[node].port
    }

    pub(crate) fn cli(&self, node: usize, command: &[&str]) -> String {
        self.nodes[node].server.cli(command)
    }

    pub(crate) fn id(&self, node: usize) -> String {
        self.cli(node, &["cluster", "myid"]).trim().to_owned()
    }

    /// The node that serves a key.
    pub(crate) fn owner(&self, key: &str) -> usize {
        let serves = |node: &usize| {
            let answer = self.cli(*node, &["exists", key]);
            matches!(answer.trim(), "0" | "1")
        };
        (0..self.nodes.len()).find(serves).unwrap()
    }

    /// Makes the last node a replica.
    pub(crate) async fn add_replica_of(&self, master: usize) -> usize {
        let replica = self.nodes.len() - 1;
        let made = self.cli(replica, &["cluster", "replicate", &self.id(master)]);
        assert_eq!(made.trim(), "OK");
        let is_up = || self.cli(replica, &["info", "replication"]).contains("master_link_status:up");
        wait(is_up, "the replica is in step").await;
        // Every node knows that it is one.
        let is_known = |node| {
            let nodes = self.cli(node, &["cluster", "nodes"]);
            nodes.lines().any(|line| line.contains(&self.id(replica)) && line.contains("slave"))
        };
        wait(|| (0..replica).all(is_known), "the nodes know the replica").await;
        replica
    }

    /// Whether the master's replica has everything.
    pub(crate) fn replicated(&self, master: usize) -> bool {
        self.cli(master, &["wait", "1", "1000"]).trim() == "1"
    }

    /// From now on the replica receives nothing, and does not know why.
    pub(crate) async fn cut_off(&self, master: usize, replica: usize) {
        self.cli(replica, &["config", "set", "masterauth", "wrong"]);
        self.cli(master, &["client", "kill", "type", "replica"]);
        let is_down = || self.cli(replica, &["info", "replication"]).contains("master_link_status:down");
        wait(is_down, "the replica is cut off").await;
    }

    pub(crate) fn kill(&mut self, node: usize) {
        self.nodes[node].server.kill();
    }

    /// It keeps its connections and answers nothing.
    pub(crate) fn pause(&self, node: usize) {
        self.signal(node, "-STOP");
    }

    pub(crate) fn resume(&self, node: usize) {
        self.signal(node, "-CONT");
    }

    fn signal(&self, node: usize, signal: &str) {
        let id = self.nodes[node].server.pid().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    pub(crate) async fn restart(&mut self, node: usize, keep: bool) {
        self.nodes[node].server.restart(keep);
        self.agrees().await;
    }
}

impl Node {
    fn start(program: &'static str) -> Self {
        let port = port();
        let number = port.to_string();
        // An entry is away with its node only. A replica takes over whatever it lacks.
        let settings = [
            ["--port", &*number],
            ["--bind", "127.0.0.1"],
            ["--cluster-enabled", "yes"],
            ["--cluster-node-timeout", "3000"],
            ["--cluster-require-full-coverage", "no"],
            ["--cluster-replica-validity-factor", "0"],
            ["--cluster-allow-replica-migration", "no"],
            ["--repl-diskless-sync-delay", "0"],
        ];
        let settings = settings.concat().into_iter().map(str::to_owned).collect();
        Self { server: Server::start_with(program, |_| settings), port }
    }
}

/// A port that no program uses now, whose bus port (10,000 above) is free too.
fn port() -> u16 {
    for _ in 0..1000 {
        let port = free_port();
        let bus = port.checked_add(10_000);
        if bus.is_some_and(|bus| std::net::TcpListener::bind(("127.0.0.1", bus)).is_ok()) {
            return port;
        }
    }
    panic!("no free port");
}

pub(crate) async fn wait(mut holds: impl FnMut() -> bool, what: &str) {
    for _ in 0..1200 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}
