// The README is the first chapter.
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]

#[cfg(feature = "cluster")]
mod cluster;
mod connection;
mod link;
mod store;

use std::{fmt, sync::Arc};

use kratos_core::fleet::StoreError;
use redis::{Client, sentinel::SentinelClient};

use connection::{Connections, Source};

/// A [`FleetStore`](kratos_core::fleet::FleetStore) in Redis or Valkey. Clones share a connection.
///
/// The client is [redis](https://docs.rs/redis) (redis-rs): of the two asynchronous clients with TLS, Sentinel and Cluster it is the one
/// that is released monthly and follows Redis 8 and Valkey; `fred` had its last release in spring 2025.
#[derive(Clone)]
pub struct RedisStore(Arc<Inner>);

struct Inner {
    connections: Arc<Connections>,
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

    /// Uses the cluster that these nodes belong to; some of them suffice. Needs the feature `cluster`. Connects when it is used.
    ///
    /// URLs as for [`RedisStore::new`], with the same user and TLS in all.
    ///
    /// ```
    /// use kratos_redis::RedisStore;
    ///
    /// # fn main() -> Result<(), kratos_core::fleet::StoreError> {
    /// let store = RedisStore::cluster(["redis://10.0.0.1/", "redis://10.0.0.2/"])?.with_prefix("shop");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a URL is not one of Redis, none is given, they differ, or TLS cannot be set up.
    #[cfg(feature = "cluster")]
    pub fn cluster(nodes: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, StoreError> {
        let nodes = nodes.into_iter().map(|url| url.as_ref().to_owned());
        cluster::client(nodes).map(Self::from_cluster).map_err(|error| StoreError::refused(error.to_string()))
    }

    /// Uses a client of a cluster: with certificates of its own, for example (`ClusterClient::builder`). Needs the feature
    /// `cluster`.
    ///
    /// A node may take 1 s to connect and to answer, whatever the client says. Set a TCP user timeout
    /// ([`RedisStore::cluster`]: 5 s), or entries of a machine that vanished stay away long after the cluster replaced it.
    #[cfg(feature = "cluster")]
    #[must_use]
    pub fn from_cluster(client: redis::cluster::ClusterClient) -> Self {
        Self::of(Source::Cluster(Box::new(client)))
    }

    /// Begins every key with `prefix:`. Default: `kratos`. Fleets that share an engine need a prefix each. In braces
    /// (`{shop}`), all keys are in one slot of a cluster; without, entries are spread over its nodes.
    #[must_use]
    pub fn with_prefix(self, prefix: impl Into<String>) -> Self {
        Self(Arc::new(Inner { connections: Arc::clone(&self.0.connections), prefix: prefix.into() }))
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
