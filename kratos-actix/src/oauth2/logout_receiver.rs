use std::future::Future;

use actix_web::{HttpResponse, Route, http::StatusCode, web};
use kratos_oauth2::backchannel::{LogoutNotice, LogoutResponse, LogoutVerifier};

use super::service::PostedBody;

/// Receives back-channel logouts: `.route("/backchannel-logout", backchannel_logout(verifier, end))`. `end` ends the application's
/// sessions of the [`LogoutNotice`]; an error lets the provider send it again. Make the verifier before the closure of
/// `HttpServer` and clone it inside: all workers then share what was received.
pub fn backchannel_logout<F, E>(
    verifier: LogoutVerifier,
    end: impl Fn(LogoutNotice) -> F + Clone + 'static,
) -> Route
where
    F: Future<Output = Result<(), E>> + 'static,
    E: 'static,
{
    web::post().to(move |form: PostedBody| {
        let (verifier, end) = (verifier.clone(), end.clone());
        async move { respond(verifier.receive(&form.0, end).await) }
    })
}

fn respond(received: LogoutResponse) -> HttpResponse {
    let status = StatusCode::from_u16(received.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status)
        .insert_header(("content-type", "application/json"))
        .insert_header(("cache-control", "no-store"))
        .body(received.body)
}
