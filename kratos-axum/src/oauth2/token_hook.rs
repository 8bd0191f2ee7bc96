use std::ops::Deref;

use axum_core::{
    body::Body,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use kratos_oauth2::{TOKEN_HOOK_LIMIT, TokenHookAnswer, TokenHookAuth, TokenHookCall};

/// A call of Hydra's token hook or refresh hook, as a handler's argument. Dereferences to [`TokenHookCall`].
///
/// It needs a [`TokenHookAuth`] in the request's extensions, which proves the caller before the body is read:
///
/// ```
/// use axum::{Extension, Router, routing::post};
/// use kratos_axum::oauth2::{HookAuth, HookConfigError, TokenHook, TokenHookAnswer, TokenHookAuth, TokenReply};
///
/// async fn issue(hook: TokenHook) -> TokenReply {
///     if hook.is_refresh() && hook.subject.is_empty() {
///         return TokenReply(TokenHookAnswer::Deny);
///     }
///     TokenReply(TokenHookAnswer::Keep)
/// }
///
/// # fn app() -> Result<Router, HookConfigError> {
/// let auth = TokenHookAuth::new(HookAuth::api_key_header("X-Hook-Key", "sixteen-characters-or-more")?);
/// let hooks = Router::new().route("/hooks/token", post(issue)).layer(Extension(auth));
/// # Ok(hooks)
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TokenHook(pub TokenHookCall);

impl Deref for TokenHook {
    type Target = TokenHookCall;
    fn deref(&self) -> &TokenHookCall {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for TokenHook {
    type Rejection = TokenHookRejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, TokenHookRejection> {
        let Some(auth) = request.extensions().get::<TokenHookAuth>() else {
            kratos_oauth2::__private::log_unguarded(
                "it has no TokenHookAuth; call `.layer(Extension(auth))` on the Router after the hooks' routes",
            );
            return Err(TokenHookRejection(StatusCode::INTERNAL_SERVER_ERROR));
        };
        let values = request.headers().get_all(auth.header_name());
        if !auth.is_proven_by(values.iter().map(HeaderValue::as_bytes)) {
            return Err(TokenHookRejection(StatusCode::UNAUTHORIZED));
        }
        let body: Body = request.into_body();
        let body = Limited::new(body, TOKEN_HOOK_LIMIT).collect().await;
        let body = body.map_err(|_| TokenHookRejection(StatusCode::BAD_REQUEST))?.to_bytes();
        TokenHookCall::decode(&body).map(Self).map_err(|error| {
            tracing::error!(target: "kratos", %error, "a token hook's call was refused, and no token issued");
            TokenHookRejection(StatusCode::BAD_REQUEST)
        })
    }
}

/// Why a call cannot be used: Hydra then issues no token.
#[derive(Clone, Copy, Debug)]
pub struct TokenHookRejection(StatusCode);

impl IntoResponse for TokenHookRejection {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.0;
        response
    }
}

/// An answer as a handler's response.
#[derive(Clone, Debug)]
pub struct TokenReply(pub TokenHookAnswer);

impl IntoResponse for TokenReply {
    fn into_response(self) -> Response {
        let (status, body) = self.0.into_response();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        if status == StatusCode::OK {
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        }
        response
    }
}
