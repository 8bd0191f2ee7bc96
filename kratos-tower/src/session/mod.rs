//! The layer that gives a request its session.

mod future;
mod layer;
mod room;
mod service;

pub use future::KratosFuture;
pub use layer::KratosLayer;
pub use service::KratosService;
