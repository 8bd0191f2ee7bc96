//! `/sessions/token-exchange`: a native program gets the session token of the sign-on that its browser completed.

use uuid::Uuid;

use super::super::{return_to, sign_in};
use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply};
use crate::world::flow::{Flow, Transport};
use crate::world::secret;
use crate::world::sign_on::ExchangeCodes;

/// Gives a native flow its codes, if it asks for them (Kratos 26.2.0, session/sessiontokenexchange).
pub(in super::super) fn issue_codes(exchange: &Exchange<'_>, flow: &mut Flow) {
    let asked = exchange.call.query("return_session_token_exchange_code");
    if flow.transport == Transport::Api && asked.as_deref() == Some("true") {
        let codes = ExchangeCodes { init: secret::token("").repeat(2), back: secret::token("").repeat(2) };
        flow.extra.insert("session_token_exchange_code".into(), codes.init.as_str().into());
        flow.codes = Some(codes);
    }
}

/// Redirects the browser back to its program, with the second code.
pub(in super::super) fn redirect_with_code(
    exchange: &mut Exchange<'_>,
    flow: &Flow,
    session: Uuid,
) -> Option<Reply> {
    let codes = flow.codes.clone().filter(|_| flow.active == Some("oidc"))?;
    let to = return_to::target(exchange, flow.return_to.as_deref());
    let joint = if to.contains('?') { '&' } else { '?' };
    let to = format!("{to}{joint}code={}", codes.back);
    exchange.world.exchanges.push((codes, session));
    Some(Reply::see_other(exchange.call, &to))
}

pub(in super::super) fn exchange(exchange: &mut Exchange<'_>) -> Answer {
    let code = |name: &str| exchange.call.query(name).unwrap_or_default();
    let (init, back) = (code("init_code"), code("return_to_code"));
    if init.is_empty() || back.is_empty() {
        return Err(Problem::bad_request("\"init_code\" and \"return_to_code\" query params must be set"));
    }
    let fits =
        |codes: &ExchangeCodes| secret::is_same(&codes.init, &init) && secret::is_same(&codes.back, &back);
    let found = exchange.world.exchanges.iter().find(|(codes, _)| fits(codes)).map(|(_, session)| *session);
    let session = found.ok_or_else(|| Problem::not_found("no session yet for this \"code\""))?;
    Ok(Reply::ok(&serde_json::Value::Object(sign_in::with_token(exchange, session))))
}
