//! Replaces the metrics while the feature `metrics` is off, at no cost.

mod labels;

#[cfg(feature = "fleet")]
pub(crate) use self::labels::FleetLease;
pub(crate) use self::labels::{Cache, Lookup};

#[cfg(feature = "fleet")]
#[inline]
pub(crate) fn fleet_lag(_: std::time::Duration) {}

#[cfg(feature = "fleet")]
#[inline]
pub(crate) fn fleet_lease(_: FleetLease) {}

#[inline]
pub(crate) fn lookup(_: Cache, _: Lookup) {}

#[cfg(feature = "jwt")]
#[inline]
pub(crate) fn refused_jwt(_: &'static str) {}

#[derive(Debug)]
pub(crate) struct Upstream;

impl Upstream {
    #[inline]
    pub(crate) fn start(_: &'static str) -> Self {
        Self
    }

    #[inline]
    #[allow(clippy::unused_self, reason = "the same signature")]
    pub(crate) fn end(self, _: &'static str) {}
}
