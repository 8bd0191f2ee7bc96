//! `/self-service/logout`: revokes a session.

use serde_json::{Value, json};
use time::Duration;

use super::{errors, return_to};
use crate::config::TestRelease;
use crate::exchange::Exchange;
use crate::wire::cookie::SetCookie;
use crate::wire::{Answer, Problem, Reply};
use crate::world::secret;

/// Returns the URL that revokes the browser's session.
pub(super) fn begin(exchange: &mut Exchange<'_>) -> Answer {
    let json = exchange.call.wants_json();
    let Some((session, _)) = exchange.world.signed_in(exchange.call) else {
        let problem = Problem::new(401, "request does not have a valid authentication session")
            .with_id("session_inactive")
            .reason("No active session was found in this request.");
        return if json { Err(problem) } else { Ok(to_error_page(exchange, &problem)) };
    };
    let token = session.logout_token.clone();
    let mut query = String::new();
    if let Some(to) = return_to::asked(exchange)? {
        query = return_to::with_return_to("", Some(&to)).trim_start_matches('?').to_owned() + "&";
    }
    let url = format!("{}/self-service/logout?{query}token={token}", exchange.world.public_url);
    Ok(Reply::ok(&json!({"logout_url": url, "logout_token": token})))
}

/// Revokes the session if the logout token belongs to the cookie.
pub(super) fn submit(exchange: &mut Exchange<'_>) -> Answer {
    match end(exchange) {
        Ok(reply) => Ok(reply),
        Err(problem) if exchange.call.wants_json() => Err(problem),
        Err(problem) => Ok(to_error_page(exchange, &problem)),
    }
}

fn end(exchange: &mut Exchange<'_>) -> Answer {
    let token = exchange.call.query("token").filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| Problem::bad_request("Please include a token in the URL query."))?;
    let asked = return_to::asked(exchange)?;
    let known = exchange.world.signed_in(exchange.call);
    let (id, fits) = known
        .map(|(session, _)| (session.id, secret::is_same(&session.logout_token, &token)))
        .ok_or_else(|| {
        Problem::new(401, "request does not have a valid authentication session")
            .with_id("session_inactive")
            .reason("No active session was found in this request.")
    })?;
    if !fits {
        return Err(Problem::forbidden(
            "Unable to log out because the logout token in the URL query does not match the session cookie.",
        ));
    }
    if let Some(session) = exchange.world.session_mut(id) {
        session.revoked = true;
    }
    let now = exchange.world.now();
    let name = exchange.world.config.cookie_name.clone();
    let (value, gone) = (secret::cookie_value(), Some(Duration::ZERO));
    let cookie = SetCookie { name: &name, value: &value, max_age: gone, expires_from: Some(now) };
    exchange.cookies.push(cookie.line());
    exchange.renew_csrf();
    if exchange.call.wants_json() {
        return Ok(Reply::empty(204));
    }
    let config = &exchange.world.config;
    let is_https = exchange.call.header("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let clears = config.release >= TestRelease::Latest && config.clear_browser_data && is_https;
    let after = config.logout_return_url.clone();
    let to = match asked {
        Some(to) => return_to::target(exchange, Some(&to)),
        None => after.unwrap_or_else(|| return_to::target(exchange, None)),
    };
    let reply = Reply::see_other(exchange.call, &to);
    Ok(if clears { reply.header("clear-site-data", r#""cookies", "storage", "cache""#) } else { reply })
}

/// Revokes the session of a session token.
pub(super) fn submit_api(exchange: &mut Exchange<'_>) -> Answer {
    let body: Value = serde_json::from_slice(&exchange.call.body)
        .map_err(|_| Problem::bad_request("Unable to decode JSON payload: unexpected EOF"))?;
    let token = body.get("session_token").and_then(Value::as_str).unwrap_or_default();
    let known = exchange.world.sessions.iter_mut().find(|session| secret::is_same(&session.token, token));
    let session = known.ok_or_else(|| {
        Problem::forbidden(
            "The provided Ory Session Token could not be found, is invalid, or otherwise malformed.",
        )
    })?;
    session.revoked = true;
    Ok(Reply::empty(204))
}

fn to_error_page(exchange: &mut Exchange<'_>, problem: &Problem) -> Reply {
    let page = errors::forward(exchange, problem);
    Reply::see_other(exchange.call, &page)
}
