use std::{fmt, marker::PhantomData, ops::Deref};

use axum_core::extract::FromRequestParts;
use http::request::Parts;
use kratos_core::exchange::{SessionToken, TokenTemplate};

use super::context;
use crate::SessionRejection;

/// The session as a JWT by the template `T`, to call other services with:
/// `request.headers_mut().extend(token.to_header())`. Dereferences to [`SessionToken`]. `Debug` never shows it.
///
/// Rejects as [`crate::Session`] does, and answers 500 without
/// [`Sessions::with_token_exchange`](crate::Sessions::with_token_exchange).
///
/// ```
/// use kratos_axum::Token;
/// use kratos_core::exchange::TokenTemplate;
///
/// struct Orders;
/// impl TokenTemplate for Orders {
///     const NAME: &'static str = "orders";
/// }
///
/// async fn handler(token: Token<Orders>) {
///     let (_name, _value) = token.to_header().expect("a JWT stands in a header");
/// }
/// # axum::Router::<()>::new().route("/", axum::routing::get(handler));
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

impl<S: Send + Sync, T: TokenTemplate> FromRequestParts<S> for Token<T> {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SessionRejection> {
        let context = context(parts)?;
        let token = context.session(&parts.headers).token(T::NAME, &context.view(parts)).await?;
        Ok(Self(token, PhantomData))
    }
}
