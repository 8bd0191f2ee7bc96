use std::ops::{Deref, DerefMut};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kratos_core::policy::Refusal;
use serde::de::DeserializeOwned;

use super::{Extracting, FromSession, Identity, Session, extract};
use crate::{SessionError, context};

/// The signed-in identity's traits, deserialized into `T`. Each request parses them anew.
///
/// Rejects as [`Session`] does. Traits that do not deserialize are a 500: the identity schema and the type disagree. For a
/// request that may be anonymous, take [`Optional<Traits<T>>`](crate::Optional).
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits<T>(pub T);

impl<T> Traits<T> {
    /// Returns the traits.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Traits<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Traits<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: DeserializeOwned + 'static> FromSession for Traits<T> {
    fn of(session: Session, request: &HttpRequest) -> Result<Self, SessionError> {
        let traits = Identity::of(session, request)?.traits();
        traits.map(Self).map_err(|error| context::refuse(request, &Refusal::from(&error)))
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Traits<T> {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
