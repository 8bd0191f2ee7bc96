//! The admin API.

mod sessions;

use axum::Router;
use http::Method;

use crate::exchange::{Shared, route};

/// The routes of the admin port.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route(
            "/admin/sessions/{id}",
            route(&[Method::GET], sessions::get).merge(route(&[Method::DELETE], sessions::revoke)),
        )
        .route("/admin/sessions/{id}/extend", route(&[Method::PATCH], sessions::extend))
}
