use std::{ops::Deref, sync::Arc};

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use kratos_core::model;

use super::context;
use crate::SessionRejection;

/// The session of the request. Dereferences to [`kratos_core::model::Session`]; cloning it is cheap.
///
/// Rejects as [`RequireLayer::signed_in`](crate::RequireLayer::signed_in) would. `Option<Session>` is `None` only
/// when nobody is signed in; a Kratos that is down, or demands a second factor, rejects then too.
#[derive(Clone, Debug)]
pub struct Session(Arc<model::Session>);

impl Deref for Session {
    type Target = model::Session;
    fn deref(&self) -> &model::Session {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SessionRejection> {
        let context = context(parts)?;
        Ok(Self(context.session(&parts.headers).signed_in(&context.view(parts)).await?))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Session {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, SessionRejection> {
        let context = context(parts)?;
        Ok(context.session(&parts.headers).optional(&context.view(parts)).await?.map(Self))
    }
}
