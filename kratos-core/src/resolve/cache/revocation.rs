//! What may not be used any more.

use uuid::Uuid;

use crate::credential::CacheKey;

/// What to drop from a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revocation {
    /// What a credential opens.
    Key(CacheKey),
    /// A session.
    Session(Uuid),
    /// The sessions of an identity.
    Identity(Uuid),
    /// Everything.
    All,
}
