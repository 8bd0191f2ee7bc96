//! The public API.

mod csrf_check;
mod errors;
mod flows;
mod keys;
mod login;
mod logout;
mod mailed;
mod oauth2;
mod oidc;
mod recovery;
mod registration;
mod return_to;
mod schemas;
mod sessions;
mod settings;
mod sign_in;
pub(crate) mod step;
mod verification;
mod well_known;
mod whoami;

use axum::Router;
use http::Method;

pub(crate) use flows::show;
pub(crate) use mailed::sent as mailed_secret;
pub(crate) use recovery::{code_sent as recovery_code_nodes, draft as draft_recovery};

use crate::exchange::{Exchange, Handler, Shared, route};
use crate::health::is_well;
use crate::wire::Problem;
use crate::world::flow::{Flow, FlowKind, Transport};

/// Returns the browser flow that the request starts, without storing it.
pub(crate) fn draft(exchange: &mut Exchange<'_>, kind: FlowKind) -> Result<Flow, Problem> {
    let browser = Transport::Browser;
    match kind {
        FlowKind::Login => login::begin(exchange, browser),
        FlowKind::Registration => registration::begin(exchange, browser),
        FlowKind::Settings => settings::begin(exchange, browser),
        FlowKind::Recovery => recovery::begin(exchange, browser),
        FlowKind::Verification => verification::draft(exchange, browser),
    }
}

/// Stores a new verification in place of one that cannot go on, and returns its id.
pub(crate) fn again(exchange: &mut Exchange<'_>, old: &Flow) -> Result<uuid::Uuid, Problem> {
    let flow = verification::draft(exchange, old.transport)?;
    let id = flow.id;
    exchange.world.flows.insert(id, flow);
    Ok(id)
}

/// The routes of the public port.
pub(crate) fn routes() -> Router<Shared> {
    let mut router = Router::new();
    let get = [Method::GET];
    let flow = [Method::GET, Method::POST];
    let routes: [(&str, &[Method], Handler); 41] = [
        ("/sessions/whoami", &[], whoami::whoami),
        ("/sessions", &get, sessions::list),
        ("/sessions", &[Method::DELETE], sessions::revoke_others),
        ("/sessions/{id}", &[Method::DELETE], sessions::revoke),
        ("/sessions/token-exchange", &get, oidc::exchange),
        ("/self-service/methods/oidc/callback", &get, oidc::callback),
        ("/self-service/methods/oidc/callback/{provider}", &get, oidc::callback),
        ("/self-service/methods/oidc/callback/{provider}", &[Method::POST], oidc::by_post),
        ("/self-service/login/browser", &get, login::begin_browser),
        ("/self-service/login/api", &get, login::begin_api),
        ("/self-service/login/flows", &get, login::get),
        ("/self-service/login", &flow, login::submit),
        ("/self-service/registration/browser", &get, registration::begin_browser),
        ("/self-service/registration/api", &get, registration::begin_api),
        ("/self-service/registration/flows", &get, registration::get),
        ("/self-service/registration", &flow, registration::submit),
        ("/self-service/settings/browser", &get, settings::begin_browser),
        ("/self-service/settings/api", &get, settings::begin_api),
        ("/self-service/settings/flows", &get, settings::get),
        ("/self-service/settings", &flow, settings::submit),
        ("/self-service/recovery/browser", &get, recovery::begin_browser),
        ("/self-service/recovery/api", &get, recovery::begin_api),
        ("/self-service/recovery/flows", &get, recovery::get),
        ("/self-service/recovery", &flow, recovery::submit),
        ("/self-service/verification/browser", &get, verification::begin_browser),
        ("/self-service/verification/api", &get, verification::begin_api),
        ("/self-service/verification/flows", &get, verification::get),
        ("/self-service/verification", &flow, verification::submit),
        ("/self-service/logout/browser", &get, logout::begin),
        ("/self-service/logout/api", &[Method::DELETE], logout::submit_api),
        ("/self-service/logout", &get, logout::submit),
        ("/self-service/errors", &get, errors::get),
        ("/schemas", &get, schemas::list),
        ("/schemas/{id}", &get, schemas::get),
        ("/admin/schemas", &get, schemas::list),
        ("/admin/schemas/{id}", &get, schemas::get),
        ("/.well-known/ory/webauthn.js", &get, well_known::webauthn),
        ("/.well-known/change-password", &get, well_known::change_password),
        ("/.well-known/jwks.json", &get, well_known::jwks),
        ("/health/alive", &get, is_well),
        ("/health/ready", &get, is_well),
    ];
    for (path, methods, handler) in routes {
        router = router.route(path, route(methods, handler));
    }
    router
}
