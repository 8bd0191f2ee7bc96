//! Caches sessions.

mod lifetime;
mod memory;
mod resolver;
mod store;
mod weight;

pub use memory::MemoryStore;
pub use resolver::CachingResolver;
pub use store::{CachedSession, SessionStore};

#[cfg(test)]
mod tests;
