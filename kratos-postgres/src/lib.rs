// The README is the first chapter.
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]

mod connection;
mod schema;
mod store;

use std::{fmt, sync::Arc};

use kratos_core::fleet::StoreError;
use tokio_postgres::{
    Config, NoTls, Socket,
    tls::{MakeTlsConnect, TlsConnect},
};

use self::{
    connection::{Connections, failed},
    schema::Schema,
};

/// A [`FleetStore`](kratos_core::fleet::FleetStore) in PostgreSQL. Clones share a connection.
///
/// The client is [tokio-postgres](https://docs.rs/tokio-postgres): one engine is all that is needed, it shows notifications on the
/// connection that sends queries, and sends queries without waiting for the answers of earlier ones.
#[derive(Clone)]
pub struct PostgresStore(Arc<Inner>);

struct Inner {
    connections: Connections,
    schema: Schema,
    swept: store::Swept,
}

impl PostgresStore {
    /// Uses the server of this configuration, as `host=… user=…` or `postgresql://…`, without TLS. Connects when it is used.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    pub fn new(config: &str) -> Result<Self, StoreError> {
        // The error's text may show a part of the configuration, and with it a password.
        let refused = |_| StoreError::refused("the configuration of PostgreSQL cannot be read");
        Ok(Self::with_tls(config.parse::<Config>().map_err(refused)?, NoTls))
    }

    /// Uses the server of this configuration, with this TLS: of `tokio-postgres-rustls`, for example.
    #[must_use]
    pub fn with_tls<T>(config: Config, tls: T) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        Self(Arc::new(Inner {
            connections: Connections::new(config, tls),
            schema: Schema::new("kratos_fleet"),
            swept: store::Swept::default(),
        }))
    }

    /// Keeps the tables in this schema. Default: `kratos_fleet`. Fleets that share a database need a schema each.
    #[must_use]
    pub fn with_schema(self, schema: &str) -> Self {
        let connections = self.0.connections.another();
        Self(Arc::new(Inner { connections, schema: Schema::new(schema), swept: store::Swept::default() }))
    }

    /// Returns the statements that create schema, tables and functions, for migrations. They change nothing that exists.
    #[must_use]
    pub fn schema(&self) -> String {
        self.0.schema.create()
    }

    /// Creates schema, tables and functions where they do not exist.
    ///
    /// # Errors
    /// When the server is unreachable or refuses.
    pub async fn create_tables(&self) -> Result<(), StoreError> {
        let connection = self.0.connections.get(&self.0.schema).await?;
        connection.client.batch_execute(&self.0.schema.create()).await.map_err(failed)
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("schema", &self.0.schema.name()).finish_non_exhaustive()
    }
}
