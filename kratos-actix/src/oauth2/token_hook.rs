use std::{fmt, future::Future, ops::Deref, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, Responder, ResponseError,
    body::BoxBody,
    dev::Payload,
    http::{StatusCode, header::HeaderValue},
    web,
};
use kratos_oauth2::{TOKEN_HOOK_LIMIT, TokenHookAnswer, TokenHookAuth, TokenHookCall};

use crate::body;

/// A call of Hydra's token hook or refresh hook, as a handler's argument. Dereferences to [`TokenHookCall`].
///
/// It needs a [`TokenHookAuth`] in `app_data`, bare or in a [`web::Data`], which proves the caller before the body is read:
///
/// ```
/// use actix_web::{App, web};
/// use kratos_actix::oauth2::{HookAuth, HookConfigError, TokenHook, TokenHookAnswer, TokenHookAuth, TokenReply};
///
/// async fn issue(hook: TokenHook) -> TokenReply {
///     if hook.is_refresh() && hook.subject.is_empty() {
///         return TokenReply(TokenHookAnswer::Deny);
///     }
///     TokenReply(TokenHookAnswer::Keep)
/// }
///
/// # fn app() -> Result<(), HookConfigError> {
/// let auth = TokenHookAuth::new(HookAuth::api_key_header("X-Hook-Key", "sixteen-characters-or-more")?);
/// let app = App::new().service(web::resource("/hooks/token").app_data(auth).route(web::post().to(issue)));
/// # Ok(())
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

impl FromRequest for TokenHook {
    type Error = TokenHookError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, TokenHookError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let shared = || request.app_data::<web::Data<TokenHookAuth>>().map(web::Data::get_ref);
        let proven = match request.app_data::<TokenHookAuth>().or_else(shared) {
            Some(auth) => {
                let values = request.headers().get_all(auth.header_name()).map(HeaderValue::as_bytes);
                auth.is_proven_by(values).then_some(()).ok_or(TokenHookError(StatusCode::UNAUTHORIZED))
            }
            None => {
                kratos_oauth2::__private::log_unguarded(
                    "it has no TokenHookAuth; put one into `app_data` of the hook's resource or scope",
                );
                Err(TokenHookError(StatusCode::INTERNAL_SERVER_ERROR))
            }
        };
        let body = proven.map(|()| body::read(payload, TOKEN_HOOK_LIMIT));
        Box::pin(async move {
            let body = body?.await.ok_or(TokenHookError(StatusCode::BAD_REQUEST))?;
            TokenHookCall::decode(&body).map(Self).map_err(|error| {
                tracing::error!(target: "kratos", %error, "a token hook's call was refused, and no token issued");
                TokenHookError(StatusCode::BAD_REQUEST)
            })
        })
    }
}

/// Why a call cannot be used: Hydra then issues no token.
#[derive(Clone, Copy, Debug)]
pub struct TokenHookError(StatusCode);

impl fmt::Display for TokenHookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call of a token hook cannot be used")
    }
}

impl ResponseError for TokenHookError {
    fn status_code(&self) -> StatusCode {
        self.0
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.0)
    }
}

/// An answer as a handler's response.
#[derive(Clone, Debug)]
pub struct TokenReply(pub TokenHookAnswer);

impl Responder for TokenReply {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let (status, body) = self.0.into_response();
        let status = StatusCode::from_u16(status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        if status == StatusCode::OK {
            response.insert_header(("content-type", "application/json"));
        }
        response.body(body)
    }
}
