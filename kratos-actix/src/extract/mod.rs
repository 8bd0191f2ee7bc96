//! The session as a handler's argument.

mod identity;
mod optional;
mod session;
mod token;
mod traits;

use std::{future::Future, pin::Pin};

use actix_web::HttpRequest;

pub use identity::Identity;
pub use optional::Optional;
pub use session::Session;
pub use token::Token;
pub use traits::Traits;

use crate::{SessionError, context};

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, SessionError>>>>;

/// What a handler can ask for once there is a session.
pub trait FromSession: Sized + 'static {
    /// It, out of the session of this request.
    fn of(session: Session, request: &HttpRequest) -> Result<Self, SessionError>;
}

fn extract<T: FromSession>(request: &HttpRequest) -> Extracting<T> {
    let request = request.clone();
    Box::pin(async move { T::of(Session::new(context::signed_in(&request).await?), &request) })
}
