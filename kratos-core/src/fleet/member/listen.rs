//! Reads the log.

use std::{
    pin::pin,
    sync::{Weak, atomic::Ordering},
};

use futures_util::future::select;

use super::{
    super::{LogPage, LogPosition, StoreError, knowledge::Continuity, record, seal::Purpose, ticks},
    Shared, Subject,
};
use crate::{metrics, resolve::Revocation};

/// The records of one read.
const PAGE: usize = 1000;

pub(super) async fn run(shared: &Shared, subject: &Weak<dyn Subject>) {
    let mut is_away = false;
    while let Some(cache) = subject.upgrade() {
        match hear(shared, &*cache).await {
            Ok(Progress::More) => continue,
            Ok(Progress::End) if is_away => {
                is_away = false;
                tracing::info!(target: "kratos", "the fleet's store answers again");
            }
            Ok(Progress::End) => {}
            Err(error) if !is_away => {
                is_away = true;
                let memory =
                    if shared.fleet.is_cached_while_away { "used until its TTL" } else { "not used" };
                tracing::warn!(target: "kratos", %error, memory, "the fleet's log cannot be read: revocations may be missed");
            }
            Err(_) => {}
        }
        drop(cache);
        let interval = shared.fleet.interval();
        let (changed, hurry) = (shared.fleet.store.changed(interval), pin!(shared.hurry.notified()));
        let _ = tokio::time::timeout(interval, select(changed, hurry)).await;
    }
}

enum Progress {
    /// Read on at once.
    More,
    /// Everything was read.
    End,
}

/// Reads what is new and applies it.
async fn hear(shared: &Shared, cache: &dyn Subject) -> Result<Progress, StoreError> {
    // Everything that was acknowledged before now is in the page.
    let asked = ticks::now();
    let after = shared.seen().map(|seen| LogPosition::new(seen.position));
    let store = &shared.fleet.store;
    let page = shared.within("fleet_read", shared.fleet.patience(), store.read(after, PAGE)).await?;
    let LogPage { generation, oldest, records } = page;
    let generation = *generation.as_bytes();
    let continuity = shared.knowledge().continues(generation, oldest.map(LogPosition::get));
    if continuity == Continuity::Broken {
        if after.is_some() {
            tracing::warn!(target: "kratos", "the fleet's log may have lost revocations: dropped all cached sessions");
            shared.knowledge().end();
            shared.heard_until.store(0, Ordering::Release);
            cache.drop_revoked(Revocation::All);
            return Ok(Progress::More);
        }
        let Some(oldest) = oldest else {
            let begin = shared.keys.seal(Purpose::Record, &record::encode(None, shared.sender));
            let begin = [begin.unwrap_or_default().into()];
            shared.within("fleet_append", shared.fleet.patience(), store.append(&begin)).await?;
            return Ok(Progress::More);
        };
        cache.drop_revoked(Revocation::All);
        shared.begin(generation, oldest.get());
    }
    let is_full = records.len() >= PAGE;
    for (position, record) in records {
        let text = shared.keys.open(Purpose::Record, &record);
        let (content, sender) = text.as_deref().map_or((Some(Revocation::All), None), record::decode);
        if text.is_none() {
            tracing::warn!(target: "kratos", "a record of the fleet's log cannot be opened: dropped all cached sessions");
        }
        if let Some(revocation) = content {
            let id = record::id(revocation);
            let mut knowledge = shared.knowledge();
            match id {
                Some(id) => knowledge.revoke(position.get(), id),
                None => knowledge.revoke_all(position.get()),
            }
            if sender == Some(shared.sender) {
                knowledge.came_back(id);
            }
            drop(knowledge);
            cache.drop_revoked(revocation);
        }
        shared.knowledge().applied(position.get());
    }
    if is_full {
        return Ok(Progress::More);
    }
    // After the removals: a hit that reads this time finds nothing of what they removed.
    let until = ticks::after(asked, shared.fleet.bound);
    let before = shared.heard_until.swap(until, Ordering::AcqRel);
    if before != 0 {
        metrics::fleet_lag(ticks::between(before, ticks::after(ticks::now(), shared.fleet.bound)));
    }
    if !shared.fleet.is_cached_while_away {
        shared.memory_until.store(until, Ordering::Release);
    }
    shared.heard.notify_waiters();
    Ok(Progress::End)
}
