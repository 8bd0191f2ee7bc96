//! Finding a request's session.

mod future;
mod middleware;
mod service;
mod touched;

pub use future::SessionFuture;
pub use middleware::SessionMiddleware;
pub use service::SessionService;
