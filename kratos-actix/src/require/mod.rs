//! The guard.

mod future;
mod middleware;
mod service;

pub use future::RequireFuture;
pub use middleware::Require;
pub use service::RequireService;
