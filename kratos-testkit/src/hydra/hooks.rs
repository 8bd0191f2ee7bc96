//! The hooks that decide on claims when tokens are issued (Hydra 26.2.0, oauth2/token_hook.go and refresh_hook.go).

use serde_json::{Value, json};

use super::post::post;
use super::state::{Claims, Grant, GrantKind, Hook, error, part};
use crate::wire::Reply;

/// Calls a hook, and changes the claims as it answers.
pub(super) async fn call(hook: &Hook, body: &Value, grant: &mut Grant) -> Result<(), Reply> {
    let key = Some((hook.header.as_str(), hook.key.as_str()));
    match post(&hook.url, "application/json; charset=UTF-8", key, body.to_string()).await {
        Some((204, _)) => Ok(()),
        Some((200, body)) => {
            let body: Value = serde_json::from_slice(&body).unwrap_or_default();
            let Claims { id_token, access_token } = super::authorize::claims(part(&body, "session"));
            // Hydra 26.2.0 replaces what was there only when tokens are refreshed.
            if grant.kind == GrantKind::Refresh {
                grant.claims = Claims::default();
            }
            grant.claims.id_token.extend(id_token);
            grant.claims.access_token.extend(access_token);
            Ok(())
        }
        Some((403, _)) => {
            let text = "The resource owner or authorization server denied the request. The token hook target responded with an error.";
            Err(error(403, "access_denied", text))
        }
        _ => Err(error(500, "server_error", "The token hook target responded with an error.")),
    }
}

/// The call of `oauth2.token_hook`.
pub(super) fn token_call(grant: &Grant, kind: &str) -> Value {
    json!({
        "session": session(grant),
        "request": {
            "client_id": grant.request.client,
            "requested_scopes": grant.request.words("scope"),
            // Hydra 26.2.0 names none for a code.
            "granted_scopes": if grant.kind == GrantKind::Refresh { grant.scopes.clone() } else { Vec::new() },
            "granted_audience": [],
            "grant_types": [kind],
            "payload": {},
        },
    })
}

/// The call of `oauth2.refresh_token_hook`: `requester` in place of `request`, and its parts once more beside it.
pub(super) fn refresh_call(grant: &Grant, kind: &str) -> Value {
    json!({
        "subject": grant.request.subject,
        "session": session(grant),
        "requester": {
            "client_id": grant.request.client,
            "granted_scopes": grant.scopes,
            "granted_audience": [],
            "grant_types": [kind],
        },
        "client_id": grant.request.client,
        "granted_scopes": grant.scopes,
        "granted_audience": [],
    })
}

fn session(grant: &Grant) -> Value {
    json!({
        "id_token": {
            "id_token_claims": { "sub": grant.request.subject, "ext": grant.claims.id_token },
            "subject": grant.request.subject,
        },
        "extra": grant.claims.access_token,
        "client_id": grant.request.client,
    })
}
