//! The session as a handler's argument.

mod identity;
mod jwt;
mod request;
mod session;
mod traits;

use http::request::Parts;
use kratos_core::{
    adapter::{RequestContext, missing_layer},
    policy::{Refusal, RequestView},
};

pub use identity::Identity;
pub use jwt::Jwt;
pub use request::KratosRequest;
pub use session::Session;
pub use traits::Traits;

use crate::SessionRejection;

pub(crate) fn context(parts: &Parts) -> Result<&RequestContext, SessionRejection> {
    let missing = || {
        missing_layer(
            "an extractor needs the session of a request that did not pass a KratosLayer: call \
             `.layer(KratosLayer::new(..))` on the Router after every `route`, `merge` and `route_layer` whose handlers \
             use the session, since a layer covers only what was added before it",
            &RequestView::new(parts.method.as_str(), parts.uri.path(), &parts.headers),
        )
    };
    parts.extensions.get::<RequestContext>().ok_or_else(|| missing().into())
}

/// The rejection of a refusal that an extractor finds by itself.
fn refuse(parts: &Parts, refusal: &Refusal) -> SessionRejection {
    match context(parts) {
        Ok(context) => context.session(&parts.headers).refuse(refusal, &context.view(parts)).into(),
        Err(rejection) => rejection,
    }
}
