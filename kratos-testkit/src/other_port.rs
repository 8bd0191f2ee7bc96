//! The paths of the other port, which Kratos 26.2.0 redirects there with 307.

use axum::Router;
use http::Method;

use crate::exchange::{Exchange, Port, Shared, route};
use crate::wire::{Answer, Reply};

/// Returns the routes on `port` that redirect to the other.
pub(crate) fn routes(port: Port) -> Router<Shared> {
    let (get, change) = ([Method::GET], [Method::GET, Method::PUT, Method::PATCH, Method::DELETE]);
    let one = [Method::GET, Method::POST];
    let routes: &[(&str, &[Method])] = match port {
        Port::Public => &[
            ("/admin/identities", &one),
            ("/admin/identities/{id}", &change),
            ("/admin/identities/by/external/{id}", &get),
            ("/admin/courier/messages", &get),
            ("/admin/courier/messages/{id}", &get),
            ("/identities", &one),
            ("/identities/{id}", &change),
            ("/identities/by/external/{id}", &get),
        ],
        Port::Admin => &[
            ("/sessions/whoami", &get),
            ("/schemas", &get),
            ("/schemas/{id}", &get),
            ("/self-service/errors", &get),
            ("/self-service/{flow}", &one),
            ("/self-service/{flow}/browser", &get),
            ("/self-service/{flow}/api", &get),
            ("/self-service/{flow}/flows", &get),
        ],
    };
    let handler = match port {
        Port::Public => to_admin,
        Port::Admin => to_public,
    };
    routes.iter().fold(Router::new(), |router, (path, methods)| router.route(path, route(methods, handler)))
}

fn to_admin(exchange: &mut Exchange<'_>) -> Answer {
    let path = exchange.call.uri.to_string();
    let prefix = if path.starts_with("/admin/") { "" } else { "/admin" };
    moved(&format!("{}{prefix}{path}", exchange.world.admin_url))
}

fn to_public(exchange: &mut Exchange<'_>) -> Answer {
    moved(&format!("{}{}", exchange.world.public_url, exchange.call.uri))
}

fn moved(to: &str) -> Answer {
    Ok(Reply::empty(307).header("location", to))
}
