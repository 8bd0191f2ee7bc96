//! Entries, leases and the log.
//!
//! | key | holds |
//! |---|---|
//! | `PREFIX:e:KEY` | an entry, with its expiry |
//! | `PREFIX:l:KEY` | a lease, with its expiry: `h`eld or `o`pen |
//! | `PREFIX:{PREFIX}:log` | a stream of records. Its ids are the positions |
//! | `PREFIX:{PREFIX}:epoch` | the generation, and the history of the server's data that it belongs to |
//! | `PREFIX:{PREFIX}:probe` | what readers write |
//!
//! The last three are in one slot of a cluster, and so on one server.
//!
//! A server that starts may have lost acknowledged records (append-only files are written once a second), and so may a replica
//! that became the master. Both begin another history: `master_replid` of `INFO replication`. Its server's `run_id` would not do:
//! a master that was replaced by its replica, and then replaced it, runs all the time. Each read compares the history, since a
//! cluster's client follows a failover without a new connection; the process that finds another one begins a new generation. Redis
//! also begins another history when the first replica arrives, and an hour after the last one left.

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use kratos_core::{
    credential::CacheKey,
    fleet::{FleetStore, Generation, Lease, LogPage, LogPosition, StoreError},
};
use uuid::Uuid;

use crate::{
    Inner, RedisStore,
    connection::{Trial, failed},
    link::Link,
};

/// The records that the log keeps: some 10 MB.
const RECORDS: usize = 100_000;

impl Inner {
    fn key(&self, kind: &str, key: &CacheKey) -> String {
        let number = u128::from_le_bytes(*key.as_bytes());
        format!("{}:{kind}:{number:032x}", self.prefix)
    }

    /// The key of what is in the log's slot.
    fn name(&self, name: &str) -> String {
        let prefix = &self.prefix;
        format!("{prefix}:{{{prefix}}}:{name}")
    }

    async fn entries(&self) -> Result<Link, StoreError> {
        Ok(self.connections.get().await?.entries)
    }

    /// Reads the log, unless the server's history is another one than the present generation's: then returns that history.
    async fn page(
        &self,
        link: &mut Link,
        after: Option<LogPosition>,
        limit: usize,
    ) -> Result<Result<LogPage, String>, StoreError> {
        let log = self.name("log");
        let after = after.map_or_else(|| "-".to_owned(), |after| format!("({}", id(after)));
        // All of it on one connection to one server. In this order: the oldest record is not read before the records, and the
        // history is the one that they were read in, since none comes back.
        let (records, oldest, info, epoch): (Vec<Record>, Vec<Record>, String, Option<String>) =
            redis::pipe()
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
                .cmd("INFO")
                .arg("replication")
                .cmd("GET")
                .arg(self.name("epoch"))
                // Fails if the server would not accept an append.
                .cmd("SET")
                .arg(self.name("probe"))
                .arg("1")
                .ignore()
                .query_async(link)
                .await
                .map_err(failed)?;
        let history = history(&info)?;
        let epoch = epoch.as_deref().and_then(Epoch::parse).filter(|epoch| epoch.history == history);
        let Some(epoch) = epoch else { return Ok(Err(history.to_owned())) };
        let records = records.into_iter().map(|(id, fields)| {
            let position = position(&id).ok_or_else(|| StoreError::refused("the log has a foreign id"))?;
            Ok((position, fields.into_values().next().unwrap_or_default()))
        });
        let records = records.collect::<Result<_, StoreError>>()?;
        let oldest = oldest.first().and_then(|(id, _)| position(id));
        Ok(Ok(LogPage::new(epoch.generation, oldest, records)))
    }

    /// Begins a new generation. Of two processes that do this at once, the later one decides; the earlier one reads its
    /// generation next. On a server of another history, no process accepts it.
    async fn begin(&self, link: &mut Link, history: &str) -> Result<(), StoreError> {
        tracing::info!(target: "kratos", "the fleet's engine was started, failed over or emptied: a new generation begins");
        let epoch = format!("{} {history}", Uuid::new_v4().simple());
        redis::cmd("SET").arg(self.name("epoch")).arg(epoch).exec_async(link).await.map_err(failed)
    }
}

