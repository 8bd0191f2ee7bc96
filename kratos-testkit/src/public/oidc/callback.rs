//! `/self-service/methods/oidc/callback`: the browser comes back from the provider.

use serde_json::Value;

use super::super::flows::{self, Submission};
use super::super::sign_in::{Proven, login_done};
use super::super::step::{Step, Stop, refuse};
use super::super::{errors, login, registration, return_to, settings};
use super::{linking, redirect_uri, register};
use crate::exchange::Exchange;
use crate::sso::Claims;
use crate::ui::text;
use crate::wire::{Answer, Problem, Reply};
use crate::world::flow::{Flow, FlowKind};
use crate::world::sign_on::SignOn;

/// What came back from the provider.
pub(super) struct Back {
    pub(super) provider: String,
    pub(super) claims: Claims,
    /// The form before.
    pub(super) traits: Value,
}

/// A provider that posts: the browser sends its cookies with a GET alone.
pub(in super::super) fn by_post(exchange: &mut Exchange<'_>) -> Answer {
    let path = exchange.call.uri.path();
    let mut fields: Vec<(String, String)> =
        [exchange.call.uri.query().unwrap_or_default().as_bytes(), &exchange.call.body]
            .into_iter()
            .flat_map(|part| url::form_urlencoded::parse(part).into_owned())
            .collect();
    fields.sort();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let to = format!("{}{path}?{query}", exchange.world.public_url);
    Ok(Reply::found(exchange.call, &to))
}

pub(in super::super) fn callback(exchange: &mut Exchange<'_>) -> Answer {
    let (flow, sign_on) = match found(exchange) {
        Ok(found) => found,
        Err(problem) if exchange.call.wants_json() => return Err(problem),
        Err(problem) => {
            let page = errors::forward(exchange, &problem);
            return Ok(Reply::see_other(exchange.call, &page));
        }
    };
    let mut flow = flow;
    flow.extra.clear();
    flow.transient = false;
    let (flow, step) = match checked(exchange, &mut flow, &sign_on) {
        Ok(back) => arrive(exchange, flow, &back),
        Err(stop) => (flow, Err(stop)),
    };
    finish(exchange, flow, step)
}

/// Returns the flow that the `state` names.
fn found(exchange: &Exchange<'_>) -> Result<(Flow, SignOn), Problem> {
    let unable = |why: &str| Problem::bad_request(format!("Unable to complete OpenID Connect flow{why}."));
    let state = exchange.call.query("state").unwrap_or_default();
    if state.is_empty() {
        return Err(unable(" because the OpenID Provider did not return the state query parameter"));
    }
    let sign_on =
        exchange.world.sign_on(&state).ok_or_else(|| unable(" because the state parameter is invalid"))?;
    let named = exchange.call.param("provider");
    if !named.is_empty() && named != sign_on.provider {
        return Err(unable(": provider mismatch between internal state and URL"));
    }
    let flow = exchange.world.flows.get(&sign_on.flow).cloned().ok_or_else(Problem::no_row)?;
    // before Kratos looks at the flow's state: the cookie is another's
    if flow.codes.is_none() {
        let cookie = exchange.world.came_back(exchange.call);
        let (known, ..) = cookie.ok_or_else(|| {
            Problem::new(400, "no resumable session found").reason(
                "The browser does not contain the necessary cookie to resume the session. This is a security \
                 violation and was blocked. Please clear your browser's cookies and cache and try again!",
            )
        })?;
        if known != state {
            return Err(unable(
                " because the query state parameter does not match the state parameter from the session cookie",
            ));
        }
    }
    Ok((flow, sign_on))
}

/// Checks the callback, and redeems its code.
fn checked(exchange: &mut Exchange<'_>, flow: &mut Flow, sign_on: &SignOn) -> Result<Back, Stop> {
    if flow.kind == FlowKind::Settings {
        (settings::submission().admit)(exchange, flow)?;
    }
    if flow.expires_at <= exchange.world.now() {
        return Err(Stop::Expired);
    }
    let unable = |flow: &mut Flow, why: &str| {
        refuse(
            flow,
            text::generic(&format!(
                "Unable to complete OpenID Connect flow because the OpenID Provider {why}"
            )),
        )
    };
    if let Some(error) = exchange.call.query("error").filter(|error| !error.is_empty()) {
        let told = exchange.call.query("error_description").unwrap_or_default();
        return Err(unable(flow, &format!("returned error \"{error}\": {told}")));
    }
    let code = exchange.call.query("code").or_else(|| exchange.call.query("authCode")).unwrap_or_default();
    if code.is_empty() {
        return Err(unable(flow, "did not return the code query parameter."));
    }
    if flow.kind != FlowKind::Settings && !flow.refresh && exchange.world.signed_in(exchange.call).is_some() {
        let to = return_to::target(exchange, flow.return_to.as_deref());
        return Err(Stop::Reply(Reply::see_other(exchange.call, &to)));
    }
    let redirect = redirect_uri(exchange, &sign_on.provider);
    let provider = exchange.world.sso.as_ref().filter(|known| known.id == sign_on.provider);
    let claims = provider.and_then(|provider| provider.claims(&code, &redirect, &sign_on.verifier));
    let refused = || Problem::new(500, "oauth2: \"invalid_grant\"");
    let claims = claims.ok_or_else(refused)?;
    let (_, traits, payload) = exchange.world.came_back(exchange.call).unwrap_or_default();
    flow.active = Some("oidc");
    flow.payload = payload;
    Ok(Back { provider: sign_on.provider.clone(), claims, traits })
}

/// Goes on with the provider's user. A login of an unknown user becomes a registration, and the other way round.
fn arrive(exchange: &mut Exchange<'_>, mut flow: Flow, back: &Back) -> (Flow, Step) {
    match flow.kind {
        FlowKind::Login => {
            if let Some(person) = linking::owner(exchange, &back.provider, &back.claims.subject) {
                let proven = Proven { method: "oidc", aal: "aal1" };
                let step = login_done(exchange, &mut flow, person, proven);
                return (flow, step);
            }
            match register::instead_of(exchange, &flow) {
                Ok(flow) => register::register(exchange, flow, back),
                Err(problem) => (flow, Err(problem.into())),
            }
        }
        FlowKind::Registration => register::register(exchange, flow, back),
        _ => {
            let step = super::settings::arrive(exchange, &mut flow, back);
            (flow, step)
        }
    }
}

fn finish(exchange: &mut Exchange<'_>, flow: Flow, step: Step) -> Answer {
    // the browser of a native program returns to it, and the program reads its flow
    if let (Err(Stop::Form), Some(_)) = (&step, &flow.codes) {
        let to = return_to::target(exchange, flow.return_to.as_deref());
        exchange.world.flows.insert(flow.id, flow);
        return Ok(Reply::see_other(exchange.call, &to));
    }
    let submission: Submission = match flow.kind {
        FlowKind::Login => login::submission(),
        FlowKind::Registration => registration::submission(),
        _ => settings::submission(),
    };
    flows::conclude(exchange, flow, &submission, step)
}
