use std::{fmt, marker::PhantomData, ops::Deref};

use axum_core::extract::FromRequestParts;
use http::request::Parts;
use kratos_core::tokenize::{JwtTemplate, SessionJwt};

use super::context;
use crate::SessionRejection;

/// The session as a JWT made by the template `T`, to call other services with:
/// `request.headers_mut().extend(jwt.to_header())`. Dereferences to [`SessionJwt`]. `Debug` never shows it.
///
/// Rejects as [`crate::Session`] does.
///
/// ```
/// use kratos_axum::{Jwt, tokenize::JwtTemplate};
///
/// struct Orders;
/// impl JwtTemplate for Orders {
///     const NAME: &'static str = "orders";
/// }
///
/// async fn handler(jwt: Jwt<Orders>) {
///     let (_name, _value) = jwt.to_header().expect("a JWT fits a header");
/// }
/// # axum::Router::<()>::new().route("/", axum::routing::get(handler));
/// ```
pub struct Jwt<T>(SessionJwt, PhantomData<fn() -> T>);

impl<T> Deref for Jwt<T> {
    type Target = SessionJwt;
    fn deref(&self) -> &SessionJwt {
        &self.0
    }
}

impl<T> fmt::Debug for Jwt<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<S: Send + Sync, T: JwtTemplate> FromRequestParts<S> for Jwt<T> {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SessionRejection> {
        let context = context(parts)?;
        let jwt = context.session(&parts.headers).jwt(T::NAME, &context.view(parts)).await?;
        Ok(Self(jwt, PhantomData))
    }
}
