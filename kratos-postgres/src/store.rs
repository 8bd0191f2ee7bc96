//! Entries, leases and the log.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use bytes::Bytes;
use kratos_core::{
    credential::CacheKey,
    fleet::{FleetStore, Generation, Lease, LogPage, LogPosition, StoreError},
};
use tokio_postgres::{
    Row,
    types::{ToSql, Type},
};
use uuid::Uuid;

use crate::{
    Inner, PostgresStore,
    connection::{Connection, Trial, failed},
};

type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

impl Inner {
    async fn connection(&self) -> Result<Arc<Connection>, StoreError> {
        self.connections.get(&self.schema).await
    }

    async fn rows(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, StoreError> {
        self.connection().await?.client.query_typed(sql, parameters).await.map_err(failed)
    }
}

fn column<'a, T: tokio_postgres::types::FromSql<'a>>(row: &'a Row, index: usize) -> Result<T, StoreError> {
    row.try_get(index).map_err(failed)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64().min(1e9) * 1000.0
}

/// Positions are never negative.
fn position(number: i64) -> LogPosition {
    LogPosition::new(u128::try_from(number).unwrap_or_default())
}

/// When this store last removed what is past its time, in seconds since 1970.
#[derive(Default)]
pub(crate) struct Swept(AtomicI64);

impl Swept {
    /// Whether that is a minute ago. Then it is now.
    fn is_due(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        let now = i64::try_from(now).unwrap_or_default();
        let last = self.0.load(Ordering::Relaxed);
        (now - last).abs() >= 60
            && self.0.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[async_trait]
impl FleetStore for PostgresStore {
    async fn get(&self, key: &CacheKey) -> Result<Option<Bytes>, StoreError> {
        let key = &key.as_bytes()[..];
        let connection = self.0.connection().await?;
        let rows = match &connection.get {
            Some(statement) => connection.client.query(statement, &[&key]).await.map_err(failed)?,
            None => self.0.rows(&self.0.schema.get, &[(&key, Type::BYTEA)]).await?,
        };
        rows.first().map(|row| column::<&[u8]>(row, 0).map(Bytes::copy_from_slice)).transpose()
    }

    async fn put(&self, key: &CacheKey, entry: Bytes, ttl: Duration) -> Result<(), StoreError> {
        let (key, entry, ttl) = (&key.as_bytes()[..], &*entry, millis(ttl));
        let parameters: &[Parameter<'_>] =
            &[(&key, Type::BYTEA), (&entry, Type::BYTEA), (&ttl, Type::FLOAT8)];
        self.0.rows(&self.0.schema.put, parameters).await?;
        Ok(())
    }

    async fn lease(&self, key: &CacheKey, time: Duration) -> Result<Lease, StoreError> {
        let (key, time) = (&key.as_bytes()[..], millis(time));
        let rows = self.0.rows(&self.0.schema.lease, &[(&key, Type::BYTEA), (&time, Type::FLOAT8)]).await?;
        let Some(row) = rows.first() else { return Ok(Lease::Held) };
        Ok(match (column(row, 0)?, column(row, 1)?) {
            (true, _) => Lease::Acquired,
            (false, Some(true)) => Lease::Open,
            (false, _) => Lease::Held,
        })
    }

    async fn open_lease(&self, key: &CacheKey, time: Duration) -> Result<(), StoreError> {
        let (key, time) = (&key.as_bytes()[..], millis(time));
        self.0.rows(&self.0.schema.open_lease, &[(&key, Type::BYTEA), (&time, Type::FLOAT8)]).await?;
        Ok(())
    }

    async fn append(&self, records: &[Bytes]) -> Result<(), StoreError> {
        let records: Vec<&[u8]> = records.iter().map(|record| &**record).collect();
        let connection = self.0.connection().await?;
        let trial = Trial::of(&self.0.connections, &connection);
        self.0.rows(&self.0.schema.append, &[(&records, Type::BYTEA_ARRAY)]).await?;
        trial.passed();
        Ok(())
    }

    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError> {
        let connection = self.0.connection().await?;
        let trial = Trial::of(&self.0.connections, &connection);
        let after = after.map_or(0, |after| i64::try_from(after.get()).unwrap_or(i64::MAX));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let schema = &self.0.schema;
        // In this order: the oldest record and the generation are not read before the records.
        let records = self.0.rows(&schema.records, &[(&after, Type::INT8), (&limit, Type::INT8)]).await?;
        let head = self.0.rows(&schema.head, &[]).await?;
        let head = head.first().ok_or_else(|| StoreError::refused("the table of the epoch is empty"))?;
        let (generation, is_same_run, is_read_only): (Uuid, bool, bool) =
            (column(head, 0)?, column(head, 1)?, column(head, 2)?);
        if is_read_only {
            return Err(StoreError::refused("the server is a standby, or read-only"));
        }
        if !is_same_run {
            // Of several processes that do this at once, one does it.
            self.0.rows(&schema.begin, &[]).await?;
            tracing::info!(target: "kratos", "the fleet's engine was started: a new generation begins");
            return Err(StoreError::refused("the server was started since the last read"));
        }
        if self.0.swept.is_due() {
            connection.client.batch_execute(&schema.sweep).await.map_err(failed)?;
        }
        let record = |row: &Row| Ok((position(column(row, 0)?), Bytes::copy_from_slice(column(row, 1)?)));
        let page = LogPage::new(
            Generation::new(*generation.as_bytes()),
            column::<Option<i64>>(head, 3)?.map(position),
            records.iter().map(record).collect::<Result<_, StoreError>>()?,
        );
        trial.passed();
        Ok(page)
    }

    async fn changed(&self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.0.connections.notified()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_store_is_swept_once_a_minute() {
        let (one, other) = (Swept::default(), Swept::default());
        assert_eq!([one.is_due(), one.is_due(), other.is_due()], [true, false, true]);
    }
}
