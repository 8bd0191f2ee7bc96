//! Servers behind TLS, and behind Sentinel.

use bytes::Bytes;
use kratos_core::fleet::{FleetStore, StoreErrorKind};
use kratos_redis::RedisStore;
use redis::sentinel::{SentinelClient, SentinelServerType};
#[cfg(feature = "rustls")]
use redis::{Client, TlsCertificates};

use super::{
    generation,
    server::{Server, free_port, programs},
};

fn text(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|&part| part.to_owned()).collect()
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn conforms_behind_tls() {
    for program in programs() {
        let rcgen::CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let port = free_port().to_string();
        let _server = Server::start_with(program, |directory| {
            std::fs::write(directory.join("cert.pem"), cert.pem()).unwrap();
            std::fs::write(directory.join("key.pem"), signing_key.serialize_pem()).unwrap();
            let files = ["--tls-cert-file", "cert.pem", "--tls-key-file", "key.pem", "--tls-ca-cert-file"];
            let files = files.map(|part| match part.strip_suffix(".pem") {
                Some(_) => directory.join(part).display().to_string(),
                None => part.to_owned(),
            });
            let authority = directory.join("cert.pem").display().to_string();
            let more = ["--tls-port", &port, "--tls-auth-clients", "no"].map(str::to_owned);
            files.into_iter().chain([authority]).chain(more).collect()
        });
        let url = format!("rediss://localhost:{port}/");
        let trusted = TlsCertificates { client_tls: None, root_cert: Some(cert.pem().into_bytes()) };
        let open = async || RedisStore::from_client(Client::build_with_tls(&*url, trusted.clone()).unwrap());
        kratos_testkit::fleet::conformance(open).await;
        // The platform does not know this certificate.
        let stranger = RedisStore::new(&url).unwrap();
        assert!(stranger.read(None, 1).await.is_err());
    }
}

/// A replica that took over may lack acknowledged records: another generation.
#[tokio::test]
async fn sentinel_names_the_master_and_a_failover_is_another_generation() {
    for program in programs() {
        let [first, second, third] = [(); 3].map(|()| free_port().to_string());
        let on = |port: &str| {
            let settings = text(&["--port", port, "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0"]);
            Server::start_with(program, |_| settings)
        };
        let (mut master, replica) = (on(&first), on(&second));
        replica.cli(&["replicaof", "127.0.0.1", &first]);
        // Its arrival is another generation too.
        wait(|| replica.cli(&["info", "replication"]).contains("master_link_status:up"), "it is in step")
            .await;
        let sentinel = Server::start_with(program, |directory| {
            let file = format!(
                "port {third}\nbind 127.0.0.1\nunixsocket socket\nsentinel monitor shop 127.0.0.1 {first} 1\n\
                 sentinel down-after-milliseconds shop 500\nsentinel failover-timeout shop 5000\n"
            );
            std::fs::write(directory.join("sentinel.conf"), file).unwrap();
            text(&["sentinel.conf"])
        });
        assert_eq!(sentinel.program(), program);
        let url = format!("redis://127.0.0.1:{third}/");
        let open = || {
            // Without rustls the function takes a `String`.
            let name = String::from("shop");
            let client = SentinelClient::build(vec![&*url], name, None, SentinelServerType::Master);
            RedisStore::from_sentinel(client.unwrap())
        };
        kratos_testkit::fleet::conformance(async || open()).await;
        // Sentinel takes over only to a replica that it knows.
        wait(|| sentinel.cli(&["sentinel", "replicas", "shop"]).contains(&second), "the sentinel knows it")
            .await;
        let store = open();
        let before = generation(&store).await;
        master.kill();
        assert_eq!(store.append(&[Bytes::new()]).await.unwrap_err().kind(), StoreErrorKind::Unavailable);
        wait(|| replica.cli(&["info", "replication"]).contains("role:master"), "it takes over").await;
        let mut after = store.read(None, 1).await;
        for _ in 0..600 {
            if after.is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            after = store.read(None, 1).await;
        }
        assert_ne!(after.unwrap().generation, before);
    }
}

async fn wait(mut holds: impl FnMut() -> bool, what: &str) {
    for _ in 0..1200 {
        if holds() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}
