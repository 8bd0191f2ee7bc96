//! What each builder of a submit sends (api-map D).

use serde_json::{Value, json};

use super::super::submit::{Raw, SubmitBody, login, recovery, registration, settings, verification};
use crate::flow::{Flow, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow};

/// The fields of a body that a flow `F` takes, and those that go into the query too.
fn sent<F: Flow>(body: impl SubmitBody<F>) -> (Value, Vec<&'static str>) {
    let (fields, query) = body.into_body().into_parts();
    (Value::Object(fields), query.into_iter().map(|(name, _)| name).collect())
}

fn is<F: Flow>(body: impl SubmitBody<F>, fields: &Value) {
    assert_eq!(sent::<F>(body), (fields.clone(), vec![]));
}

#[test]
fn of_login() {
    let password =
        json!({"method": "password", "identifier": "a", "password_identifier": "a", "password": "p"});
    is::<LoginFlow>(login::Password::new("a", "p"), &password);
    is::<LoginFlow>(login::Saml::new("corp"), &json!({"method": "saml", "provider": "corp"}));
    is::<LoginFlow>(login::Totp::new("1"), &json!({"method": "totp", "totp_code": "1"}));
    is::<LoginFlow>(login::LookupSecret::new("x"), &json!({"method": "lookup_secret", "lookup_secret": "x"}));
    let webauthn = login::WebAuthn::new("a").with_webauthn_login("{}");
    is::<LoginFlow>(webauthn, &json!({"method": "webauthn", "identifier": "a", "webauthn_login": "{}"}));
    is::<LoginFlow>(login::Passkey::new("{}"), &json!({"method": "passkey", "passkey_login": "{}"}));
    let code = login::Code::new().with_identifier("a").with_code("1").with_resend("code").with_address("b");
    let wanted = json!({"method": "code", "identifier": "a", "code": "1", "resend": "code", "address": "b"});
    is::<LoginFlow>(code, &wanted);
    is::<LoginFlow>(
        login::IdentifierFirst::new("a"),
        &json!({"method": "identifier_first", "identifier": "a"}),
    );
    let oidc = login::Oidc::new("lab").with_id_token("t").with_id_token_nonce("n");
    let oidc = oidc.with_upstream_parameters(json!({"login_hint": "a"})).with_traits(json!({}));
    let wanted = json!({"method": "oidc", "provider": "lab", "id_token": "t", "id_token_nonce": "n", "traits": {},
        "upstream_parameters": {"login_hint": "a"}});
    assert_eq!(sent::<LoginFlow>(oidc), (wanted, vec!["provider"]), "0.7 reads the provider from the query");
}

#[test]
fn of_registration() {
    let traits = || json!({"email": "a"});
    let password = registration::Password::new(traits(), "p").with_transient_payload(json!({"x": 1}));
    let wanted = json!({"method": "password", "traits": {"email": "a"}, "password": "p", "transient_payload": {"x": 1}});
    is::<RegistrationFlow>(password, &wanted);
    let webauthn =
        registration::WebAuthn::new(traits()).with_webauthn_register("{}").with_display_name("key");
    let wanted = json!({"method": "webauthn", "traits": {"email": "a"}, "webauthn_register": "{}",
        "webauthn_register_displayname": "key"});
    is::<RegistrationFlow>(webauthn, &wanted);
    let passkey = registration::Passkey::new(traits()).with_passkey_register("{}");
    is::<RegistrationFlow>(
        passkey,
        &json!({"method": "passkey", "traits": {"email": "a"}, "passkey_register": "{}"}),
    );
    let code = registration::Code::new(traits()).with_code("1");
    is::<RegistrationFlow>(code, &json!({"method": "code", "traits": {"email": "a"}, "code": "1"}));
    let profile = registration::Profile::new(traits()).with_screen("previous");
    is::<RegistrationFlow>(
        profile,
        &json!({"method": "profile", "traits": {"email": "a"}, "screen": "previous"}),
    );
    let saml = registration::Saml::new("corp").with_traits(traits());
    is::<RegistrationFlow>(saml, &json!({"method": "saml", "provider": "corp", "traits": {"email": "a"}}));
}

#[test]
fn of_settings() {
    is::<SettingsFlow>(
        settings::Profile::new(json!({"a": 1})),
        &json!({"method": "profile", "traits": {"a": 1}}),
    );
    is::<SettingsFlow>(settings::Password::new("p"), &json!({"method": "password", "password": "p"}));
    is::<SettingsFlow>(settings::Totp::new().with_code("1"), &json!({"method": "totp", "totp_code": "1"}));
    is::<SettingsFlow>(
        settings::Totp::new().with_unlink(true),
        &json!({"method": "totp", "totp_unlink": true}),
    );
    let codes = settings::LookupSecret::new().with_reveal(true).with_disable(true);
    let wanted =
        json!({"method": "lookup_secret", "lookup_secret_reveal": true, "lookup_secret_disable": true});
    is::<SettingsFlow>(codes, &wanted);
    let key = settings::WebAuthn::new().with_register("{}").with_display_name("key");
    let wanted =
        json!({"method": "webauthn", "webauthn_register": "{}", "webauthn_register_displayname": "key"});
    is::<SettingsFlow>(key, &wanted);
    is::<SettingsFlow>(
        settings::WebAuthn::new().with_remove("x"),
        &json!({"method": "webauthn", "webauthn_remove": "x"}),
    );
    let passkey = settings::Passkey::new().with_register("{}").with_remove("x");
    let wanted = json!({"method": "passkey", "passkey_settings_register": "{}", "passkey_remove": "x"});
    is::<SettingsFlow>(passkey, &wanted);
    is::<SettingsFlow>(settings::Saml::new().with_link("corp"), &json!({"method": "saml", "link": "corp"}));
    let unlink = sent::<SettingsFlow>(settings::Oidc::new().with_unlink("lab"));
    assert_eq!(unlink, (json!({"method": "oidc", "unlink": "lab"}), vec!["unlink"]));
}

#[test]
fn of_recovery_and_verification() {
    is::<RecoveryFlow>(recovery::Link::new("a"), &json!({"method": "link", "email": "a"}));
    let code =
        recovery::Code::new().with_recovery_address("a").with_select_address("b").with_confirm_address("c");
    let wanted = json!({"method": "code", "recovery_address": "a", "recovery_select_address": "b",
        "recovery_confirm_address": "c", "screen": "previous"});
    is::<RecoveryFlow>(code.with_screen("previous"), &wanted);
    is::<VerificationFlow>(verification::Link::new("a"), &json!({"method": "link", "email": "a"}));
    let code =
        verification::Code::new().with_email("a").with_code("1").with_csrf_token("c").with_field("new", 7);
    is::<VerificationFlow>(
        code,
        &json!({"method": "code", "email": "a", "code": "1", "csrf_token": "c", "new": 7}),
    );
    let Value::Object(anything) = json!({"method": "brand_new", "x": [1]}) else { unreachable!() };
    is::<LoginFlow>(Raw::new(anything.clone()), &Value::Object(anything));
}
