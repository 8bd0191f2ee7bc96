use std::{ops::Deref, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kratos_core::{model, policy::Refusal};

use super::{Extracting, FromSession, Session, extract};
use crate::{SessionError, context};

/// The signed-in identity. Dereferences to [`kratos_core::model::Identity`]; cloning it is cheap.
///
/// Rejects as [`Session`] does. For a request that may be anonymous, take [`Optional<Identity>`](crate::Optional).
#[derive(Clone, Debug)]
pub struct Identity(Arc<model::Identity>);

impl Deref for Identity {
    type Target = model::Identity;
    fn deref(&self) -> &model::Identity {
        &self.0
    }
}

impl FromSession for Identity {
    fn of(session: Session, request: &HttpRequest) -> Result<Self, SessionError> {
        let identity = session.identity.clone().map(Self);
        identity.ok_or_else(|| context::refuse(request, &Refusal::missing_identity()))
    }
}

impl FromRequest for Identity {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
