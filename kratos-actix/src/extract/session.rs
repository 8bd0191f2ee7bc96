use std::{ops::Deref, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kratos_core::model;

use super::{Extracting, FromSession, extract};
use crate::SessionError;

/// The active session of the request. Dereferences to [`kratos_core::model::Session`]; cloning it is cheap.
///
/// Rejects as [`Require::signed_in`](crate::Require::signed_in) does. For a request that may be anonymous, take
/// [`Optional<Session>`](crate::Optional), and **not** `Option<Session>`.
#[derive(Clone, Debug)]
pub struct Session(Arc<model::Session>);

impl Session {
    pub(crate) fn new(session: Arc<model::Session>) -> Self {
        Self(session)
    }
}

impl Deref for Session {
    type Target = model::Session;
    fn deref(&self) -> &model::Session {
        &self.0
    }
}

impl FromSession for Session {
    fn of(session: Session, _: &HttpRequest) -> Result<Self, SessionError> {
        Ok(session)
    }
}

impl FromRequest for Session {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
