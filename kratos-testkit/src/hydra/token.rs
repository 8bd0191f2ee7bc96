//! `/oauth2/token`, `/userinfo` and what discovers them.

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::Response;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::state::{Claims, Grant, GrantKind, Hydra, error, part, put, random};
use super::{Shared, hooks, lock};
use crate::wire::{Call, Reply};

const HOUR: time::Duration = time::Duration::hours(1);
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

pub(super) fn configuration(hydra: &mut Hydra, _: &Call) -> Reply {
    let url = |path: &str| format!("{}{path}", hydra.config.public_url);
    Reply::ok(&json!({
        "issuer": hydra.issuer(),
        "authorization_endpoint": url("/oauth2/auth"),
        "token_endpoint": url("/oauth2/token"),
        "device_authorization_endpoint": url("/oauth2/device/auth"),
        "jwks_uri": url("/.well-known/jwks.json"),
        "userinfo_endpoint": url("/userinfo"),
        "end_session_endpoint": url("/oauth2/sessions/logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token", DEVICE_GRANT],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "claims_supported": ["sub"],
        "scopes_supported": ["offline_access", "offline", "openid"],
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "request_parameter_supported": false,
    }))
}

pub(super) fn keys(hydra: &mut Hydra, _: &Call) -> Reply {
    Reply::ok(&hydra.key.jwks())
}

