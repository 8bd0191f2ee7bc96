//! Decoded responses of Kratos.

use kratos_core::{
    client::SessionExchange,
    model::flow::{
        CodeExchange, ContinueWith, ContinueWithFlow, FlowError, LoginFlow, LogoutFlow, RecoveryFlow,
        RegistrationFlow, SettingsFlow, ShowFlow, ShowPinEntryUi, SuccessfulLogin, SuccessfulRegistration,
        SuccessfulSettings, TestContext, VerificationFlow,
    },
    model::{
        BatchResults, CourierMessage, ErrorEnvelope, Identity, IdentityCredentials, IdentitySchema,
        QuietText, RawJson, RecoveryCode, RecoveryLink, SecretText, Session,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::shown::{MARK, debugged, error, secret};

const ID: &str = "9f425a8d-7efc-4768-8f23-7647a74fdf13";

/// Decodes, asserts that the secret is in the value, and that formatting hides it.
#[track_caller]
fn decoded<T: DeserializeOwned + Serialize + std::fmt::Debug>(json: Value) -> T {
    let value: T = serde_json::from_value(json).unwrap();
    let again = serde_json::to_string(&value).unwrap();
    assert!(again.contains(MARK), "the secret is not even in it: {again}");
    debugged(&value);
    value
}

fn identity() -> Value {
    json!({
        "id": ID,
        "schema_id": "person",
        "traits": {"email": "ada@example.org", "pin": secret("pin")},
        "metadata_public": {"note": secret("note")},
        "metadata_admin": {"note": secret("admin-note")},
        "credentials": {
            "password": {"type": "password", "identifiers": ["ada@example.org"], "config": {"hashed_password": secret("hash")}},
            "totp": {"type": "totp", "config": {"totp_url": secret("totp-url")}},
            "lookup_secret": {"type": "lookup_secret", "config": {"recovery_codes": [{"code": secret("backup")}]}},
            "oidc": {"type": "oidc", "config": {"providers": [{"initial_access_token": secret("oidc")}]}},
        },
    })
}

fn session() -> Value {
    json!({"id": ID, "active": true, "identity": identity(), "tokenized": secret("jwt")})
}

fn node(attributes: &Value) -> Value {
    json!({"type": "input", "group": "default", "attributes": attributes, "messages": [], "meta": {}})
}

fn input(name: &str, kind: &str) -> Value {
    node(&json!({"node_type": "input", "name": name, "type": kind, "value": secret(name), "disabled": false}))
}

/// A flow with every node that holds a secret.
fn flow(more: &Value) -> Value {
    let shown = |kind: &str, id: u64, context: Value| {
        json!({
            "type": "text", "group": kind, "messages": [], "meta": {},
            "attributes": {"node_type": "text", "id": kind, "text": {"id": id, "type": "info", "text": secret(kind), "context": context}},
        })
    };
    let mut flow = json!({
        "id": ID,
        "type": "browser",
        "expires_at": "2030-01-01T00:00:00Z",
        "issued_at": "2020-01-01T00:00:00Z",
        "request_url": format!("http://localhost:4433/self-service/login/browser?token={}", secret("url-token")),
        "return_to": format!("https://app.example/?code={}", secret("return-code")),
        "session_token_exchange_code": secret("exchange"),
        "transient_payload": {"secret": secret("transient")},
        "ui": {
            "action": format!("http://localhost:4433/self-service/login?flow={ID}&token={}", secret("action-token")),
            "method": "POST",
            "nodes": [
                input("csrf_token", "hidden"),
                input("password", "password"),
                input("code", "text"),
                input("totp_code", "text"),
                input("lookup_secret", "text"),
                input("passkey_login", "hidden"),
                shown("totp", 1_050_017, json!({"secret": secret("totp-context")})),
                shown("lookup_secret", 1_050_015, json!({"secrets": [{"id": 1, "context": {"secret": secret("codes-context")}}]})),
                {
                    "type": "a", "group": "default", "messages": [], "meta": {},
                    "attributes": {"node_type": "a", "id": "a", "href": format!("http://localhost/?token={}", secret("anchor")), "title": {"id": 1, "type": "info", "text": "on"}},
                },
                {
                    "type": "script", "group": "passkey", "messages": [], "meta": {},
                    "attributes": {"node_type": "script", "id": "s", "src": "http://localhost:4433/.well-known/ory/webauthn.js", "nonce": secret("nonce"), "async": true, "type": "text/javascript", "crossorigin": "anonymous", "integrity": "sha512-x", "referrerpolicy": "no-referrer"},
                },
                {
                    "type": "div", "group": "captcha", "messages": [], "meta": {},
                    "attributes": {"node_type": "div", "id": "d", "class": "captcha", "data": {"key": "site"}},
                },
                {
                    "type": "input", "group": "profile", "messages": [], "meta": {"label": {"id": 1, "type": "info", "text": "Colour"}},
                    "attributes": {"node_type": "input", "name": "traits.colour", "type": "text", "options": [{"value": secret("option"), "label": {"id": 2, "type": "info", "text": "red"}}], "disabled": false},
                },
                {
                    "type": "input", "group": "password", "messages": [{"id": 4_000_001, "type": "error", "text": secret("message")}], "meta": {"label": {"id": 1, "type": "info", "text": "Go"}},
                    "attributes": {"node_type": "input", "name": "method", "type": "submit", "value": "password", "disabled": false},
                },
                {
                    "type": "img", "group": "totp", "messages": [], "meta": {},
                    "attributes": {"node_type": "img", "id": "totp_qr", "src": format!("data:image/png;base64,{}", secret("qr")), "width": 1, "height": 1},
                },
            ],
            "messages": [],
        },
    });
    flow.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    flow
}

pub fn login_flow() -> Value {
    flow(&json!({"requested_aal": "aal1", "oauth2_login_challenge": secret("challenge")}))
}

pub fn settings_flow() -> Value {
    flow(&json!({"identity": identity(), "state": "show_form"}))
}

pub fn flow_error() -> Value {
    let told = json!({"code": 500, "message": "m", "reason": "r", "debug": secret("debug"), "details": {"t": secret("t")}});
    json!({"id": ID, "error": told})
}

pub fn sessions_and_identities() {
    decoded::<Session>(session());
    decoded::<Identity>(identity());
    decoded::<IdentityCredentials>(
        json!({"type": "password", "config": {"hashed_password": secret("hash")}}),
    );
    decoded::<RecoveryLink>(json!({"recovery_link": format!("http://localhost/?token={}", secret("token"))}));
    decoded::<RecoveryCode>(
        json!({"recovery_link": format!("http://localhost/?code={}", secret("code")), "recovery_code": secret("code")}),
    );
    decoded::<CourierMessage>(json!({
        "id": ID, "status": "sent", "type": "email", "recipient": "ada@example.org",
        "subject": secret("subject"), "body": secret("body"), "template_type": "recovery_code_valid",
        "send_count": 1, "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z",
    }));
    decoded::<BatchResults>(
        json!({"identities": [{"action": "create", "identity": ID, "error": {"debug": secret("debug")}}]}),
    );
    decoded::<IdentitySchema>(json!({"id": "x", "schema": {"default": secret("schema")}}));
}

pub fn flows() {
    decoded::<LoginFlow>(login_flow());
    decoded::<RegistrationFlow>(flow(&json!({})));
    decoded::<SettingsFlow>(settings_flow());
    decoded::<RecoveryFlow>(flow(&json!({"state": "sent_email"})));
    decoded::<VerificationFlow>(flow(&json!({"state": "sent_email"})));
    let logout = decoded::<LogoutFlow>(json!({
        "logout_token": secret("logout"), "logout_url": format!("http://localhost/self-service/logout?token={}", secret("logout")),
    }));
    debugged(&logout.token());
    decoded::<FlowError>(flow_error());
}

pub fn tests_of_providers() {
    let context = decoded::<TestContext>(json!({
        "provider_id": "lab",
        "debug_payload": {
            "id_token_claims": {"email": secret("claim")},
            "userinfo": {"email": secret("userinfo")},
            "jsonnet_mapper_url": format!("base64://{}", secret("mapper")),
            "jsonnet_input": {"x": secret("input")},
            "jsonnet_output": {"x": secret("output")},
            "jsonnet_stderr": secret("stderr"),
            "schema_validation_errors": [{"x": secret("value")}],
            "error": {"step": "token_exchange", "reason": "access_denied", "message": secret("message")},
        },
    }));
    let payload = context.debug_payload.unwrap();
    debugged(&payload);
    debugged(&payload.error);
}

pub fn successes() {
    let next = json!([{"action": "set_ory_session_token", "ory_session_token": secret("next")}]);
    let login = json!({"session_token": secret("token"), "session": session(), "continue_with": next});
    decoded::<SuccessfulLogin>(login);
    let registration = json!({
        "session_token": secret("token"), "session": session(), "identity": identity(), "continue_with": next,
    });
    decoded::<SuccessfulRegistration>(registration);
    decoded::<SuccessfulSettings>(flow(
        &json!({"state": "success", "identity": identity(), "continue_with": next}),
    ));
    let exchanged = decoded::<CodeExchange>(json!({"session_token": secret("token"), "session": session()}));
    debugged(&SessionExchange::Done(Box::new(exchanged)));
    decoded::<Vec<ContinueWith>>(next);
    let shown = json!({"id": ID, "verifiable_address": "ada@example.org", "url": format!("http://localhost/?code={}", secret("url"))});
    decoded::<ContinueWithFlow>(shown.clone());
    decoded::<ShowFlow>(json!({"flow": shown}));
    let pin = decoded::<ShowPinEntryUi>(json!({
        "action": "show_pin_entry_ui", "data": {"enc": secret("key"), "ciphertext": secret("pin")},
    }));
    debugged(&pin.data);
}

pub fn unknown_members_may_be_secret() {
    let mut with_more = session();
    with_more["new_token"] = secret("new").into();
    let session = decoded::<Session>(with_more);
    debugged(&session.extra);
    debugged(&SecretText::new(secret("text")));
    decoded::<QuietText>(json!(secret("quiet")));
    decoded::<RawJson>(json!({"x": secret("raw")}));
}

pub fn errors() {
    let envelope = decoded::<ErrorEnvelope>(json!({
        "error": {
            "code": 400, "status": "Bad Request", "id": "x", "debug": secret("debug"),
            "details": {"csrf_token": secret("csrf")},
        },
        "redirect_browser_to": format!("http://localhost/?token={}", secret("token")),
    }));
    debugged(&envelope.error);
    let identity: Identity = serde_json::from_value(identity()).unwrap();
    for failed in [identity.traits::<u8>().err(), identity.traits::<Vec<u8>>().err()] {
        error(&failed.unwrap());
    }
    #[derive(Debug, serde::Deserialize)]
    struct Pin {
        #[allow(dead_code)]
        pin: u8,
    }
    error(&identity.traits::<Pin>().unwrap_err());
}
