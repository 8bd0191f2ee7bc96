//! The admin API.

mod batch;
mod courier;
mod identities;
mod import;
mod lists;
mod patch;
mod recovery;
mod sessions;

use axum::Router;
use http::Method;

use crate::exchange::{Handler, Shared, route};
use crate::health::is_well;

/// The routes of the admin port.
pub(crate) fn routes() -> Router<Shared> {
    let mut router = Router::new();
    let (get, post, delete) = ([Method::GET], [Method::POST], [Method::DELETE]);
    let routes: [(&str, &[Method], Handler); 25] = [
        ("/admin/identities", &get, lists::identities),
        ("/admin/identities", &post, identities::create),
        ("/admin/identities", &[Method::PATCH], batch::create_many),
        ("/admin/identities/{id}", &get, identities::get),
        ("/admin/identities/{id}", &[Method::PUT], identities::replace),
        ("/admin/identities/{id}", &[Method::PATCH], patch::apply),
        ("/admin/identities/{id}", &delete, identities::delete),
        ("/admin/identities/{id}/credentials/{kind}", &delete, identities::delete_credential),
        ("/admin/identities/{id}/sessions", &get, lists::identity_sessions),
        ("/admin/identities/{id}/sessions", &delete, sessions::delete_all_of),
        ("/admin/identities/by/external/{id}", &get, identities::get_by_external),
        ("/admin/sessions", &get, lists::sessions),
        ("/admin/sessions", &post, sessions::manage),
        ("/admin/sessions/{id}", &get, sessions::get),
        ("/admin/sessions/{id}", &delete, sessions::revoke),
        ("/admin/sessions/{id}/extend", &[Method::PATCH], sessions::extend),
        ("/admin/recovery/link", &post, recovery::link),
        ("/admin/recovery/code", &post, recovery::code),
        ("/admin/courier/messages", &get, courier::list),
        ("/admin/courier/messages/{id}", &get, courier::get),
        ("/admin/health/alive", &get, is_well),
        ("/admin/health/ready", &get, is_well),
        ("/health/alive", &get, is_well),
        ("/health/ready", &get, is_well),
        ("/admin/version", &get, version),
    ];
    for (path, methods, handler) in routes {
        router = router.route(path, route(methods, handler));
    }
    router
}

fn version(exchange: &mut crate::exchange::Exchange<'_>) -> crate::wire::Answer {
    let version = match exchange.world.config.release {
        crate::config::TestRelease::V26_2 => "v26.2.0",
        crate::config::TestRelease::Latest => "master",
    };
    Ok(crate::wire::Reply::ok(&serde_json::json!({ "version": version })))
}
