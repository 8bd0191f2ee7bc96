use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::Extracting;
use crate::{KratosExt as _, SessionError};

/// The request bound to its session. Dereferences to [`kratos_core::KratosRequest`], which has the methods:
/// `session`, `optional_session`, `session_state`, `require`, `flow`, `jwt`, `cookies`, `browser`, `refuse`, `call_failed`,
/// `logout`, `forget`.
///
/// Extracting it resolves nothing. It rejects only outside of a [`KratosMiddleware`](crate::KratosMiddleware).
///
/// ```
/// use kratos_actix::{KratosRequest, SessionError, policy::Requirement};
///
/// async fn pay(request: KratosRequest) -> Result<&'static str, SessionError> {
///     request.require(&Requirement::signed_in().with_aal2()).await?;
///     Ok("paid")
/// }
/// # actix_web::App::new().route("/", actix_web::web::post().to(pay));
/// ```
#[derive(Clone, Debug)]
pub struct KratosRequest(kratos_core::KratosRequest);

impl KratosRequest {
    pub(crate) fn new(request: kratos_core::KratosRequest) -> Self {
        Self(request)
    }
}

impl Deref for KratosRequest {
    type Target = kratos_core::KratosRequest;
    fn deref(&self) -> &kratos_core::KratosRequest {
        &self.0
    }
}

impl FromRequest for KratosRequest {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Extracting::ready(request.kratos_request())
    }
}
