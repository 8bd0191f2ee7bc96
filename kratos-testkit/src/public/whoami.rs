//! `/sessions/whoami`: the session of a credential.

use crate::config::RequiredAal;
use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply};
use crate::world::session::{Found, signed};

/// Responds to every method as to GET (Kratos 26.2.0).
pub(super) fn whoami(exchange: &mut Exchange<'_>) -> Answer {
    let Exchange { world, call, .. } = exchange;
    let found = world.find_session(call);
    let Found::Session(id) = found else {
        // Kratos marks a missing credential as cacheable, but not an invalid one
        let cache = matches!(found, Found::NoCredentials) && world.config.cacheable_for.is_some();
        if cache {
            exchange.headers.push(("ory-session-cache-for", "60".into()));
        }
        return Err(Problem::unauthorized("No valid session credentials found in the request."));
    };
    let gone = || Problem::unauthorized("No valid session credentials found in the request.");
    let session = world.session(id).ok_or_else(gone)?;
    let identity = world.identity(session.identity).ok_or_else(gone)?;

    if world.config.whoami_aal == RequiredAal::HighestAvailable
        && session.aal() != "aal2"
        && identity.has_second_factor()
    {
        return Err(aal2_required(&world.public_url));
    }

    let mut body = world.whole_session(session, identity);
    let template = call.query("tokenize_as").filter(|name| !name.is_empty());
    if let (Some(name), serde_json::Value::Object(body)) = (&template, &mut body) {
        let unknown = || Problem::bad_request(format!("Unable to find tokenizer template {name:?}."));
        body.insert("tokenized".into(), world.tokenize(session, name).ok_or_else(unknown)?.into());
    }

    exchange.headers.push(("x-kratos-authenticated-identity-id", identity.id.to_string()));
    if let (Some(most), None) = (world.config.cacheable_for, template) {
        let left = (session.expires_at - world.now()).min(signed(most));
        exchange.headers.push(("ory-session-cache-for", left.whole_seconds().to_string()));
    }
    match world.refresh_cookie(call, id) {
        Ok(cookie) => exchange.cookies.extend(cookie),
        Err(undecodable) => return Err(Problem::new(500, undecodable)),
    }
    Ok(Reply::ok(&body))
}

/// The session is active, but the identity has a second factor that the session lacks.
pub(crate) fn aal2_required(public_url: &str) -> Problem {
    let to = format!("{public_url}/self-service/login/browser?aal=aal2");
    Problem::new(403, "Session does not fulfill the requested Authenticator Assurance Level")
        .with_id("session_aal2_required")
        .reason(
            "An active session was found but it does not fulfill the requested Authenticator Assurance Level. \
             Please verify yourself with a second factor to resolve this issue.",
        )
        .detail("redirect_browser_to", to.as_str())
        .beside("redirect_browser_to", to)
}
