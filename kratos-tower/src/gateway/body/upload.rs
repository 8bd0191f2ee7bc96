//! The body of a request on its way to Kratos.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

use super::Erased;
use crate::gateway::{
    BoxError,
    progress::{Progress, UploadEnd},
};

/// A request's body with limits of size and time. Trailers do not pass.
pub(in crate::gateway) struct Upload {
    body: Erased,
    left: u64,
    deadline: Option<Pin<Box<Sleep>>>,
    progress: Progress,
}

impl Upload {
    pub(in crate::gateway) fn new(body: Erased, limit: u64, within: Duration, progress: Progress) -> Self {
        // A body that is there needs no timer.
        let is_empty = body.is_end_stream();
        let deadline = (!is_empty).then(|| Box::pin(tokio::time::sleep(within)));
        let upload = Self { body, left: limit, deadline, progress };
        upload.note_end();
        upload
    }

    /// An encoder that knows the length does not poll for the end.
    fn note_end(&self) {
        if self.body.is_end_stream() || self.body.size_hint().exact() == Some(0) {
            self.progress.end_upload(UploadEnd::Sent(Instant::now()));
        }
    }

    fn fail(&self, end: UploadEnd) -> BoxError {
        self.progress.end_upload(end);
        Box::new(Stopped(end))
    }
}

/// Why hyper's client gets no further part of a body.
#[derive(Debug, thiserror::Error)]
#[error("the request's body was not sent: {0:?}")]
struct Stopped(UploadEnd);

impl Body for Upload {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            let polled = Pin::new(&mut self.body).poll_frame(context);
            if polled.is_pending()
                && let Some(deadline) = &mut self.deadline
                && deadline.as_mut().poll(context).is_ready()
            {
                return Poll::Ready(Some(Err(self.fail(UploadEnd::TooSlow))));
            }
            match ready!(polled) {
                Some(Ok(frame)) => {
                    // Trailers are skipped.
                    let Ok(data) = frame.into_data() else { continue };
                    let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
                    let Some(left) = self.left.checked_sub(length) else {
                        return Poll::Ready(Some(Err(self.fail(UploadEnd::TooLarge))));
                    };
                    self.left = left;
                    self.note_end();
                    return Poll::Ready(Some(Ok(Frame::data(data))));
                }
                Some(Err(_)) => return Poll::Ready(Some(Err(self.fail(UploadEnd::Broken)))),
                // What ends with its connection, and not by its length, may not be all.
                None if self.body.size_hint().exact().is_none() && self.progress.is_hung_up() => {
                    return Poll::Ready(Some(Err(self.fail(UploadEnd::Broken))));
                }
                None => {
                    self.progress.end_upload(UploadEnd::Sent(Instant::now()));
                    return Poll::Ready(None);
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("left", &self.left).finish_non_exhaustive()
    }
}
