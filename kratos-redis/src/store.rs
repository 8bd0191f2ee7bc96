//! Entries, leases and the log.
//!
//! | key | holds |
//! |---|---|
//! | `PREFIX:e:KEY` | an entry, with its expiry |
//! | `PREFIX:l:KEY` | a lease, with its expiry: `h`eld or `o`pen |
//! | `PREFIX:log` | a stream of records. Its ids are the positions |
//! | `PREFIX:epoch` | the generation, and the run of the server (`run_id` of `INFO server`) that it belongs to |
//! | `PREFIX:probe` | what readers write |
//!
//! A server that starts has another run id. It may have lost acknowledged records (append-only files are written once a second),
//! and so may a replica that became the master. The process that connects first begins a new generation then. A server is
//! compared on each new connection: a restart ends all connections.

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use kratos_core::{
    credential::CacheKey,
    fleet::{FleetStore, Generation, Lease, LogPage, LogPosition, StoreError},
};
use redis::aio::MultiplexedConnection;
use uuid::Uuid;

use crate::{
    Inner, RedisStore,
    connection::{Connection, Trial, failed},
};

/// The records that the log keeps: some 10 MB.
const RECORDS: usize = 100_000;

impl Inner {
    fn key(&self, kind: &str, key: &CacheKey) -> String {
        let number = u128::from_le_bytes(*key.as_bytes());
        format!("{}:{kind}:{number:032x}", self.prefix)
    }

    fn name(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    async fn connection(&self) -> Result<Connection, StoreError> {
        self.connections.get(async |redis: &mut MultiplexedConnection| self.check_run(redis).await).await
    }

    /// Begins a new generation if the server was started since the present one began.
    async fn check_run(&self, redis: &mut MultiplexedConnection) -> Result<(), StoreError> {
        let (info, epoch): (String, Option<String>) = redis::pipe()
            .cmd("INFO")
            .arg("server")
            .cmd("GET")
            .arg(self.name("epoch"))
            .query_async(redis)
            .await
            .map_err(failed)?;
        let run = info.lines().find_map(|line| line.strip_prefix("run_id:")).map(str::trim);
        let run = run.ok_or_else(|| StoreError::refused("INFO server shows no run_id"))?;
        let is_same = epoch.as_deref().and_then(Epoch::parse).is_some_and(|epoch| epoch.run == run);
        if is_same {
            return Ok(());
        }
        // Of two processes that do this at once, the later one decides; the earlier one reads its generation next.
        let epoch = format!("{} {run}", Uuid::new_v4().simple());
        tracing::info!(target: "kratos", "the fleet's engine was started or emptied: a new generation begins");
        redis::cmd("SET").arg(self.name("epoch")).arg(epoch).exec_async(redis).await.map_err(failed)
    }
}

/// The value of `PREFIX:epoch`.
struct Epoch<'a> {
    generation: Generation,
    run: &'a str,
}

impl<'a> Epoch<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (generation, run) = text.split_once(' ')?;
        let generation = Uuid::try_parse(generation).ok()?;
        Some(Self { generation: Generation::new(*generation.as_bytes()), run })
    }
}

/// A record of a stream: its id, and its fields.
type Record = (String, HashMap<String, Bytes>);

/// `MS-SEQUENCE`, as a number.
fn position(id: &str) -> Option<LogPosition> {
    let (ms, sequence) = id.split_once('-')?;
    let number = |text: &str| text.parse::<u64>().ok().map(u128::from);
    Some(LogPosition::new(number(ms)? << 64 | number(sequence)?))
}

fn id(position: LogPosition) -> String {
    let number = position.get();
    format!("{}-{}", number >> 64, number & u128::from(u64::MAX))
}

/// In milliseconds; never zero, which Redis refuses.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX >> 2).clamp(1, u64::MAX >> 2)
}

#[async_trait]
impl FleetStore for RedisStore {
    async fn get(&self, key: &CacheKey) -> Result<Option<Bytes>, StoreError> {
        let mut connection = self.0.connection().await?;
        redis::cmd("GET").arg(self.0.key("e", key)).query_async(&mut connection.redis).await.map_err(failed)
    }

