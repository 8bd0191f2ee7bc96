//! One connection for all calls, made anew after a failure.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use kratos_core::fleet::StoreError;
use redis::{
    AsyncConnectionConfig, Client, ErrorKind, RedisError, ServerErrorKind, sentinel::SentinelClient,
};

#[cfg(feature = "cluster")]
use crate::cluster;
use crate::link::Link;

/// What connections are made from.
pub(crate) enum Source {
    Client(Box<Client>),
    /// Looking for the master changes the client.
    Sentinel(Box<tokio::sync::Mutex<SentinelClient>>),
    #[cfg(feature = "cluster")]
    Cluster(Box<redis::cluster::ClusterClient>),
}

pub(crate) struct Connections {
    source: Source,
    current: Mutex<Current>,
    /// Held by the call that connects.
    connecting: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Current {
    connection: Option<Connection>,
    number: u64,
    /// When it was made, or a call on it last succeeded.
    answered: Option<Instant>,
}

/// A connection, and which one it is.
#[derive(Clone)]
pub(crate) struct Connection {
    /// For entries and leases.
    pub(crate) entries: Link,
    /// For the log. To a cluster, a connection of its own: one that looks for a node in trouble lets all calls wait.
    pub(crate) log: Link,
    number: u64,
}

/// A server that does not answer this long is away. The calls themselves are limited by the fleet's settings.
const CONNECT: Duration = Duration::from_secs(2);

impl Source {
    /// A connection that fails longer than this is made anew. One to a cluster follows failovers by itself, and a new one
    /// takes longer than a read of the log waits while a node does not answer.
    const fn mends_within(&self) -> Duration {
        match self {
            Self::Client(_) | Self::Sentinel(_) => Duration::ZERO,
            #[cfg(feature = "cluster")]
            Self::Cluster(_) => Duration::from_secs(5),
        }
    }
}

impl Connections {
    pub(crate) fn new(source: Source) -> Arc<Self> {
        Arc::new(Self { source, current: Mutex::default(), connecting: tokio::sync::Mutex::new(()) })
    }

    /// The present connection, or a new one.
    pub(crate) async fn get(&self) -> Result<Connection, StoreError> {
        if let Some(present) = self.present() {
            return Ok(present);
        }
        let _one = self.connecting.lock().await;
        if let Some(present) = self.present() {
            return Ok(present);
        }
        let (entries, log) = self.connect().await.map_err(failed)?;
        let mut current = self.current();
        current.number = current.number.wrapping_add(1);
        current.answered = Some(Instant::now());
        let connection = Connection { entries, log, number: current.number };
        current.connection = Some(connection.clone());
        Ok(connection)
    }

    fn present(&self) -> Option<Connection> {
        self.current().connection.clone()
    }

    async fn connect(&self) -> Result<(Link, Link), RedisError> {
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT)).set_response_timeout(None);
        let server = match &self.source {
            Source::Client(client) => client.get_multiplexed_async_connection_with_config(&config).await?,
            Source::Sentinel(client) => client.lock().await.get_async_connection_with_config(&config).await?,
            #[cfg(feature = "cluster")]
            Source::Cluster(client) => {
                let connect = || Link::Cluster(cluster::connect(client));
                return Ok((connect(), connect()));
            }
        };
        Ok((Link::Server(server.clone()), Link::Server(server)))
    }

    fn succeeded(&self, number: u64) {
        let mut current = self.current();
        if current.number == number {
            current.answered = Some(Instant::now());
        }
    }

    /// Uses this connection no more, unless it is left to mend itself.
    fn failed(&self, number: u64) {
        let mut current = self.current();
        let is_mending = current.answered.is_some_and(|last| last.elapsed() < self.source.mends_within());
        if current.number == number && !is_mending {
            current.connection = None;
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the connection unless the call on it succeeds: also when the call itself is dropped because it took too long.
pub(crate) struct Trial<'a> {
    connections: &'a Connections,
    number: u64,
    is_passed: bool,
}

impl<'a> Trial<'a> {
    pub(crate) fn of(connections: &'a Connections, connection: &Connection) -> Self {
        Self { connections, number: connection.number, is_passed: false }
    }

    pub(crate) fn passed(mut self) {
        self.is_passed = true;
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        if self.is_passed {
            self.connections.succeeded(self.number);
        } else {
            self.connections.failed(self.number);
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "used with map_err")]
pub(crate) fn failed(error: RedisError) -> StoreError {
    let is_between_masters = matches!(
        error.kind(),
        ErrorKind::ClusterConnectionNotFound
            | ErrorKind::Server(
                ServerErrorKind::ClusterDown
                    | ServerErrorKind::Moved
                    | ServerErrorKind::Ask
                    | ServerErrorKind::TryAgain
            )
    );
    if error.is_timeout() {
        StoreError::timeout()
    } else if error.is_io_error()
        || error.is_connection_dropped()
        || error.is_connection_refusal()
        || is_between_masters
    {
        StoreError::unavailable(error.to_string())
    } else {
        StoreError::refused(error.to_string())
    }
}
