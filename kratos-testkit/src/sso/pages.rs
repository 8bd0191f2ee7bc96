//! The provider's endpoints (OpenID Connect Core 1.0, RFC 7636).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use time::OffsetDateTime;
use url::Url;

use super::state::{Grant, State};
use crate::wire::{Call, Reply};

pub(super) fn configuration(state: &mut State, _: &Call) -> Reply {
    let issuer = &state.issuer;
    Reply::ok(&json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

pub(super) fn keys(state: &mut State, _: &Call) -> Reply {
    Reply::ok(&state.jwks())
}

/// Asks for the user's address. The form posts to the same URL.
pub(super) fn ask(_: &mut State, _: &Call) -> Reply {
    let page = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
                <title>Provider</title><main><h1>Sign in at the test provider</h1>\
                <p>Every address is a user of this provider.</p><form method=post>\
                <p><label>E-mail <input name=email autocomplete=email autofocus></label></p>\
                <p><button>Continue</button> <button name=error value=access_denied>Cancel</button></p></form></main></html>";
    Reply::text(200, "text/html; charset=utf-8", page)
        .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .header("cache-control", "no-store")
}

/// Returns to the client with a code for the address that the user entered, or with the error.
pub(super) fn lead_back(state: &mut State, call: &Call) -> Reply {
    let field = |name: &str| {
        let fields = url::form_urlencoded::parse(&call.body);
        fields.into_iter().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    };
    let redirect = call.query("redirect_uri").unwrap_or_default();
    let back = Url::parse(&redirect).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(mut back) = back else {
        return Reply::text(400, "text/plain; charset=utf-8", "The redirect_uri is not a URL.\n");
    };
    if let Some(error) = field("error") {
        let text = "The user cancelled.";
        back.query_pairs_mut().append_pair("error", &error).append_pair("error_description", text);
    } else {
        let code = state.grant(Grant {
            email: field("email").unwrap_or_default(),
            client: call.query("client_id").unwrap_or_default(),
            redirect,
            nonce: call.query("nonce"),
            challenge: call.query("code_challenge"),
            expires_at: OffsetDateTime::UNIX_EPOCH,
        });
        back.query_pairs_mut().append_pair("code", &code);
    }
    back.query_pairs_mut().append_pair("state", &call.query("state").unwrap_or_default());
    Reply::empty(303).header("location", back.as_str())
}

/// Exchanges a code for an ID token. Accepts any client secret.
pub(super) fn token(state: &mut State, call: &Call) -> Reply {
    let field = |name: &str| {
        let fields = url::form_urlencoded::parse(&call.body);
        let found = fields.into_iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let basic = call.header("authorization").and_then(|header| header.strip_prefix("Basic "));
    let basic = basic.and_then(|pair| String::from_utf8(STANDARD.decode(pair).ok()?).ok());
    let client = match basic.as_deref().and_then(|pair| pair.split_once(':')) {
        Some((client, _)) => client.to_owned(),
        None => field("client_id"),
    };
    match state.redeem(&field("code"), &client, &field("redirect_uri"), &field("code_verifier")) {
        Some((claims, nonce)) => {
            let id_token = state.id_token(&client, &claims, nonce.as_deref());
            Reply::ok(&json!({
                "access_token": "testkit", "token_type": "Bearer", "expires_in": 300, "id_token": id_token,
            }))
        }
        None => Reply::json(400, &json!({"error": "invalid_grant"})),
    }
}
