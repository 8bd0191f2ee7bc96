//! One connection for all calls, made anew after a failure.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use kratos_core::fleet::StoreError;
use redis::{
    AsyncConnectionConfig, Client, RedisError, aio::MultiplexedConnection, sentinel::SentinelClient,
};

/// What connections are made from.
pub(crate) enum Source {
    Client(Box<Client>),
    /// Looking for the master changes the client.
    Sentinel(Box<tokio::sync::Mutex<SentinelClient>>),
}

pub(crate) struct Connections {
    source: Arc<Source>,
    current: Mutex<Current>,
    /// Held by the call that connects.
    connecting: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Current {
    connection: Option<MultiplexedConnection>,
    number: u64,
}

/// A connection, and which one it is.
#[derive(Clone)]
pub(crate) struct Connection {
    pub(crate) redis: MultiplexedConnection,
    number: u64,
}

/// A server that does not answer this long is away. The calls themselves are limited by the fleet's settings.
const CONNECT: Duration = Duration::from_secs(2);

impl Connections {
    pub(crate) fn new(source: Source) -> Self {
        Self::of(Arc::new(source))
    }

    /// Connections of the same source.
    pub(crate) fn another(&self) -> Self {
        Self::of(Arc::clone(&self.source))
    }

    fn of(source: Arc<Source>) -> Self {
        Self { source, current: Mutex::default(), connecting: tokio::sync::Mutex::new(()) }
    }

    /// The present connection.
    pub(crate) fn present(&self) -> Option<Connection> {
        let current = self.current();
        let redis = current.connection.clone()?;
        Some(Connection { redis, number: current.number })
    }

    /// The present connection, or a new one that `prepare` has accepted.
    pub(crate) async fn get(
        &self,
        prepare: impl AsyncFnOnce(&mut MultiplexedConnection) -> Result<(), StoreError>,
    ) -> Result<Connection, StoreError> {
        if let Some(present) = self.present() {
            return Ok(present);
        }
        let _one = self.connecting.lock().await;
        if let Some(present) = self.present() {
            return Ok(present);
        }
        let mut redis = self.connect().await.map_err(failed)?;
        prepare(&mut redis).await?;
        let mut current = self.current();
        current.number = current.number.wrapping_add(1);
        current.connection = Some(redis.clone());
        Ok(Connection { redis, number: current.number })
    }

    /// Uses this connection no more.
    pub(crate) fn drop_connection(&self, number: u64) {
        let mut current = self.current();
        if current.number == number {
            current.connection = None;
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, RedisError> {
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT)).set_response_timeout(None);
        match &*self.source {
            Source::Client(client) => client.get_multiplexed_async_connection_with_config(&config).await,
            Source::Sentinel(client) => client.lock().await.get_async_connection_with_config(&config).await,
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the connection unless the call on it succeeds: also when the call itself is dropped because it took too long.
pub(crate) struct Trial<'a> {
    connections: &'a Connections,
    number: Option<u64>,
}

impl<'a> Trial<'a> {
    pub(crate) fn of(connections: &'a Connections, connection: &Connection) -> Self {
        Self { connections, number: Some(connection.number) }
    }

    pub(crate) fn passed(mut self) {
        self.number = None;
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.connections.drop_connection(number);
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "used with map_err")]
pub(crate) fn failed(error: RedisError) -> StoreError {
    if error.is_timeout() {
        StoreError::timeout()
    } else if error.is_io_error() || error.is_connection_dropped() || error.is_connection_refusal() {
        StoreError::unavailable(error.to_string())
    } else {
        StoreError::refused(error.to_string())
    }
}
