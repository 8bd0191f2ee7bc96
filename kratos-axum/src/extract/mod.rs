//! The session as a handler's argument.

mod identity;
mod jwt;
mod session;
mod traits;

use http::request::Parts;
use kratos_core::policy::Refusal;

pub use identity::Identity;
pub use jwt::Jwt;
pub use session::Session;
pub use traits::Traits;

use crate::{SessionContext, SessionRejection};

pub(crate) fn context(parts: &Parts) -> Result<&SessionContext, SessionRejection> {
    let context = parts.extensions.get::<SessionContext>();
    context.ok_or_else(|| SessionRejection::missing_layer("KratosLayer"))
}

/// The answer for a refusal that an extractor finds by itself.
fn refuse(parts: &Parts, refusal: &Refusal) -> SessionRejection {
    match context(parts) {
        Ok(context) => context.session(&parts.headers).refuse(refusal, &context.view(parts)).into(),
        Err(rejection) => rejection,
    }
}
