//! The ledger, on loom's mutex in place of std's.

mod sync {
    pub(super) use loom::sync::{Mutex, MutexGuard};
    pub(super) use std::sync::PoisonError;
}

#[path = "../../kratos-core/src/flight/ledger.rs"]
pub(crate) mod ledger;
