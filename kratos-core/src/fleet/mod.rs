//! Shares sessions between the processes of an application, and tells all of them what was revoked.
//!
//! A fleet has two levels: the memory of each process, and behind it a [`FleetStore`] (Redis: `kratos-redis`; PostgreSQL:
//! `kratos-postgres`) that holds sealed entries and a log of revocations. Every process reads the log a few times within the
//! *bound* (default 1 s). A hit in memory costs one comparison more than without a fleet: entries in memory are used only
//! while the log was read within the bound, by a monotonic clock.
//!
//! # What holds
//! - A revocation that the store acknowledged is in effect in every process after the bound: a process that did not read
//!   the log in time ignores its memory and the store, and calls Kratos ([`Fleet::fail_live`]).
//! - A store that may have lost revocations has a new *generation*: after a restart, a failover, a flush. Every process
//!   then drops its memory, and no entry of the old generation is used. That costs one call to Kratos for each session in use.
//! - A store that is away is never a logout, nor an open door.
//! - Entries are sealed (AES-256-GCM-SIV) under a key of the application's secret, and bound to their key: a writer to the
//!   store cannot read them, swap them between users, or forge one. The time of writing and the place in the log are inside
//!   the seal, so that an entry put back after its session was revoked is refused.
//!
//! A revocation that reaches no process (made by the admin API of another program, for example) still ends with the TTL of
//! [`Kratos::with_cache`](crate::Kratos::with_cache).

mod entry;
mod error;
mod knowledge;
mod local;
mod member;
mod record;
mod seal;
mod settings;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod ticks;

pub use error::{StoreError, StoreErrorKind};
pub use local::InProcessStore;
pub use member::FleetMember;
pub(crate) use member::{Found, Limits as MemberLimits, Member, Place, Subject};
pub use settings::Fleet;
pub use store::{FleetStore, Generation, Lease, LogPage, LogPosition};
