//! The session of one request, and what a handler asks of it.

mod bound;
mod context;
mod future;
mod judge;
mod jwt;
mod lazy;
mod rare;
mod refuse;
mod rejection;
mod require;
mod resolve;
mod response_headers;
mod session;
mod state;

pub use bound::KratosRequest;
pub use context::RequestContext;
pub use future::GuardFuture;
pub use lazy::LazySession;
pub use rejection::{Rejection, missing_layer};
pub use response_headers::{ResponseHeaders, ResponseHeadersIter};
pub use session::RequestSession;
pub use state::SessionState;
