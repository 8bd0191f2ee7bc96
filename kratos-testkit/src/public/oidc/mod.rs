//! Single sign-on (Kratos 26.2.0, selfservice/strategy/oidc).

mod callback;
mod exchange_code;
mod linking;
mod register;
mod settings;

pub(super) use callback::{by_post, callback};
pub(super) use exchange_code::{exchange, issue_codes, redirect_with_code};
pub(super) use linking::{complete, link};
pub(super) use settings::{handle as link_or_unlink, is_asked as is_link_or_unlink};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use url::Url;

use super::flows::leave;
use super::return_to;
use super::step::{Step, Stop};
use crate::exchange::Exchange;
use crate::wire::form::Form;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;
use crate::world::pending::Paused;
use crate::world::secret;

/// Returns true if the form is a sign-on: it names a provider, and no other method.
pub(super) fn is_asked(exchange: &Exchange<'_>, form: &Form) -> bool {
    exchange.world.sso.is_some()
        && !form.text("provider").is_empty()
        && (form.method().is_empty() || form.method().eq_ignore_ascii_case("oidc"))
}

/// Handles the sign-on of a login or registration.
pub(super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let provider = form.text("provider").to_owned();
    known(exchange, &provider)?;
    if exchange.world.signed_in(exchange.call).is_some() && !flow.refresh {
        let to = return_to::target(exchange, flow.return_to.as_deref());
        return Ok(Reply::see_other(exchange.call, &to));
    }
    if !form.text("id_token").is_empty() {
        let reason = "The provider generic does not support id_token verification";
        return Err(Problem::new(502, "Upstream error").with_id("upstream_error").reason(reason).into());
    }
    flow.active = Some("oidc");
    go(exchange, flow, &provider, form)
}

/// Refuses a provider that is not configured.
fn known(exchange: &Exchange<'_>, provider: &str) -> Result<(), Problem> {
    let is_known = exchange.world.sso.as_ref().is_some_and(|known| known.id == provider);
    let reason = format!("OpenID Connect Provider \"{provider}\" is unknown or has not been configured");
    if is_known { Ok(()) } else { Err(Problem::not_found(reason)) }
}

/// Redirects the browser to the provider.
fn go(exchange: &mut Exchange<'_>, flow: &Flow, provider: &str, form: &Form) -> Step {
    let verifier = secret::token("");
    let state = exchange.world.begin_sign_on(flow.id, provider, &verifier);
    let schema = exchange.world.config.schema(&exchange.world.config.default_schema);
    let traits = schema.map(|schema| schema.decode(form.fields.get("traits"), form.is_text));
    let traits = traits.unwrap_or_default();
    let paused = Paused::SignOn { state: state.clone(), traits, payload: flow.payload.clone() };
    let cookie = exchange.world.pause(exchange.call, paused);
    exchange.cookies.push(cookie);
    let to = authorization(exchange, flow, &state, &verifier)?;
    leave(exchange.call, !flow.is_browser() || exchange.call.wants_json(), &to)
}

fn authorization(exchange: &Exchange<'_>, flow: &Flow, state: &str, verifier: &str) -> Result<String, Stop> {
    let provider = exchange.world.sso.as_ref().ok_or_else(Problem::no_row)?;
    let mut url = Url::parse(&format!("{}/auth", provider.issuer())).map_err(|_| Problem::no_row())?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let mut query = url.query_pairs_mut();
    query
        .append_pair("client_id", &provider.id)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    if flow.refresh {
        query.append_pair("prompt", "login");
    }
    query
        .append_pair("redirect_uri", &redirect_uri(exchange, &provider.id))
        .append_pair("response_type", "code")
        .append_pair("scope", "openid email")
        .append_pair("state", state);
    drop(query);
    Ok(url.into())
}

fn redirect_uri(exchange: &Exchange<'_>, provider: &str) -> String {
    format!("{}/self-service/methods/oidc/callback/{provider}", exchange.world.public_url)
}

/// Goes on with the sign-on of another flow.
fn go_on(flow: &mut Flow, with: &Flow) {
    flow.lead_as(with);
    flow.codes.clone_from(&with.codes);
    flow.payload.clone_from(&with.payload);
    flow.active = Some("oidc");
}
