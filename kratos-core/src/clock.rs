//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

use crate::model::Timestamp;

/// The present time.
pub(crate) fn now() -> Timestamp {
    OffsetDateTime::now_utc().into()
}

/// Whether `time` is now or in the past. It takes half of the time of a comparison with [`now`].
pub(crate) fn is_over(time: Timestamp) -> bool {
    let Ok(now) = SystemTime::now().duration_since(UNIX_EPOCH) else { return true };
    let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    (time.unix_timestamp(), time.nanosecond()) <= (seconds, now.subsec_nanos())
}

#[cfg(test)]
mod tests {
    use super::{is_over, now};

    #[test]
    fn the_past_is_over_and_the_future_is_not() {
        for (seconds, over) in [(-1, true), (0, true), (60, false), (-4_000_000_000, true)] {
            let time = (*now() + time::Duration::seconds(seconds)).into();
            assert_eq!(is_over(time), over, "{seconds}");
        }
    }
}
