// The README is the first chapter.
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]

mod connection;
mod store;

use std::{fmt, sync::Arc};

use kratos_core::fleet::StoreError;
use redis::{Client, sentinel::SentinelClient};

use connection::{Connections, Source};

/// A [`FleetStore`](kratos_core::fleet::FleetStore) in Redis or Valkey. Clones share a connection.
///
/// The client is [redis](https://docs.rs/redis) (redis-rs): of the two asynchronous clients with TLS and Sentinel it is the one
/// that is released monthly and follows Redis 8 and Valkey; `fred` had its last release in spring 2025.
#[derive(Clone)]
pub struct RedisStore(Arc<Inner>);

struct Inner {
    connections: Connections,
    prefix: String,
}

impl RedisStore {
    /// Uses the server at this URL: `redis://user:password@host:6379/0`, `rediss://` for TLS, `unix:` for a socket.
    /// Connects when it is used.
    ///
    /// # Errors
    /// When the URL is not one of Redis, or TLS cannot be set up.
    pub fn new(url: &str) -> Result<Self, StoreError> {
        Client::open(url).map(Self::from_client).map_err(|error| StoreError::refused(error.to_string()))
    }

    /// Uses a client: with certificates of its own, for example (`Client::build_with_tls`).
    #[must_use]
    pub fn from_client(client: Client) -> Self {
        Self::of(Source::Client(Box::new(client)))
    }

    /// Uses the master that Sentinel names, and asks for it again after each failure.
    #[must_use]
    pub fn from_sentinel(client: SentinelClient) -> Self {
        Self::of(Source::Sentinel(Box::new(tokio::sync::Mutex::new(client))))
    }

    /// Begins every key with `prefix:`. Default: `kratos`. Fleets that share an engine need a prefix each. In braces
    /// (`{shop}`), all keys are in one slot.
    #[must_use]
    pub fn with_prefix(self, prefix: impl Into<String>) -> Self {
        let prefix = prefix.into();
        match Arc::try_unwrap(self.0) {
            Ok(inner) => Self(Arc::new(Inner { prefix, ..inner })),
            Err(shared) => Self(Arc::new(Inner { connections: shared.connections.another(), prefix })),
        }
    }

    fn of(source: Source) -> Self {
        Self(Arc::new(Inner { connections: Connections::new(source), prefix: "kratos".into() }))
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("prefix", &self.0.prefix).finish_non_exhaustive()
    }
}
