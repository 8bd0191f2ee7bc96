//! What is counted, with and without the feature `metrics`.

/// A cache.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cache {
    Sessions,
    #[cfg(feature = "jwt")]
    Jwts,
    Tokenize,
}

/// The result of a lookup.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lookup {
    Hit,
    Miss,
    Joined,
    Stale,
    #[cfg(feature = "fleet")]
    Shared,
}

/// What became of the lease of a fleet's credential.
#[cfg(feature = "fleet")]
#[derive(Clone, Copy, Debug)]
pub(crate) enum FleetLease {
    Acquired,
    Joined,
    Open,
    Expired,
    Failed,
}
