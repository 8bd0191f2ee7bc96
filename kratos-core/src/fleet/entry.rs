//! What is inside the seal of an entry.

use std::{sync::Arc, time::Duration};

use super::knowledge::Seen;
use crate::{
    model::{Session, Timestamp},
    resolve::CachedSession,
};

/// An entry of the store, opened.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) session: Arc<Session>,
    /// What its writer had read of the log before it called Kratos.
    pub(super) seen: Seen,
    /// How much longer it is fresh, and how much longer it is kept.
    pub(super) fresh_for: Duration,
    pub(super) keep_for: Duration,
}

/// Clocks of a fleet may differ by this much. An entry from further in the future is a miss.
const SKEW_MS: i64 = 2_000;
const HEAD: usize = 16 + 16 + 8 + 8 + 8;

/// Encodes a session with its times, in milliseconds since 1970.
pub(super) fn encode(entry: &CachedSession, seen: Seen, now: Timestamp) -> Option<Vec<u8>> {
    let session = entry.session.as_deref()?;
    let mut text = Vec::with_capacity(2048);
    text.extend_from_slice(&seen.generation);
    text.extend_from_slice(&seen.position.to_le_bytes());
    for time in [now, entry.fresh_until, entry.keep_until] {
        text.extend_from_slice(&millis(time).to_le_bytes());
    }
    serde_json::to_writer(&mut text, session).ok()?;
    Some(text)
}

/// Decodes an entry. `None` for one that is past its time, from the future, or of another shape. `ttl` is the reader's own
/// limit, which no entry exceeds.
pub(super) fn decode(text: &[u8], now: Timestamp, ttl: Duration, stale: Duration) -> Option<Entry> {
    let (head, json) = text.split_first_chunk::<HEAD>()?;
    let (generation, rest) = head.split_first_chunk::<16>()?;
    let (position, rest) = rest.split_first_chunk::<16>()?;
    let (written, rest) = rest.split_first_chunk::<8>()?;
    let (fresh, rest) = rest.split_first_chunk::<8>()?;
    let keep = rest.first_chunk::<8>()?;
    let [written, fresh, keep] = [written, fresh, keep].map(|bytes| i64::from_le_bytes(*bytes));
    let now = millis(now);
    let age = now.checked_sub(written)?;
    if age < -SKEW_MS {
        return None;
    }
    let age = Duration::from_millis(u64::try_from(age).unwrap_or(0));
    let left = |until: i64| Duration::from_millis(u64::try_from(until.saturating_sub(now)).unwrap_or(0));
    let fresh_for = left(fresh).min(ttl.saturating_sub(age));
    let keep_for = left(keep).min(ttl.saturating_add(stale).saturating_sub(age)).max(fresh_for);
    if fresh_for.is_zero() {
        return None;
    }
    // Checks UTF-8 once, not for each string.
    let mut session: Session = serde_json::from_str(std::str::from_utf8(json).ok()?).ok()?;
    session.shrink();
    let seen = Seen { generation: *generation, position: u128::from_le_bytes(*position) };
    Some(Entry { session: Arc::new(session), seen, fresh_for, keep_for })
}

fn millis(time: Timestamp) -> i64 {
    time.unix_timestamp().saturating_mul(1000).saturating_add(i64::from(time.millisecond()))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const TTL: Duration = Duration::from_secs(30);

    #[test]
    fn an_entry_is_used_within_its_time_by_any_clock_of_the_fleet() {
        let now = crate::clock::now();
        let at = |seconds: i64| -> Timestamp { (*now + time::Duration::seconds(seconds)).into() };
        let entry = CachedSession::new(Some(Arc::new(Session::new(Uuid::from_u128(1)))), at(30));
        let seen = Seen { generation: [3; 16], position: 77 };
        let text = encode(&entry, seen, now).unwrap();
        for (reader, fresh_for) in [
            (0, Some(30)),
            (10, Some(20)),
            (29, Some(1)),
            (30, None),
            (3600, None),
            // The reader's clock is behind: never longer than its own TTL.
            (-1, Some(30)),
            (-60, None),
        ] {
            let found = decode(&text, at(reader), TTL, Duration::ZERO);
            assert_eq!(found.as_ref().map(|entry| entry.fresh_for.as_secs()), fresh_for, "{reader}");
            assert!(found.is_none_or(|entry| entry.seen == seen && entry.session.id == Uuid::from_u128(1)));
        }
        let shorter = decode(&text, at(3), Duration::from_secs(5), Duration::ZERO).unwrap();
        assert_eq!(shorter.fresh_for.as_secs(), 2);
        assert!(decode(&text[..text.len() - 1], now, TTL, TTL).is_none());
        assert!(decode(&text[..10], now, TTL, TTL).is_none());
    }
}
