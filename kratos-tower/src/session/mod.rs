//! Finding a request's session.

mod future;
mod layer;
mod service;

pub use future::KratosFuture;
pub use layer::KratosLayer;
pub use service::KratosService;
