//! A request that Kratos has and has not answered yet.

use http::{HeaderMap, StatusCode};
use kratos_core::gateway::{GatewayEvent, Passage, UpstreamPermit};

use super::progress::{Progress, UploadEnd};

/// What has to be done when a request ends, be it answered or cut off.
#[derive(Debug)]
pub(super) struct InFlight {
    passage: Option<Passage>,
    permit: Option<UpstreamPermit>,
    progress: Progress,
}

impl InFlight {
    /// The request is sent now. If it may change sessions, its call goes on without its caller.
    pub(super) fn new(mut passage: Passage, permit: UpstreamPermit, progress: Progress) -> Self {
        passage.sent();
        if passage.may_change_sessions() {
            progress.go_on();
        }
        Self { passage: Some(passage), permit: Some(permit), progress }
    }

    pub(super) fn upload_end(&self) -> Option<UploadEnd> {
        self.progress.upload_end()
    }

    /// Kratos answered.
    pub(super) async fn answered(&mut self, status: StatusCode, headers: &HeaderMap) -> Vec<GatewayEvent> {
        if let Some(permit) = &mut self.permit {
            permit.answered();
        }
        match &mut self.passage {
            // In a box, so that the future of every request is small.
            Some(passage) if passage.may_change_sessions() => {
                Box::pin(passage.answered(status, headers)).await
            }
            _ => Vec::new(),
        }
    }

    /// No response came.
    pub(super) fn unanswered(&mut self, status: StatusCode) -> Vec<GatewayEvent> {
        self.passage.as_mut().map(|passage| passage.unanswered(status)).unwrap_or_default()
    }

    /// No connection was made, so that Kratos did nothing.
    pub(super) fn not_sent(&mut self) {
        if let Some(passage) = self.passage.take() {
            passage.not_sent();
        }
    }

    /// No response came in time. It counts against Kratos only if it had the whole request.
    pub(super) fn timed_out(&mut self) {
        let had_all = matches!(self.progress.upload_end(), Some(UploadEnd::Sent(_)));
        if let Some(permit) = &mut self.permit {
            if had_all { permit.timed_out() } else { permit.withdraw() }
        }
    }

    /// The call failed at once, which ties nothing up.
    pub(super) fn failed(&mut self) {
        if let Some(permit) = &mut self.permit {
            permit.failed();
        }
    }

    /// The place among the calls in flight, which the response's body holds further.
    pub(super) fn into_permit(mut self) -> Option<UpstreamPermit> {
        self.permit.take()
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        // Dropping a passage drops the cache entries that the request may have outdated.
        drop(self.passage.take());
        if let Some(permit) = &mut self.permit {
            match self.progress.upload_end() {
                Some(UploadEnd::Sent(at)) => permit.sent_at(at),
                // Kratos still waited for the client.
                _ => permit.withdraw(),
            }
        }
    }
}
