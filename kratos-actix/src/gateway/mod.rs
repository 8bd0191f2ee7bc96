//! Kratos' public API below a path of the application's own origin: see [`Gateway`].
//!
//! ```
//! use actix_web::App;
//! use kratos_actix::{Kratos, gateway::{self, Gateway}};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = Kratos::new("http://127.0.0.1:4433")?
//!     .with_app("https://example.org")?
//!     .with_browser_url("https://example.org/.ory/kratos")?;
//! // Make it before the closure of `HttpServer`: all workers share its limits. Each has its own connections.
//! let gateway = Gateway::new(&kratos)?;
//! let app = App::new().service(gateway::scope(&gateway));
//! # Ok(())
//! # }
//! ```

mod payload;
mod response;

use actix_web::{HttpRequest, HttpResponse, Scope, web};
use futures_util::future::{Either, select};
use tower_service::Service as _;

pub use kratos_tower::gateway::*;

use crate::headers::Headers;

/// Returns a scope at [`Gateway::mount_path`] that serves the gateway, for `App::service`.
///
/// The peer's address is that of the connection. actix-web's payloads belong to one thread: a channel of four parts takes
/// them to the connection that sends them to Kratos. actix-web lets a handler run on when its client has left: such a call
/// ends with Kratos' response or at [`Gateway::with_timeout`].
#[must_use]
pub fn scope(gateway: &Gateway) -> Scope {
    // Each worker calls this once, and has a runtime. TLS was set up before, and is set up again alike.
    let served = gateway.clone().with_own_connections().unwrap_or_else(|_| gateway.clone());
    web::scope(gateway.mount_path()).default_service(
        web::route()
            .to(move |request: HttpRequest, payload: web::Payload| serve(served.clone(), request, payload)),
    )
}

async fn serve(mut gateway: Gateway, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let is_head = request.method() == actix_web::http::Method::HEAD;
    let (pump, body) = payload::bridge(payload, &request);
    let Some(request) = converted(&request, body) else {
        return HttpResponse::BadRequest().finish();
    };
    let call = std::pin::pin!(gateway.call(request));
    let pump = std::pin::pin!(pump);
    let Ok(response) = match select(call, pump).await {
        // Kratos answered; it needs no more of the payload.
        Either::Left((response, _)) => response,
        Either::Right(((), call)) => call.await,
    };
    response::converted(response, is_head)
}

/// The request in the types of `http` 1.x; `None` if it is not valid there.
fn converted<B>(request: &HttpRequest, body: B) -> Option<http::Request<B>> {
    use kratos_core::adapter::HeaderLookup as _;
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let mut converted = http::Request::new(body);
    *converted.method_mut() = http::Method::from_bytes(request.method().as_str().as_bytes()).ok()?;
    *converted.uri_mut() = http::Uri::try_from(path).ok()?;
    *converted.headers_mut() = Headers(request.headers()).to_map();
    if let Some(peer) = request.peer_addr() {
        converted.extensions_mut().insert(PeerAddress(peer.ip()));
    }
    Some(converted)
}
