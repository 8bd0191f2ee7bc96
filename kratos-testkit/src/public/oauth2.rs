//! Flows that serve an OAuth2 login (Kratos 26.2.0, selfservice/flow/login/handler.go and hook.go).

use uuid::Uuid;

use super::return_to;
use crate::exchange::Exchange;
use crate::wire::Problem;
use crate::world::flow::{Flow, Transport};

/// An OAuth2 login that a flow serves.
pub(super) struct Asked {
    challenge: String,
    /// The provider knows the user already.
    pub(super) skip: bool,
    request_url: String,
}

/// Reads the `login_challenge` of the request.
pub(super) fn asked(exchange: &Exchange<'_>, transport: Transport) -> Result<Option<Asked>, Problem> {
    if transport != Transport::Browser {
        return Ok(None);
    }
    let Some(challenge) = exchange.call.query("login_challenge") else { return Ok(None) };
    let Some(provider) = &exchange.world.provider else {
        let reason = "refusing to parse login_challenge query parameter because oauth2_provider.url is invalid or unset";
        return Err(Problem::new(500, "The server has been misconfigured").reason(reason));
    };
    if challenge.is_empty() {
        return Err(Problem::bad_request("the login_challenge parameter is present but empty"));
    }
    let request = provider.get(&challenge)?;
    Ok(Some(Asked { challenge, skip: request.skip, request_url: request.request_url }))
}

/// Accepts the login at once, if the provider knows the user and so does the session. Returns where the browser goes on.
pub(super) fn at_once(exchange: &Exchange<'_>) -> Result<Option<String>, Problem> {
    let Some(asked) = asked(exchange, Transport::Browser)? else { return Ok(None) };
    let wants_more = exchange.call.query("refresh").is_some_and(|text| text == "true")
        || exchange.call.query("aal").is_some_and(|aal| aal == "aal2");
    let signed_in = exchange.world.signed_in(exchange.call).map(|(session, _)| session.id);
    match signed_in.filter(|_| asked.skip && !wants_more) {
        Some(session) => accept(exchange, &asked.challenge, session).map(Some),
        None => Ok(None),
    }
}

/// Ties a new flow to the login. The flow returns to the client's request, so that other flows lead back to it.
pub(super) fn keep(flow: &mut Flow, asked: Option<Asked>) {
    if let Some(asked) = asked {
        flow.return_to = Some(asked.request_url);
        flow.challenge = Some(asked.challenge);
    }
}

/// Returns the URL to which the browser goes on with its session: the provider's, for an OAuth2 login.
pub(super) fn target(exchange: &Exchange<'_>, flow: &Flow, session: Uuid) -> Result<String, Problem> {
    match &flow.challenge {
        Some(challenge) => accept(exchange, challenge, session),
        None => Ok(return_to::target(exchange, flow.return_to.as_deref())),
    }
}

/// Adds the challenge to a URL of another flow.
pub(super) fn with_challenge(url: &str, flow: &Flow) -> String {
    let Some(challenge) = &flow.challenge else { return url.to_owned() };
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}login_challenge={challenge}")
}

pub(super) fn accept(exchange: &Exchange<'_>, challenge: &str, session: Uuid) -> Result<String, Problem> {
    let world = &exchange.world;
    let found = world.provider.as_ref().zip(world.session(session));
    let (provider, session) = found.ok_or_else(Problem::no_row)?;
    let amr = session.methods.iter().map(|method| method.method.to_owned()).collect();
    provider.accept(challenge, session.identity, session.id, amr)
}