/// The history of a master's data, in the answer to `INFO replication`.
fn history(info: &str) -> Result<&str, StoreError> {
    let value = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    if value("role:") != Some("master") {
        return Err(StoreError::refused("the server is not a master"));
    }
    value("master_replid:")
        .filter(|history| !history.is_empty())
        .ok_or_else(|| StoreError::refused("INFO replication shows no master_replid"))
}

/// The value of `PREFIX:{PREFIX}:epoch`.
struct Epoch<'a> {
    generation: Generation,
    history: &'a str,
}

impl<'a> Epoch<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (generation, history) = text.split_once(' ')?;
        let generation = Uuid::try_parse(generation).ok()?;
        Some(Self { generation: Generation::new(*generation.as_bytes()), history })
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
        let mut link = self.0.entries().await?;
        redis::cmd("GET").arg(self.0.key("e", key)).query_async(&mut link).await.map_err(failed)
    }

    async fn put(&self, key: &CacheKey, entry: Bytes, ttl: Duration) -> Result<(), StoreError> {
        let mut link = self.0.entries().await?;
        redis::cmd("SET")
            .arg(self.0.key("e", key))
            .arg(&*entry)
            .arg("PX")
            .arg(millis(ttl))
            .exec_async(&mut link)
            .await
            .map_err(failed)
    }

    async fn lease(&self, key: &CacheKey, time: Duration) -> Result<Lease, StoreError> {
        let mut link = self.0.entries().await?;
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
            .query_async(&mut link)
            .await
            .map_err(failed)?;
        Ok(match (set, found.as_deref()) {
            (Some(_), _) => Lease::Acquired,
            (None, Some("o")) => Lease::Open,
            (None, _) => Lease::Held,
        })
    }

    async fn open_lease(&self, key: &CacheKey, time: Duration) -> Result<(), StoreError> {
        let mut link = self.0.entries().await?;
        let key = self.0.key("l", key);
        redis::cmd("SET")
            .arg(key)
            .arg("o")
            .arg("PX")
            .arg(millis(time))
            .exec_async(&mut link)
            .await
            .map_err(failed)
    }

    async fn append(&self, records: &[Bytes]) -> Result<(), StoreError> {
        let mut connection = self.0.connections.get().await?;
        let trial = Trial::of(&self.0.connections, &connection);
        let log = self.0.name("log");
        let mut pipe = redis::pipe();
        for record in records {
            pipe.cmd("XADD").arg(&log).arg("MAXLEN").arg("~").arg(RECORDS).arg("*").arg("r").arg(&**record);
        }
        pipe.exec_async(&mut connection.log).await.map_err(failed)?;
        trial.passed();
        Ok(())
    }

    async fn read(&self, after: Option<LogPosition>, limit: usize) -> Result<LogPage, StoreError> {
        let mut connection = self.0.connections.get().await?;
        let trial = Trial::of(&self.0.connections, &connection);
        let link = &mut connection.log;
        let page = match self.0.page(link, after, limit).await? {
            Ok(page) => page,
            Err(history) => {
                self.0.begin(link, &history).await?;
                let again = self.0.page(link, after, limit).await?;
                again.map_err(|_| StoreError::unavailable("the log is moving to another server"))?
            }
        };
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

    /// Only of a master, and never empty.
    #[test]
    fn a_history_is_that_of_a_master() {
        let info =
            |role: &str, id: &str| format!("# Replication\r\nrole:{role}\r\n{id}\r\nmaster_replid2:00\r\n");
        assert_eq!(history(&info("master", "master_replid:85e5")).unwrap(), "85e5");
        for (role, id) in
            [("slave", "master_replid:85e5"), ("master", "master_replid:"), ("master", "other:1")]
        {
            assert!(history(&info(role, id)).is_err(), "{role} {id}");
        }
        assert!(history("").is_err());
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
