//! Letting through only requests whose session does.

mod middleware;
mod service;

pub use middleware::Require;
pub use service::RequireService;