    async fn put(&self, key: &CacheKey, entry: Bytes, ttl: Duration) -> Result<(), StoreError> {
        let mut connection = self.0.connection().await?;
        redis::cmd("SET")
            .arg(self.0.key("e", key))
            .arg(&*entry)
            .arg("PX")
            .arg(millis(ttl))
            .exec_async(&mut connection.redis)
            .await
            .map_err(failed)
    }

    async fn lease(&self, key: &CacheKey, time: Duration) -> Result<Lease, StoreError> {
        let mut connection = self.0.connection().await?;
        let key = self.0.key("l", key);
        let (set, found): (Option<String>, Option<String>) = redis::pipe()
            .cmd("SET")
            .arg(&key)
            .arg("h")
            .arg("NX")
            .arg("PX")
            .arg(millis(time))
            .cmd("GET")
            .arg(&key)
            .query_async(&mut connection.redis)
            .await
            .map_err(failed)?;
        Ok(match (set, found.as_deref()) {
            (Some(_), _) => Lease::Acquired,
            (None, Some("o")) => Lease::Open,
            (None, _) => Lease::Held,
        })
    }

    async fn open_lease(&self, key: &CacheKey, time: Duration) -> Result<(), StoreError> {
        let mut connection = self.0.connection().await?;
        let key = self.0.key("l", key);
        redis::cmd("SET")
            .arg(key)
            .arg("o")
            .arg("PX")
            .arg(millis(time))
            .exec_async(&mut connection.redis)
            .await
            .map_err(failed)
    }

    async fn append(&self, records: &[Bytes]) -> Result<(), StoreError> {
        let mut connection = self.0.connection().await?;
        let trial = Trial::of(&self.0.connections, &connection);
        let log = self.0.name("log");
        let mut pipe = redis::pipe();
        for record in records {
            pipe.cmd("XADD").arg(&log).arg("MAXLEN").arg("~").arg(RECORDS).arg("*").arg("r").arg(&**record);
        }
        pipe.exec_async(&mut connection.redis).await.map_err(failed)?;
        trial.passed();
        Ok(())
    }

    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError> {
        let mut connection = self.0.connection().await?;
        let trial = Trial::of(&self.0.connections, &connection);
        let log = self.0.name("log");
        let after = after.map_or_else(|| "-".to_owned(), |after| format!("({}", id(after)));
        // In this order: the oldest record and the generation are not read before the records.
        let (records, oldest, epoch): (Vec<Record>, Vec<Record>, Option<String>) = redis::pipe()
            .cmd("XRANGE")
            .arg(&log)
            .arg(after)
            .arg("+")
            .arg("COUNT")
            .arg(limit)
            .cmd("XRANGE")
            .arg(&log)
            .arg("-")
            .arg("+")
            .arg("COUNT")
            .arg(1)
            .cmd("GET")
            .arg(self.0.name("epoch"))
            // Fails if the server would not accept an append.
            .cmd("SET")
            .arg(self.0.name("probe"))
            .arg("1")
            .ignore()
            .query_async(&mut connection.redis)
            .await
            .map_err(failed)?;
        let epoch = epoch.as_deref().and_then(Epoch::parse);
        // Flushed or evicted: the next connection begins a generation.
        let epoch = epoch.ok_or_else(|| StoreError::refused("the epoch is missing"))?;
        let records = records.into_iter().map(|(id, fields)| {
            let position = position(&id).ok_or_else(|| StoreError::refused("the log has a foreign id"))?;
            Ok((position, fields.into_values().next().unwrap_or_default()))
        });
        let page = LogPage::new(
            epoch.generation,
            oldest.first().and_then(|(id, _)| position(id)),
            records.collect::<Result<_, StoreError>>()?,
        );
        trial.passed();
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_ids_of_streams() {
        let text = "1764330000123-7";
        assert_eq!(id(position(text).unwrap()), text);
        assert!(
            position("1764330000124-0") > position(text)
                && position("x-1").is_none()
                && position("1").is_none()
        );
        assert_eq!(id(LogPosition::default()), "0-0");
    }

    #[test]
    fn an_expiry_is_never_zero() {
        assert_eq!(
            [Duration::ZERO, Duration::from_micros(1), Duration::from_secs(2)].map(millis),
            [1, 1, 2000]
        );
        assert!(millis(Duration::MAX) < u64::MAX / 2);
    }
}
