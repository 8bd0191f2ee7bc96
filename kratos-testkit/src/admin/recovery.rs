//! `/admin/recovery`: recovery links and codes that an operator creates.

use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use crate::exchange::Exchange;
use crate::public::{draft_recovery, mailed_secret, recovery_code_nodes};
use crate::wire::{Answer, Problem, Reply};
use crate::world::flow::{Flow, Transport};
use crate::world::{rfc3339, secret};

/// Creates a link that recovers the account when it is opened.
pub(super) fn link(exchange: &mut Exchange<'_>) -> Answer {
    let unknown = || Problem::bad_request("The requested identity id does not exist.");
    let (person, life) = asked(exchange, unknown)?;
    let token = secret::token("");
    let flow = begin(exchange, person, life, &token)?;
    let link = format!("{}/self-service/recovery?flow={}&token={token}", exchange.world.public_url, flow.id);
    let answer = json!({"recovery_link": link, "expires_at": rfc3339(flow.expires_at)});
    exchange.world.flows.insert(flow.id, flow);
    Ok(Reply::ok(&answer))
}

/// Creates a code and the link to the page that accepts it.
pub(super) fn code(exchange: &mut Exchange<'_>) -> Answer {
    let unknown = || Problem::no_row().reason("could not find identity");
    let (person, life) = asked(exchange, unknown)?;
    let code = secret::code();
    let mut flow = begin(exchange, person, life, &code)?;
    flow.state = "sent_email";
    flow.active = Some("code");
    flow.sheet.nodes = recovery_code_nodes(&flow, None);
    let link = format!("{}?flow={}", exchange.world.config.page("recovery"), flow.id);
    let answer =
        json!({"recovery_link": link, "recovery_code": code, "expires_at": rfc3339(flow.expires_at)});
    exchange.world.flows.insert(flow.id, flow);
    Ok(Reply::json(201, &answer))
}

/// Creates a browser flow that is not bound to a CSRF cookie yet.
fn begin(exchange: &mut Exchange<'_>, person: Uuid, life: Duration, secret: &str) -> Result<Flow, Problem> {
    let mut flow = draft_recovery(exchange, Transport::Api)?;
    flow.transport = Transport::Browser;
    flow.request_url = format!("{}{}", exchange.world.admin_url, exchange.call.uri);
    flow.identity = Some(person);
    flow.expires_at = flow.issued_at.saturating_add(life);
    // a secret that was not mailed verifies no address
    let mut sent = mailed_secret(&exchange.world, "", secret);
    sent.expires_at = flow.expires_at;
    flow.sent = Some(sent);
    Ok(flow)
}

fn asked(exchange: &Exchange<'_>, unknown: fn() -> Problem) -> Result<(Uuid, Duration), Problem> {
    let body: Value =
        serde_json::from_slice(&exchange.call.body).map_err(|_| Problem::new(400, "unexpected EOF"))?;
    let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = Uuid::parse_str(word("identity_id")).map_err(|_| unknown())?;
    let person = exchange.world.identity(id).ok_or_else(unknown)?;
    let life = match word("expires_in") {
        "" => Duration::HOUR,
        text => go_duration(text).ok_or_else(|| {
            Problem::bad_request(
                "Unable to parse \"expires_in\" whose format should match \"[0-9]+(ns|us|ms|s|m|h)\"",
            )
        })?,
    };
    Ok((person.id, life))
}

/// Parses a Go duration of one unit.
fn go_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let number = number.parse().ok()?;
    match unit {
        "s" => Some(Duration::seconds(number)),
        "m" => Some(Duration::minutes(number)),
        "h" => Some(Duration::hours(number)),
        "ms" => Some(Duration::milliseconds(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_durations_of_one_unit_are_read() {
        assert_eq!(go_duration("90m"), Some(Duration::minutes(90)));
        assert_eq!(go_duration("1x"), None);
        assert_eq!(go_duration("h"), None);
    }
}