/// A field of a posted form; empty if it is absent.
pub(super) fn field(call: &Call, name: &str) -> String {
    let mut pairs = url::form_urlencoded::parse(&call.body);
    pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Returns the client that proved itself, by its secret in the form or by Basic authentication.
pub(super) fn authenticated(hydra: &Hydra, call: &Call) -> Result<String, Reply> {
    let basic = call.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    let basic = basic.and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
    let decoded = |text: &str| percent(text);
    let (id, secret) = match basic.as_deref().and_then(|pair| pair.split_once(':')) {
        Some((id, secret)) => (decoded(id), decoded(secret)),
        None => (field(call, "client_id"), field(call, "client_secret")),
    };
    let is_known = hydra
        .clients
        .get(&id)
        .is_some_and(|client| part(client, "client_secret").as_str().is_none_or(|known| known == secret));
    is_known.then_some(id).ok_or_else(|| {
        let text = "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported \
                    authentication method).";
        error(401, "invalid_client", text)
    })
}

fn percent(text: &str) -> String {
    let pair = format!("x={text}");
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn invalid_grant(why: &str) -> Reply {
    let text = "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, \
                expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.";
    error(400, "invalid_grant", &format!("{text} {why}"))
}

/// `/oauth2/token`: calls the hooks, if there are any, without the lock. The refresh hook goes first (Hydra 26.2.0,
/// driver/registry_sql.go).
pub(super) async fn issue(state: &Shared, call: &Call) -> Response<Body> {
    let (mut grant, refresh_hook, hook) = {
        let mut hydra = lock(state);
        match redeem(&mut hydra, call) {
            Ok(grant) => (grant, hydra.config.refresh_hook.clone(), hydra.config.token_hook.clone()),
            Err(refused) => return refused.into_response(),
        }
    };
    let refresh_hook = refresh_hook.filter(|_| grant.kind == GrantKind::Refresh);
    let legacy = refresh_hook.map(|hook| (hook, hooks::refresh_call as fn(&Grant, &str) -> Value));
    let usual = hook.map(|hook| (hook, hooks::token_call as fn(&Grant, &str) -> Value));
    for (hook, body) in legacy.into_iter().chain(usual) {
        let body = body(&grant, &field(call, "grant_type"));
        if let Err(refused) = hooks::call(&hook, &body, &mut grant).await {
            return refused.into_response();
        }
    }
    lock(state).tokens(&grant).into_response()
}

/// Uses up a code or a refresh token. A second use revokes what the first one was for.
fn redeem(hydra: &mut Hydra, call: &Call) -> Result<Grant, Reply> {
    let client = authenticated(hydra, call)?;
    let (kind, text) = match field(call, "grant_type").as_str() {
        "authorization_code" => (GrantKind::Code, field(call, "code")),
        "refresh_token" => (GrantKind::Refresh, field(call, "refresh_token")),
        DEVICE_GRANT => (GrantKind::Code, device_code(hydra, &client, &field(call, "device_code"))?),
        _ => {
            return Err(error(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
            ));
        }
    };
    let now = hydra.clock.now();
    let found = hydra.grants.get(&text).cloned();
    let found =
        found.filter(|grant| grant.kind == kind && grant.until > now && grant.request.client == client);
    let grant = found.ok_or_else(|| invalid_grant(""))?;
    if grant.is_used {
        hydra.grants.retain(|_, other| other.consent != grant.consent || other.kind == GrantKind::Code);
        let is_code = kind == GrantKind::Code;
        let what = if is_code {
            "authorization code has already been used"
        } else {
            "refresh token was already used"
        };
        return Err(invalid_grant(&format!("The {what}.")));
    }
    if kind == GrantKind::Code && grant.request.device.is_none() {
        if field(call, "redirect_uri") != grant.request.query("redirect_uri") {
            return Err(invalid_grant(
                "The 'redirect_uri' from this request does not match the one from the authorize request.",
            ));
        }
        check_pkce(&grant, &field(call, "code_verifier"))?;
    }
    if let Some(known) = hydra.grants.get_mut(&text) {
        known.is_used = true;
    }
    Ok(grant)
}

/// RFC 7636 §4.6.
fn check_pkce(grant: &Grant, verifier: &str) -> Result<(), Reply> {
    let challenge = grant.request.query("code_challenge");
    let hashed = match grant.request.query("code_challenge_method") {
        "S256" => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        _ => verifier.to_owned(),
    };
    if challenge.is_empty() || hashed == challenge {
        return Ok(());
    }
    Err(invalid_grant("The PKCE code challenge did not match the code verifier."))
}

fn device_code(hydra: &Hydra, client: &str, code: &str) -> Result<String, Reply> {
    let device = hydra.devices.iter().find(|device| device.code == code && device.client == client);
    match device.map(|device| (&device.outcome, device.until > hydra.clock.now())) {
        Some((_, false)) => Err(error(400, "expired_token", "The device code has expired.")),
        Some((Some(Ok(code)), true)) => Ok(code.clone()),
        Some((Some(Err(refused)), true)) => Err(error(400, &refused.error, &refused.description)),
        Some((None, true)) => {
            let text = "The authorization request is still pending as the end user hasn't yet completed the user-interaction steps.";
            Err(error(400, "authorization_pending", text))
        }
        None => Err(invalid_grant("")),
    }
}

impl Hydra {
    fn keep(&mut self, prefix: &str, kind: GrantKind, grant: &Grant, life: time::Duration) -> String {
        let text = random(prefix);
        let until = self.clock.now() + life;
        self.grants.insert(text.clone(), Grant { kind, until, is_used: false, ..grant.clone() });
        text
    }

    fn tokens(&mut self, grant: &Grant) -> Reply {
        let has = |scope: &str| grant.scopes.iter().any(|granted| granted == scope);
        let access = self.keep("ory_at_", GrantKind::Access, grant, HOUR);
        let mut body = json!({
            "access_token": access, "expires_in": 3599, "scope": grant.scopes.join(" "), "token_type": "bearer",
        });
        if has("offline_access") || has("offline") {
            put(&mut body, "refresh_token", self.keep("ory_rt_", GrantKind::Refresh, grant, HOUR * 720));
        }
        if has("openid") {
            put(&mut body, "id_token", self.id_token(grant, &access));
        }
        Reply::ok(&body).header("cache-control", "no-store")
    }

    fn id_token(&self, grant: &Grant, access: &str) -> String {
        let Grant { request, claims: Claims { id_token, .. }, .. } = grant;
        let now = self.clock.now();
        let hash = Sha256::digest(access);
        let mut claims: Map<String, Value> = id_token.clone();
        let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        set("iss", self.issuer().into());
        set("sub", request.subject.as_str().into());
        set("aud", json!([request.client]));
        set("exp", (now + HOUR).unix_timestamp().into());
        set("iat", now.unix_timestamp().into());
        set("rat", request.at.unix_timestamp().into());
        set("auth_time", request.authenticated_at.unix_timestamp().into());
        set("jti", json!(Uuid::new_v4()));
        set("sid", request.sid.as_str().into());
        set("amr", request.login.as_ref().map(|login| login.amr.clone()).into());
        set("at_hash", URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default()).into());
        if !request.query("nonce").is_empty() {
            set("nonce", request.query("nonce").into());
        }
        // Hydra's library writes an `acr` where the client asked for one.
        if !request.query("acr_values").is_empty() {
            set("acr", "0".into());
        }
        self.key.sign(&Value::Object(claims))
    }
}

pub(super) fn userinfo(hydra: &mut Hydra, call: &Call) -> Reply {
    let now = hydra.clock.now();
    let in_form = field(call, "access_token");
    let grant = hydra.grants.get(call.bearer().unwrap_or(&in_form));
    let grant = grant.filter(|grant| grant.kind == GrantKind::Access && grant.until > now);
    let Some(grant) = grant else {
        let text = "The request could not be authorized. Check that you provided valid credentials in the right format.";
        return error(401, "request_unauthorized", text);
    };
    let mut claims = grant.claims.id_token.clone();
    claims.insert("sub".to_owned(), grant.request.subject.as_str().into());
    claims.insert("aud".to_owned(), json!([grant.request.client]));
    claims.insert("iss".to_owned(), hydra.issuer().into());
    claims.insert("auth_time".to_owned(), grant.request.authenticated_at.unix_timestamp().into());
    Reply::ok(&Value::Object(claims))
}
