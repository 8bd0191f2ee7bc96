use std::{fmt, marker::PhantomData, ops::Deref};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kratos_core::tokenize::{JwtTemplate, SessionJwt};

use super::Extracting;
use crate::{KratosExt as _, SessionError};

/// The session as a JWT made by the template `T`, to call other services with. Dereferences to [`SessionJwt`]. `Debug`
/// never shows it.
///
/// Rejects as [`crate::Session`] does.
///
/// ```
/// use kratos_actix::{Jwt, tokenize::JwtTemplate};
///
/// struct Orders;
/// impl JwtTemplate for Orders {
///     const NAME: &'static str = "orders";
/// }
///
/// async fn handler(jwt: Jwt<Orders>) -> &'static str {
///     let _bearer = format!("Bearer {}", jwt.expose_secret());
///     "called the orders service"
/// }
/// # actix_web::App::new().route("/", actix_web::web::get().to(handler));
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

impl<T: JwtTemplate> FromRequest for Jwt<T> {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        match request.kratos_request() {
            Ok(request) => {
                Extracting::waiting(async move { Ok(Self(request.jwt(T::NAME).await?, PhantomData)) })
            }
            Err(error) => Extracting::ready(Err(error)),
        }
    }
}
