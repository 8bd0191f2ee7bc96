//! Trace events of Kratos, which drop cached sessions that were revoked: [kratos-events](kratos_events) in actix-web.
//!
//! ```
//! use std::time::Duration;
//!
//! use actix_web::App;
//! use kratos_actix::{Kratos, KratosMiddleware, events::{self, EventReceiver, HookAuth}};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = Kratos::new("http://localhost:4433")?.with_cache(Duration::from_secs(60));
//! let receiver = EventReceiver::traces(&kratos, HookAuth::bearer("sixteen-characters-or-more")?);
//! let app = App::new()
//!     .route("/v1/traces", events::route(receiver)) // `server_url` of kratos.yml is the application
//!     .wrap(KratosMiddleware::new(kratos));
//! # Ok(())
//! # }
//! ```

use actix_web::{HttpRequest, HttpResponse, Route, http::StatusCode, web};
use kratos_core::adapter::HeaderLookup as _;

#[doc(inline)]
pub use kratos_events::*;

use crate::{body, headers};

/// Receives events: `.route("/v1/traces", events::route(receiver))`. Make the receiver before the closure of `HttpServer` and clone
/// it inside: all workers then share its limits.
#[must_use]
pub fn route(receiver: EventReceiver) -> Route {
    web::post().to(move |request: HttpRequest, payload: web::Payload| {
        let receiver = receiver.clone();
        async move {
            let sent = headers::Headers(request.headers()).to_map();
            let mut payload = payload.into_inner();
            respond(&receiver.receive(&sent, |limit| body::read(&mut payload, limit)).await)
        }
    })
}

fn respond(answer: &EventResponse) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::new(status).set_body(answer.body.clone()).map_into_boxed_body();
    for (name, value) in answer.headers() {
        headers::append(response.headers_mut(), &name, &value);
    }
    response
}
