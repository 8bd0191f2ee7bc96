//! The clock of every expiry.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

/// The server's clock: the system time, plus the advances of a test.
///
/// Sessions, flows, codes and privileges expire by this clock, so a test reaches an expiry without waiting.
/// Responses contain the times of this clock; a program under test that compares them with the system time sees
/// the difference.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    hands: Arc<Mutex<Hands>>,
}

#[derive(Debug, Default)]
struct Hands {
    ahead: time::Duration,
    stopped_at: Option<OffsetDateTime>,
}

impl Clock {
    /// Advances the clock.
    pub fn advance(&self, by: Duration) {
        let by = time::Duration::try_from(by).unwrap_or(time::Duration::MAX);
        self.change(|hands| match &mut hands.stopped_at {
            Some(at) => *at = at.saturating_add(by),
            None => hands.ahead = hands.ahead.saturating_add(by),
        });
    }

    /// Stops the clock: afterwards only [`Clock::advance`] moves it.
    pub fn stop(&self) {
        let now = self.now();
        self.change(|hands| hands.stopped_at = Some(now));
    }

    /// Returns the server's time.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        let hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        hands.stopped_at.unwrap_or_else(|| OffsetDateTime::now_utc().saturating_add(hands.ahead))
    }

    /// Waits until the clock has advanced by this much: by itself, or by hand.
    pub(crate) async fn sleep(&self, by: Duration) {
        let by = time::Duration::try_from(by).unwrap_or(time::Duration::MAX);
        let until = self.now().saturating_add(by);
        while self.now() < until {
            let left = Duration::try_from(until - self.now()).unwrap_or_default();
            tokio::time::sleep(left.min(Duration::from_millis(5))).await;
        }
    }

    fn change(&self, change: impl FnOnce(&mut Hands)) {
        change(&mut self.hands.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_moves_by_hand_only() {
        let clock = Clock::default();
        clock.stop();
        let before = clock.now();
        assert_eq!(clock.now(), before);
        clock.advance(Duration::from_secs(90));
        assert_eq!(clock.now() - before, time::Duration::seconds(90));
    }
}
