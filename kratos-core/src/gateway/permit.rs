//! The breaker's permit for one call.

use std::time::{Duration, Instant};

use crate::{breaker::Leave, metrics::Upstream};

/// A call that is dropped after so long without a response counts as a timeout. Longer than for whoami: Kratos hashes
/// passwords, calls web hooks and single sign-on providers while it serves a flow, and users do not wait for all of that.
const UNANSWERED: Duration = Duration::from_secs(10);

/// The permit for one call through the gateway. It holds the call's place among those in flight until it is dropped, which
/// is when the response's body has ended.
#[derive(Debug)]
pub struct UpstreamPermit {
    leave: Leave,
    measured: Option<Upstream>,
}

impl UpstreamPermit {
    pub(super) fn new(leave: Leave) -> Self {
        let leave = leave.with_unanswered(UNANSWERED);
        Self { leave, measured: Some(Upstream::start("gateway")) }
    }

    fn measure(&mut self, outcome: &'static str) {
        if let Some(measured) = self.measured.take() {
            measured.end(outcome);
        }
    }

    /// Reports that a response came, however bad.
    pub fn answered(&mut self) {
        self.leave.answered();
        self.measure("answered");
    }

    /// Reports that no response came in time, although the whole request was sent.
    pub fn timed_out(&mut self) {
        self.leave.timed_out();
        self.measure("unavailable");
    }

    /// Reports that the call failed at once. A refused connection ties nothing up.
    pub fn failed(&mut self) {
        self.leave.answered();
        self.measure("unavailable");
    }

    /// Reports that the call ended by the caller's doing. It counts neither way.
    pub fn withdraw(&mut self) {
        self.leave.withdraw();
    }

    /// Counts the time without a response from `sent` on, when the request had been sent.
    pub fn sent_at(&mut self, sent: Instant) {
        self.leave.restart(sent.into());
    }
}
