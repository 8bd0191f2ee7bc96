//! Caches sessions.

#[cfg(feature = "fleet")]
mod fleet;
mod lifetime;
mod memory;
mod resolver;
mod revocation;
mod store;
mod weight;

pub use memory::MemoryStore;
pub use resolver::CachingResolver;
#[cfg(feature = "fleet")]
pub(crate) use revocation::Revocation;
pub use store::{CachedSession, SessionStore};

#[cfg(test)]
mod tests;
