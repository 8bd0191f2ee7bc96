use std::future::Future;

use axum::routing::{MethodRouter, post};
use axum_core::{body::Body, extract::Request, response::Response};
use http::{HeaderValue, header};
use kratos_oauth2::backchannel::{LogoutNotice, LogoutResponse, LogoutVerifier};

use super::routes::read;

/// Receives back-channel logouts: `.route("/backchannel-logout", backchannel_logout(verifier, end))`. `end` ends the application's
/// sessions of the [`LogoutNotice`]; an error lets the provider send it again.
pub fn backchannel_logout<S, F, E>(
    verifier: LogoutVerifier,
    end: impl Fn(LogoutNotice) -> F + Clone + Send + Sync + 'static,
) -> MethodRouter<S>
where
    S: Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    post(async move |request: Request| {
        let form = read(request).await;
        respond(verifier.receive(&form, end).await)
    })
}

fn respond(received: LogoutResponse) -> Response {
    let mut response = Response::new(Body::from(received.body));
    *response.status_mut() = received.status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
