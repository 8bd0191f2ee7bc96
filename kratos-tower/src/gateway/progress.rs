//! What the parts of one call tell each other.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// How far a call has come: shared by the future that waits for the response, the request's body and what has to be done in
/// the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    upload: Option<UploadEnd>,
    goes_on: bool,
    hung_up: bool,
}

/// How an upload ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum UploadEnd {
    Sent(Instant),
    TooLarge,
    TooSlow,
    Broken,
}

impl Progress {
    /// How the request's body ended; `None` before.
    pub(super) fn upload_end(&self) -> Option<UploadEnd> {
        self.lock().upload
    }

    /// Notes how the request's body ended. The first end counts.
    pub(super) fn end_upload(&self, end: UploadEnd) {
        self.lock().upload.get_or_insert(end);
    }

    /// Makes the call go on without its caller.
    pub(super) fn go_on(&self) {
        self.lock().goes_on = true;
    }

    /// Notes that the caller hung up, and returns whether the call goes on.
    pub(super) fn hang_up(&self) -> bool {
        let mut state = self.lock();
        state.hung_up = true;
        state.goes_on
    }

    /// Whether the caller hung up.
    pub(super) fn is_hung_up(&self) -> bool {
        self.lock().hung_up
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
