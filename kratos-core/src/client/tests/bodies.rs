//! The fields that each submit body sends.

use serde_json::{Value, json};

use super::super::submit::{
    LoginBody, RecoveryBody, RegistrationBody, SettingsBody, SubmitBody, VerificationBody,
};

/// Returns the fields of a body, and the names of those that are also in the query.
fn sent<F>(body: SubmitBody<F>) -> (Value, Vec<&'static str>) {
    let (fields, query) = body.into_parts();
    (Value::Object(fields), query.into_iter().map(|(name, _)| name).collect())
}

#[track_caller]
fn is<F>(body: SubmitBody<F>, fields: &Value) {
    assert_eq!(sent(body), (fields.clone(), vec![]));
}

#[test]
fn of_login() {
    let password =
        json!({"method": "password", "identifier": "a", "password_identifier": "a", "password": "p"});
    is(LoginBody::password("a", "p"), &password);
    is(LoginBody::saml("corp"), &json!({"method": "saml", "provider": "corp"}));
    is(LoginBody::totp("1"), &json!({"method": "totp", "totp_code": "1"}));
    is(LoginBody::lookup_secret("x"), &json!({"method": "lookup_secret", "lookup_secret": "x"}));
    let webauthn = LoginBody::webauthn("a").with_webauthn_login("{}");
    is(webauthn, &json!({"method": "webauthn", "identifier": "a", "webauthn_login": "{}"}));
    is(LoginBody::passkey("{}"), &json!({"method": "passkey", "passkey_login": "{}"}));
    let code = LoginBody::code().with_identifier("a").with_code("1").with_resend("code").with_address("b");
    is(code, &json!({"method": "code", "identifier": "a", "code": "1", "resend": "code", "address": "b"}));
    is(LoginBody::identifier_first("a"), &json!({"method": "identifier_first", "identifier": "a"}));
    let oidc = LoginBody::oidc("lab").with_id_token("t").with_id_token_nonce("n");
    let oidc = oidc.with_upstream_parameters(json!({"login_hint": "a"})).with_traits(json!({}));
    let fields = json!({"method": "oidc", "provider": "lab", "id_token": "t", "id_token_nonce": "n", "traits": {},
        "upstream_parameters": {"login_hint": "a"}});
    assert_eq!(sent(oidc), (fields, vec!["provider"]), "0.7 reads the provider from the query");
}

#[test]
fn of_registration() {
    let traits = || json!({"email": "a"});
    let password = RegistrationBody::password(traits(), "p").with_transient_payload(json!({"x": 1}));
    let fields = json!({"method": "password", "traits": {"email": "a"}, "password": "p", "transient_payload": {"x": 1}});
    is(password, &fields);
    let webauthn = RegistrationBody::webauthn(traits()).with_webauthn_register("{}").with_display_name("key");
    let fields = json!({"method": "webauthn", "traits": {"email": "a"}, "webauthn_register": "{}",
        "webauthn_register_displayname": "key"});
    is(webauthn, &fields);
    let passkey = RegistrationBody::passkey(traits()).with_passkey_register("{}");
    is(passkey, &json!({"method": "passkey", "traits": {"email": "a"}, "passkey_register": "{}"}));
    let code = RegistrationBody::code(traits()).with_code("1");
    is(code, &json!({"method": "code", "traits": {"email": "a"}, "code": "1"}));
    let code = RegistrationBody::code(traits()).with_resend("code");
    is(code, &json!({"method": "code", "traits": {"email": "a"}, "resend": "code"}));
    let profile = RegistrationBody::profile(traits()).with_screen("previous");
    is(profile, &json!({"method": "profile", "traits": {"email": "a"}, "screen": "previous"}));
    let saml = RegistrationBody::saml("corp").with_traits(traits());
    is(saml, &json!({"method": "saml", "provider": "corp", "traits": {"email": "a"}}));
    let oidc = RegistrationBody::oidc("lab").with_id_token("t").with_id_token_nonce("n");
    let oidc = oidc.with_upstream_parameters(json!({"login_hint": "a"}));
    let fields = json!({"method": "oidc", "provider": "lab", "id_token": "t", "id_token_nonce": "n",
        "upstream_parameters": {"login_hint": "a"}});
    assert_eq!(sent(oidc), (fields, vec!["provider"]), "0.7 reads the provider from the query");
}

#[test]
fn of_settings() {
    is(SettingsBody::profile(json!({"a": 1})), &json!({"method": "profile", "traits": {"a": 1}}));
    is(SettingsBody::password("p"), &json!({"method": "password", "password": "p"}));
    is(SettingsBody::enrol_totp("1"), &json!({"method": "totp", "totp_code": "1"}));
    is(SettingsBody::unlink_totp(), &json!({"method": "totp", "totp_unlink": true}));
    for (body, field) in [
        (SettingsBody::reveal_lookup_secrets(), "lookup_secret_reveal"),
        (SettingsBody::regenerate_lookup_secrets(), "lookup_secret_regenerate"),
        (SettingsBody::confirm_lookup_secrets(), "lookup_secret_confirm"),
        (SettingsBody::disable_lookup_secrets(), "lookup_secret_disable"),
    ] {
        is(body, &json!({"method": "lookup_secret", field: true}));
    }
    let key = SettingsBody::add_webauthn("{}").with_display_name("key");
    let fields =
        json!({"method": "webauthn", "webauthn_register": "{}", "webauthn_register_displayname": "key"});
    is(key, &fields);
    is(SettingsBody::remove_webauthn("x"), &json!({"method": "webauthn", "webauthn_remove": "x"}));
    is(SettingsBody::add_passkey("{}"), &json!({"method": "passkey", "passkey_settings_register": "{}"}));
    is(SettingsBody::remove_passkey("x"), &json!({"method": "passkey", "passkey_remove": "x"}));
    is(SettingsBody::link_saml("corp"), &json!({"method": "saml", "link": "corp"}));
    is(SettingsBody::unlink_saml("corp"), &json!({"method": "saml", "unlink": "corp"}));
    let unlink = sent(SettingsBody::unlink_oidc("lab"));
    assert_eq!(unlink, (json!({"method": "oidc", "unlink": "lab"}), vec!["unlink"]));
    let link = SettingsBody::link_oidc("lab").with_traits(json!({})).with_upstream_parameters(json!({}));
    let fields = json!({"method": "oidc", "link": "lab", "traits": {}, "upstream_parameters": {}});
    assert_eq!(sent(link), (fields, vec!["link"]));
}

#[test]
fn of_recovery_and_verification() {
    is(RecoveryBody::link("a"), &json!({"method": "link", "email": "a"}));
    let code =
        RecoveryBody::code().with_recovery_address("a").with_select_address("b").with_confirm_address("c");
    let fields = json!({"method": "code", "recovery_address": "a", "recovery_select_address": "b",
        "recovery_confirm_address": "c", "screen": "previous"});
    is(code.with_screen("previous"), &fields);
    is(VerificationBody::link("a"), &json!({"method": "link", "email": "a"}));
    let code =
        VerificationBody::code().with_email("a").with_code("1").with_csrf_token("c").with_field("new", 7);
    is(code, &json!({"method": "code", "email": "a", "code": "1", "csrf_token": "c", "new": 7}));
    let Value::Object(fields) = json!({"method": "brand_new", "x": [1]}) else { unreachable!() };
    is(LoginBody::from_fields(fields.clone()), &Value::Object(fields));
}
