use std::{ops::Deref, sync::Arc};

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use kratos_core::model;

use super::context;
use crate::SessionRejection;

/// The active session of the request. Dereferences to [`kratos_core::model::Session`]; cloning it is cheap.
///
/// Rejects as [`RequireLayer::signed_in`](crate::RequireLayer::signed_in) does. `Option<Session>` is `None` only for an
/// anonymous request; it still rejects when Kratos is unreachable or requires a second factor first. For a page that stays
/// public in that case, see [`KratosRequest::session_state`](kratos_core::KratosRequest::session_state).
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
        Ok(Self(context.session(&parts.headers).session(&context.view(parts)).await?))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Session {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, SessionRejection> {
        let context = context(parts)?;
        Ok(context.session(&parts.headers).optional_session(&context.view(parts)).await?.map(Self))
    }
}
