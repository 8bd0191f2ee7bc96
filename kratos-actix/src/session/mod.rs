//! Finding a request's session.

mod future;
mod middleware;
mod service;
mod touched;

pub use future::KratosFuture;
pub use middleware::KratosMiddleware;
pub use service::KratosService;
