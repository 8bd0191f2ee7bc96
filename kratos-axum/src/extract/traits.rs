use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use kratos_core::policy::Refusal;
use serde::de::DeserializeOwned;

use super::{Identity, refuse};
use crate::SessionRejection;

/// The signed-in identity's traits, deserialized into `T`. Each request parses them anew.
///
/// Rejects as [`crate::Session`] does. Traits that do not deserialize are a 500: the identity schema and the type disagree.
/// `Option<Traits<T>>` is `None` only for an anonymous request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits<T>(pub T);

impl<T: DeserializeOwned> Traits<T> {
    fn of(identity: &Identity, parts: &Parts) -> Result<Self, SessionRejection> {
        identity.traits().map(Self).map_err(|error| refuse(parts, &Refusal::from(&error)))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Traits<T> {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, SessionRejection> {
        let identity = <Identity as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        Self::of(&identity, parts)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequestParts<S> for Traits<T> {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, SessionRejection> {
        let identity = <Identity as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        identity.map(|identity| Self::of(&identity, parts)).transpose()
    }
}
