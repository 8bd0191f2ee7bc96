//! The reasons why a session cannot be resolved.

use std::{borrow::Cow, error::Error, fmt, sync::Arc, time::Duration};

use crate::{breaker::Withheld, transport::TransportFailure};

/// The reason why a session cannot be resolved. Cheap to clone.
///
/// Holds no credential, no URL and no text of a response.
#[derive(Clone)]
pub struct ResolveError(Arc<Inner>);

struct Inner {
    kind: ResolveErrorKind,
    message: Cow<'static, str>,
    timeout: bool,
    crowded: bool,
    retry_after: Option<Duration>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// The kind of a [`ResolveError`]. Each has a status of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResolveErrorKind {
    /// Kratos limits the rate of requests: 429.
    RateLimited,
    /// Kratos is unreachable, slow, failing or unreadable: 503.
    Unavailable,
    /// The configuration is wrong: 500. The message names the fix.
    Misconfigured,
}

/// The largest `Retry-After` in seconds. Rounding a longer wait up to seconds would overflow.
const LONGEST_WAIT: Duration = Duration::from_secs(u64::MAX);

impl ResolveError {
    /// Kratos limits the rate of requests.
    #[must_use]
    pub fn rate_limited(retry_after: Option<Duration>) -> Self {
        let error = Self::new(ResolveErrorKind::RateLimited, "Kratos limits the rate of requests");
        error.with_retry_after(retry_after)
    }

    /// Kratos cannot be reached, or its response cannot be read. `why` must hold no secret.
    #[must_use]
    pub fn unavailable(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ResolveErrorKind::Unavailable, why)
    }

    /// Too many calls to Kratos are under way in this process, so that this one was not made. An
    /// [`Unavailable`](ResolveErrorKind::Unavailable) error that says nothing about Kratos: a
    /// [`CachingResolver`](super::CachingResolver) does not answer it with a stale session.
    #[must_use]
    pub fn crowded() -> Self {
        let error = Self::unavailable("too many calls to Kratos are under way");
        error.edit(|inner| inner.crowded = true)
    }

    /// The configuration is wrong. `fix` says what to change, and must hold no secret.
    #[must_use]
    pub fn misconfigured(fix: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ResolveErrorKind::Misconfigured, fix)
    }

    /// Sets how long to wait before a retry.
    #[must_use]
    pub fn with_retry_after(self, retry_after: Option<Duration>) -> Self {
        self.edit(|inner| inner.retry_after = retry_after.map(|wait| wait.min(LONGEST_WAIT)))
    }

    /// Sets the cause.
    #[must_use]
    pub fn with_source(self, source: impl Error + Send + Sync + 'static) -> Self {
        self.edit(|inner| inner.source = Some(Box::new(source)))
    }

    fn new(kind: ResolveErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Arc::new(Inner {
            kind,
            message: message.into(),
            timeout: false,
            crowded: false,
            retry_after: None,
            source: None,
        }))
    }

    /// Changes an error under construction. A shared one stays as it is.
    fn edit(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            change(inner);
        }
        self
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> ResolveErrorKind {
        self.0.kind
    }

    /// Whether Kratos timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Whether this process did not call Kratos, because too many calls are under way.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.0.crowded
    }

    /// Whether Kratos limits the rate of requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ResolveErrorKind::RateLimited
    }

    /// Whether Kratos is unreachable, slow, failing or unreadable.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        self.kind() == ResolveErrorKind::Unavailable
    }

    /// Whether the configuration is wrong.
    #[must_use]
    pub fn is_misconfigured(&self) -> bool {
        self.kind() == ResolveErrorKind::Misconfigured
    }

    /// How long to wait before a retry, if known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl From<TransportFailure> for ResolveError {
    fn from(failure: TransportFailure) -> Self {
        let timeout = matches!(failure, TransportFailure::Timeout(_));
        let error = match failure {
            TransportFailure::Redirected => Self::misconfigured(failure.to_string()),
            TransportFailure::Withheld(withheld) => {
                let error = match withheld {
                    Withheld::Crowded => Self::crowded(),
                    Withheld::Open { .. } => Self::unavailable(withheld.to_string()),
                };
                error.with_retry_after(Some(withheld.retry_after()))
            }
            _ => Self::unavailable(failure.to_string()).with_source(failure),
        };
        error.edit(|inner| inner.timeout = timeout)
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolveError")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("retry_after", &self.0.retry_after)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for ResolveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_of_a_call_has_its_kind() {
        let redirected = ResolveError::from(TransportFailure::Redirected);
        assert!(redirected.is_misconfigured() && !redirected.is_unavailable());
        let crowded = ResolveError::from(TransportFailure::Withheld(Withheld::Crowded));
        assert!(crowded.is_crowded() && crowded.is_unavailable() && crowded.retry_after().is_some());
        let wait = Duration::from_secs(7);
        let open = ResolveError::from(TransportFailure::Withheld(Withheld::Open { retry_after: wait }));
        assert!(open.is_unavailable() && !open.is_crowded() && open.retry_after() == Some(wait));
        let large = ResolveError::from(TransportFailure::TooLarge { limit: 1 });
        assert!(large.is_unavailable() && !large.is_timeout() && large.retry_after().is_none());
        assert!(std::error::Error::source(&large).is_some() && std::error::Error::source(&open).is_none());
        assert!(!large.is_rate_limited() && ResolveError::rate_limited(None).is_rate_limited());
    }

    #[test]
    fn the_longest_wait_does_not_overflow() {
        for error in [
            ResolveError::rate_limited(Some(Duration::MAX)),
            ResolveError::unavailable("slow").with_retry_after(Some(Duration::MAX)),
        ] {
            assert_eq!(error.retry_after(), Some(LONGEST_WAIT));
            let refusal = crate::policy::Refusal::from(&error);
            assert_eq!(refusal.retry_after(), Some(LONGEST_WAIT));
        }
    }
}
