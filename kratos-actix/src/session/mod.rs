//! The middleware that gives a request its session.

mod error;
mod future;
mod middleware;
mod service;

pub use future::KratosFuture;
pub use middleware::KratosMiddleware;
pub use service::KratosService;
