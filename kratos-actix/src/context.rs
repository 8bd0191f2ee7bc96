//! The session of a request, and core's questions asked on a request of actix-web.

use std::sync::Arc;

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use kratos_core::{
    Kratos, LazySession, RequestSession, client,
    flow::FlowError,
    model,
    pages::PageFlow,
    policy::{Refusal, RequestView, Requirement},
    tokenize::SessionJwt,
};

use crate::{SessionError, error, headers::Headers};

// No borrow of the extensions and no clone of the request outlives one of these calls: actix-web panics on the
// first when a handler writes extensions, and on the second when it routes further.

/// The session that the middleware left, or a new one of the `Kratos` in `app_data`, which is left in turn.
pub(crate) fn request_session(request: &HttpRequest) -> Result<RequestSession, SessionError> {
    let headers = Headers(request.headers());
    if let Some(session) = request.extensions().get::<LazySession>() {
        return Ok(session.read(&headers).clone());
    }
    let registered = request.app_data::<Kratos>();
    let shared = || request.app_data::<web::Data<Kratos>>().map(|data| &***data);
    let sessions = registered.or_else(shared).ok_or_else(SessionError::missing_middleware)?;
    let pending = sessions.pending();
    let session = pending.read(&headers).clone();
    request.extensions_mut().insert(pending);
    Ok(session)
}

/// The same as [`require`] without waiting: `None` when somebody has to be asked.
pub(crate) fn require_at_hand(
    request: &HttpRequest,
    requirement: &Requirement,
) -> Option<Result<(), SessionError>> {
    let headers = Headers(request.headers());
    match request_session(request) {
        Ok(session) => {
            Some(session.require_at_hand(requirement, &view(request, &headers))?.map_err(Into::into))
        }
        Err(error) => Some(Err(error)),
    }
}

/// The same as [`signed_in`] without waiting: `None` when somebody has to be asked.
pub(crate) fn signed_in_at_hand(request: &HttpRequest) -> Option<Result<Arc<model::Session>, SessionError>> {
    let headers = Headers(request.headers());
    match request_session(request) {
        Ok(session) => Some(session.signed_in_at_hand(&view(request, &headers))?.map_err(Into::into)),
        Err(error) => Some(Err(error)),
    }
}

pub(crate) async fn require(request: &HttpRequest, requirement: &Requirement) -> Result<(), SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(session.require(requirement, &view(request, &headers)).await?)
}

pub(crate) async fn signed_in(request: &HttpRequest) -> Result<Arc<model::Session>, SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(session.signed_in(&view(request, &headers)).await?)
}

pub(crate) async fn optional(request: &HttpRequest) -> Result<Option<Arc<model::Session>>, SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(session.optional(&view(request, &headers)).await?)
}

pub(crate) async fn flow<F: PageFlow>(request: &HttpRequest) -> Result<F, SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(session.flow(&view(request, &headers)).await?)
}

pub(crate) async fn flow_error(request: &HttpRequest) -> Result<FlowError, SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(session.flow_error(&view(request, &headers)).await?)
}

pub(crate) async fn token(request: &HttpRequest, template: &str) -> Result<SessionJwt, SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(session.token(template, &view(request, &headers)).await?)
}

pub(crate) async fn logout(request: &HttpRequest) -> Result<HttpResponse, SessionError> {
    let headers = Headers(request.headers());
    let session = request_session(request)?;
    Ok(error::respond(&session.logout(&view(request, &headers)).await?))
}

pub(crate) fn call_failed(request: &HttpRequest, error: &client::Error) -> SessionError {
    let headers = Headers(request.headers());
    match request_session(request) {
        Ok(session) => session.call_failed(error, &view(request, &headers)).into(),
        Err(error) => error,
    }
}

/// The answer for a refusal that an extractor finds by itself.
pub(crate) fn refuse(request: &HttpRequest, refusal: &Refusal) -> SessionError {
    let headers = Headers(request.headers());
    match request_session(request) {
        Ok(session) => session.refuse(refusal, &view(request, &headers)).into(),
        Err(error) => error,
    }
}

/// actix-web keeps the whole URI in scopes, so nothing has to be put together again.
fn view<'a>(request: &'a HttpRequest, headers: &'a Headers<'a>) -> RequestView<'a, Headers<'a>> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    RequestView::new(request.method().as_str(), path, headers)
}
