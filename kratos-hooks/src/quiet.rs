//! Bounds the log lines that many requests would write alike.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// The time between two lines.
const PAUSE: Duration = Duration::from_secs(60);

/// Lets one line a minute pass, and counts the others. Not part of the public API.
#[doc(hidden)]
#[derive(Debug)]
pub struct Quiet(Mutex<State>);

#[derive(Debug)]
struct State {
    last: Option<Instant>,
    suppressed: u64,
}

impl Default for Quiet {
    fn default() -> Self {
        Self::new()
    }
}

impl Quiet {
    /// Lets the next line pass.
    #[must_use]
    pub const fn new() -> Self {
        Self(Mutex::new(State { last: None, suppressed: 0 }))
    }

    /// Returns how many lines were suppressed since the last one, if a line may be written now.
    pub fn pass(&self) -> Option<u64> {
        let now = Instant::now();
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last.is_some_and(|last| now.saturating_duration_since(last) < PAUSE) {
            state.suppressed = state.suppressed.saturating_add(1);
            return None;
        }
        state.last = Some(now);
        Some(std::mem::take(&mut state.suppressed))
    }
}

/// Logs that a request reached an extractor without a pass; `fix` says what to call. Not part of the public API.
#[doc(hidden)]
pub fn log_unguarded(fix: &'static str) {
    static LINES: Quiet = Quiet::new();
    if let Some(suppressed) = LINES.pass() {
        tracing::error!(
            target: "kratos",
            suppressed,
            "a hook's request did not pass the guard of hooks, so its caller is not proven: {fix}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_line_a_minute_passes() {
        let quiet = Quiet::new();
        let passed: Vec<u64> = (0..10_000).filter_map(|_| quiet.pass()).collect();
        assert_eq!(passed, [0]);
        tokio::time::advance(PAUSE).await;
        assert_eq!((quiet.pass(), quiet.pass()), (Some(9_999), None));
    }
}
