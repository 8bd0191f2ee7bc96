use std::ops::Deref;

use axum_core::extract::FromRequestParts;
use http::request::Parts;

use super::context;
use crate::SessionRejection;

/// The request bound to its session. Dereferences to [`kratos_core::KratosRequest`], which has the methods:
/// `session`, `optional_session`, `session_state`, `require`, `flow`, `jwt`, `cookies`, `browser`, `refuse`, `call_failed`,
/// `logout`, `forget`.
///
/// Extracting it resolves nothing. It rejects only outside of a [`KratosLayer`](crate::KratosLayer).
///
/// ```
/// use kratos_axum::{KratosRequest, SessionRejection, policy::Requirement};
///
/// async fn pay(request: KratosRequest) -> Result<&'static str, SessionRejection> {
///     request.require(&Requirement::signed_in().with_aal2()).await?;
///     Ok("paid")
/// }
/// # axum::Router::<()>::new().route("/", axum::routing::post(pay));
/// ```
#[derive(Clone, Debug)]
pub struct KratosRequest(kratos_core::KratosRequest);

impl Deref for KratosRequest {
    type Target = kratos_core::KratosRequest;
    fn deref(&self) -> &kratos_core::KratosRequest {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for KratosRequest {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SessionRejection> {
        let context = context(parts)?;
        Ok(Self(context.session(&parts.headers).bind(&context.view(parts))))
    }
}
