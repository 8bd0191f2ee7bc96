//! Why a store did not answer.

use std::{error::Error, fmt, sync::Arc};

/// A call of a [`FleetStore`](super::FleetStore) that failed. It prints no entry and no credential.
#[derive(Clone)]
pub struct StoreError {
    kind: StoreErrorKind,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// The kind of a [`StoreError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The engine is unreachable, or the connection broke.
    Unavailable,
    /// The engine did not answer in time.
    Timeout,
    /// The engine refused: memory full, read-only, no permission.
    Refused,
}

impl StoreError {
    /// The engine is unreachable.
    #[must_use]
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: StoreErrorKind::Unavailable, source: Some(Arc::from(source.into())) }
    }

    /// The engine refused.
    #[must_use]
    pub fn refused(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: StoreErrorKind::Refused, source: Some(Arc::from(source.into())) }
    }

    /// The engine did not answer in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self { kind: StoreErrorKind::Timeout, source: None }
    }

    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            StoreErrorKind::Unavailable => "the fleet's store is unreachable",
            StoreErrorKind::Timeout => "the fleet's store did not answer in time",
            StoreErrorKind::Refused => "the fleet's store refused",
        })?;
        self.source.as_ref().map_or(Ok(()), |source| write!(f, ": {source}"))
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreError({self})")
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
