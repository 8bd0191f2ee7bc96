//! Letting through only requests whose session does.

mod future;
mod layer;
mod service;

pub use future::RequireFuture;
pub use layer::RequireLayer;
pub use service::RequireService;
