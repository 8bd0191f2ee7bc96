//! Letting through only requests whose session does.

mod layer;
mod service;

pub use layer::RequireLayer;
pub use service::RequireService;
