//! The session as a handler's argument.

mod extracting;
mod identity;
mod jwt;
mod optional;
mod request;
mod session;
mod traits;

use actix_web::HttpRequest;

use extracting::Extracting;
pub use identity::Identity;
pub use jwt::Jwt;
pub use optional::Optional;
pub use request::KratosRequest;
pub use session::Session;
pub use traits::Traits;

use crate::{SessionError, context};

/// What an extractor makes of a session.
pub trait FromSession: Sized + 'static {
    /// Makes it of the session of this request.
    fn of(session: Session, request: &HttpRequest) -> Result<Self, SessionError>;
}

#[allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is not general over the lifetime of headers"
)]
fn extract<T: FromSession>(request: &HttpRequest) -> Extracting<T> {
    let guard = match context::ask(request, |session, view| session.session(view)) {
        Ok(guard) => guard,
        Err(error) => return Extracting::ready(Err(error)),
    };
    match guard.into_ready() {
        Ok(Ok(session)) => Extracting::ready(T::of(Session::new(session), request)),
        Ok(Err(rejection)) => Extracting::ready(Err(rejection.into())),
        Err(guard) => {
            let request = request.clone();
            Extracting::waiting(async move { T::of(Session::new(guard.await?), &request) })
        }
    }
}
