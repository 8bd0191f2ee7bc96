use std::{ops::Deref, sync::Arc};

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use kratos_core::{model, policy::Refusal};

use super::{Session, refuse};
use crate::SessionRejection;

/// The signed-in identity. Dereferences to [`kratos_core::model::Identity`]; cloning it is cheap.
///
/// Rejects as [`Session`] does. `Option<Identity>` is `None` only for an anonymous request.
#[derive(Clone, Debug)]
pub struct Identity(Arc<model::Identity>);

impl Identity {
    fn of(session: &Session, parts: &Parts) -> Result<Self, SessionRejection> {
        session.identity.clone().map(Self).ok_or_else(|| refuse(parts, &Refusal::missing_identity()))
    }
}

impl Deref for Identity {
    type Target = model::Identity;
    fn deref(&self) -> &model::Identity {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Identity {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, SessionRejection> {
        let session = <Session as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        Self::of(&session, parts)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Identity {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, SessionRejection> {
        let session = <Session as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        session.map(|session| Self::of(&session, parts)).transpose()
    }
}
