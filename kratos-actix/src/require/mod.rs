//! Letting through only requests whose session does.

mod future;
mod middleware;
mod service;

pub use future::RequireFuture;
pub use middleware::Require;
pub use service::RequireService;
