//! The session of an actix-web request.

use actix_web::{HttpMessage as _, HttpRequest, http::uri::Authority, web};
use kratos_core::{
    Kratos,
    adapter::{LazySession, RequestSession},
    policy::{Refusal, RequestView},
};

use crate::{SessionError, headers::Headers};

/// Finds the session of a request. Everything in this crate goes through here.
///
/// No borrow of the extensions and no clone of the request outlives the call: actix-web panics on the first when a handler
/// writes extensions, and on the second when it routes further.
pub(crate) fn ask<T>(
    request: &HttpRequest,
    question: impl FnOnce(&RequestSession, &RequestView<'_, Headers<'_>>) -> T,
) -> Result<T, SessionError> {
    let headers = Headers(request.headers());
    let view = view(request, &headers);
    if let Some(session) = request.extensions().get::<LazySession>() {
        return Ok(question(session.read(&headers), &view));
    }
    let session = registered(request).ok_or_else(|| SessionError::missing_middleware(&view))?.lazy_session();
    let answer = question(session.read(&headers), &view);
    request.extensions_mut().insert(session);
    Ok(answer)
}

/// The [`Kratos`] in `app_data`, for a request that passed no middleware.
fn registered(request: &HttpRequest) -> Option<&Kratos> {
    let shared = || request.app_data::<web::Data<Kratos>>().map(|data| &***data);
    request.app_data::<Kratos>().or_else(shared)
}

/// The view of a request. actix-web keeps the whole URI in scopes, so it is the one that the browser requested.
pub(crate) fn view<'a>(request: &'a HttpRequest, headers: &'a Headers<'a>) -> RequestView<'a, Headers<'a>> {
    let uri = request.uri();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().map(Authority::as_str);
    RequestView::new(request.method().as_str(), path, headers).with_authority(authority)
}

/// The rejection of a refusal that an extractor finds by itself.
pub(crate) fn refuse(request: &HttpRequest, refusal: &Refusal) -> SessionError {
    match ask(request, |session, view| session.refuse(refusal, view)) {
        Ok(rejection) => rejection.into(),
        Err(error) => error,
    }
}
