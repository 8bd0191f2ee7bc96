//! The public API.

mod health;
mod login;
mod sessions;
mod whoami;

pub(crate) use sessions::uuid as parse_id;

use axum::Router;

use crate::exchange::{Shared, route};
use http::Method;

/// The routes of the public port.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sessions/whoami", route(&[], whoami::whoami))
        .route(
            "/sessions",
            route(&[Method::GET], sessions::list).merge(route(&[Method::DELETE], sessions::revoke_others)),
        )
        .route("/sessions/{id}", route(&[Method::DELETE], sessions::revoke))
        .route("/self-service/login/browser", route(&[Method::GET], login::begin_browser))
        .route("/self-service/login/api", route(&[Method::GET], login::begin_api))
        .route("/health/alive", route(&[Method::GET], health::ok))
        .route("/health/ready", route(&[Method::GET], health::ok))
        .route("/version", route(&[Method::GET], health::version))
}
