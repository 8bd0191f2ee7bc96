//! The client of a cluster, and its limits.

use std::{io, time::Duration};

use redis::{
    RedisError, RedisFuture, RedisResult,
    cluster::{ClusterClient, ClusterConfig},
    cluster_async::ClusterConnection,
    io::tcp::TcpSettings,
};

/// How long a node may take to connect, and to answer.
const NODE: Duration = Duration::from_secs(1);
/// How long a call may take, with all its attempts.
const CALL: Duration = Duration::from_secs(5);
/// How long a machine may leave what was sent to it unacknowledged.
#[cfg(target_os = "linux")]
const MACHINE: Duration = Duration::from_secs(5);

/// The attempts of a call: each goes to where the last one was sent, or where the cluster says the slot is now.
const ATTEMPTS: u32 = 5;
/// Between two attempts, in milliseconds.
const PAUSES: std::ops::Range<u64> = 10..100;

pub(crate) fn client(nodes: impl Iterator<Item = String>) -> RedisResult<ClusterClient> {
    let tcp = TcpSettings::default().set_nodelay(true);
    #[cfg(target_os = "linux")]
    let tcp = tcp.set_user_timeout(MACHINE);
    ClusterClient::builder(nodes)
        .retries(ATTEMPTS)
        .min_retry_wait(PAUSES.start)
        .max_retry_wait(PAUSES.end)
        .tcp_settings(tcp)
        .build()
}

/// Connects in the background: while a node does not answer, that takes longer than a caller waits.
pub(crate) fn connect(client: &ClusterClient) -> ClusterConnection {
    let config = ClusterConfig::new().set_connection_timeout(NODE).set_response_timeout(NODE);
    client.get_pending_async_connection_with_config(config)
}

/// The client repeats a call for as long as its settings say: hours, by default.
pub(crate) fn limited<'a, T: Send + 'a>(answer: RedisFuture<'a, T>) -> RedisFuture<'a, T> {
    Box::pin(async move {
        let late = |_| Err(RedisError::from(io::Error::from(io::ErrorKind::TimedOut)));
        tokio::time::timeout(CALL, answer).await.unwrap_or_else(late)
    })
}
