//! `/admin/oauth2/auth/sessions`: consents that users gave, and their sessions at the provider.

use serde_json::{Value, json};

use super::requests::consent;
use super::state::{Consent, Hydra, error, part, put};
use crate::wire::{Call, Reply};
use crate::world::rfc3339;

pub(super) fn list(hydra: &mut Hydra, call: &Call) -> Reply {
    let subject = call.query("subject").unwrap_or_default();
    if subject.is_empty() {
        return error(
            400,
            "invalid_request",
            "Query parameter 'subject' is not defined but should have been.",
        );
    }
    let of_subject = hydra.consents.iter().rev().filter(|consent| consent.request.subject == subject);
    let shown: Vec<Value> = of_subject.map(|consent| show(hydra, consent)).collect();
    Reply::ok(&shown.into())
}

fn show(hydra: &Hydra, given: &Consent) -> Value {
    let mut request = consent(hydra, given.id, &given.request);
    put(&mut request, "challenge", "");
    json!({
        "consent_request_id": given.id.simple().to_string(),
        "grant_scope": part(&given.answer, "grant_scope"),
        "grant_access_token_audience": part(&given.answer, "grant_access_token_audience"),
        "session": part(&given.answer, "session"),
        "remember": part(&given.answer, "remember").as_bool() == Some(true),
        "remember_for": part(&given.answer, "remember_for").as_i64().unwrap_or_default(),
        "handled_at": rfc3339(given.at),
        "context": Value::Null,
        "consent_request": request,
    })
}

/// Revokes consents, and the tokens that were issued for them.
pub(super) fn revoke(hydra: &mut Hydra, call: &Call) -> Reply {
    let subject = call.query("subject").unwrap_or_default();
    let (client, all) = (call.query("client"), call.query("all").is_some_and(|all| all == "true"));
    if subject.is_empty() || client.is_some() == all {
        let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than \
                    once, or is otherwise malformed. Invalid combination of query parameters.";
        return error(400, "invalid_request", text);
    }
    let is_revoked = |consent: &Consent| {
        consent.request.subject == subject
            && client.as_ref().is_none_or(|client| consent.request.client == *client)
    };
    let revoked: Vec<_> = hydra.consents.iter().filter(|it| is_revoked(it)).map(|it| it.id).collect();
    hydra.consents.retain(|consent| !revoked.contains(&consent.id));
    hydra.grants.retain(|_, grant| !revoked.contains(&grant.consent));
    Reply::empty(204)
}

pub(super) fn end_sessions(hydra: &mut Hydra, call: &Call) -> Reply {
    match (call.query("subject"), call.query("sid")) {
        (Some(subject), None) => hydra.sessions.retain(|_, session| session.subject != subject),
        (None, Some(sid)) => drop(hydra.sessions.remove(&sid)),
        _ => return error(400, "invalid_request", "Invalid combination of query parameters."),
    }
    Reply::empty(204)
}
