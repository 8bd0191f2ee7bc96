//! The session as a handler's argument.

mod extracting;
mod identity;
mod jwt;
mod optional;
mod session;
mod traits;

use actix_web::HttpRequest;

use extracting::Extracting;
pub use identity::Identity;
pub use jwt::Jwt;
pub use optional::Optional;
pub use session::Session;
pub use traits::Traits;

use crate::{SessionError, context};

/// What a handler can ask for once there is a session.
pub trait FromSession: Sized + 'static {
    /// It, out of the session of this request.
    fn of(session: Session, request: &HttpRequest) -> Result<Self, SessionError>;
}

fn extract<T: FromSession>(request: &HttpRequest) -> Extracting<T> {
    if let Some(session) = context::signed_in_at_hand(request) {
        return Extracting::ready(session.and_then(|session| T::of(Session::new(session), request)));
    }
    let request = request.clone();
    Extracting::waiting(async move { T::of(Session::new(context::signed_in(&request).await?), &request) })
}
