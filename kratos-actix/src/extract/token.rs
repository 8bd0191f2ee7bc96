use std::{fmt, marker::PhantomData, ops::Deref};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kratos_core::exchange::{SessionToken, TokenTemplate};

use super::Extracting;
use crate::{SessionError, context};

/// The session as a JWT by the template `T`, to call other services with. Dereferences to [`SessionToken`]. `Debug`
/// never shows it.
///
/// Rejects as [`crate::Session`] does, and answers 500 without
/// [`Sessions::with_token_exchange`](crate::Sessions::with_token_exchange).
///
/// ```
/// use kratos_actix::Token;
/// use kratos_core::exchange::TokenTemplate;
///
/// struct Orders;
/// impl TokenTemplate for Orders {
///     const NAME: &'static str = "orders";
/// }
///
/// async fn handler(token: Token<Orders>) -> &'static str {
///     let _bearer = format!("Bearer {}", token.expose_secret());
///     "asked the orders' service"
/// }
/// # actix_web::App::new().route("/", actix_web::web::get().to(handler));
/// ```
pub struct Token<T>(SessionToken, PhantomData<fn() -> T>);

impl<T> Deref for Token<T> {
    type Target = SessionToken;
    fn deref(&self) -> &SessionToken {
        &self.0
    }
}

impl<T> fmt::Debug for Token<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: TokenTemplate> FromRequest for Token<T> {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Extracting::waiting(async move { Ok(Self(context::token(&request, T::NAME).await?, PhantomData)) })
    }
}
