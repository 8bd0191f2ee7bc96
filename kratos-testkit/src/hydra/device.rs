//! The device flow (RFC 8628; Hydra 25.4 and later).

use rand::RngExt;
use serde_json::json;
use uuid::Uuid;

use super::authorize::{after_login, ask, authorize};
use super::redirect::{to, with_query};
use super::state::{Device, Hydra, Stage, Verdict, body, error, not_found, part, random};
use super::token::{authenticated, field};
use crate::wire::{Call, Reply};

const CODE_COOKIE: &str = "ory_hydra_device_csrf_dev";
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZbcdfghjkmnpqrstvwxz";

/// `/oauth2/device/auth`.
pub(super) fn begin(hydra: &mut Hydra, call: &Call) -> Reply {
    let client = match authenticated(hydra, call) {
        Ok(client) => client,
        Err(refused) => return refused,
    };
    let letter =
        |_| char::from(LETTERS.get(rand::rng().random_range(0..LETTERS.len())).copied().unwrap_or(b'B'));
    let (code, user_code): (String, String) = (random("ory_dc_"), (0..8).map(letter).collect());
    hydra.devices.push(Device {
        code: code.clone(),
        user_code: user_code.clone(),
        client,
        scope: field(call, "scope"),
        until: hydra.clock.now() + time::Duration::seconds(600),
        is_used: false,
        outcome: None,
    });
    let page = format!("{}/oauth2/device/verify", hydra.config.public_url);
    Reply::ok(&json!({
        "Header": null, "device_code": code, "user_code": user_code, "verification_uri": page,
        "verification_uri_complete": with_query(&page, &[("user_code", &user_code)]), "expires_in": 600, "interval": 5,
    }))
}

/// `/oauth2/device/verify`: asks for the code, then for login and consent.
pub(super) fn verify(hydra: &mut Hydra, call: &Call) -> Reply {
    if let Some(verifier) = call.query("device_verifier") {
        let Some(Verdict::Device(code)) = hydra.verifiers.get(&verifier).cloned() else {
            return hydra.error_page("access_denied", "The device verifier is invalid.");
        };
        let Some(device) = hydra.devices.iter_mut().find(|device| device.code == code) else {
            return hydra.error_page("access_denied", "The device is unknown.");
        };
        if device.is_used || call.cookies(CODE_COOKIE).is_empty() {
            return hydra.error_page("access_denied", "The device verifier has already been used.");
        }
        device.is_used = true;
        let (client, scope) = (device.client.clone(), device.scope.clone());
        let url = with_query(
            &format!("{}/oauth2/device/verify", hydra.config.public_url),
            &[("client_id", &client)],
        );
        let query = vec![("client_id".to_owned(), client), ("scope".to_owned(), scope)];
        let mut request = hydra.request(query, url);
        request.device = Some(code);
        return ask(hydra, call, request);
    }
    if let Some(verifier) = call.query("login_verifier") {
        return after_login(hydra, call, &verifier);
    }
    if call.query("consent_verifier").is_some() {
        return authorize(hydra, call);
    }
    let challenge = random("");
    hydra.challenges.insert(challenge.clone(), (Stage::Device, Uuid::nil()));
    let code = call.query("user_code");
    let mut pairs = vec![("device_challenge", challenge.as_str())];
    pairs.extend(code.as_deref().map(|code| ("user_code", code)));
    let cookie = format!("{CODE_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", random(""));
    to(302, &with_query(&format!("{}/oauth2/device", hydra.config.app), &pairs)).cookies([cookie])
}

/// `/admin/oauth2/auth/requests/device/accept`.
pub(super) fn accept(hydra: &mut Hydra, call: &Call) -> Reply {
    let challenge = call.query("device_challenge").unwrap_or_default();
    if !matches!(hydra.challenges.get(&challenge), Some((Stage::Device, _))) {
        return not_found();
    }
    let body = body(call);
    let code = part(&body, "user_code").as_str().unwrap_or_default();
    let now = hydra.clock.now();
    let found =
        hydra.devices.iter().find(|device| device.user_code == code && !device.is_used && device.until > now);
    let Some(device) = found else {
        let why = if code.is_empty() {
            "Field 'user_code' must not be empty."
        } else {
            "The 'user_code' session could not be found or has expired or is otherwise malformed."
        };
        let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than \
                    once, or is otherwise malformed.";
        return error(400, "invalid_request", &format!("{text} {why}"));
    };
    let verifier = random("");
    let page = format!("{}/oauth2/device/verify", hydra.config.public_url);
    let next = with_query(&page, &[("client_id", &device.client), ("device_verifier", &verifier)]);
    hydra.verifiers.insert(verifier, Verdict::Device(device.code.clone()));
    Reply::ok(&json!({ "redirect_to": next }))
}
