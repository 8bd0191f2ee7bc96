//! Passkeys and security keys, with the browser's virtual authenticator.

use serde_json::Value;

use crate::visit::{Stranger, Visit, id, message};

fn methods(session: &Value) -> Vec<&str> {
    let methods = session["authentication_methods"].as_array().expect("methods");
    methods.iter().filter_map(|method| method["method"].as_str()).collect()
}

pub(crate) async fn passkey(it: &Visit<'_>) {
    let ada = Stranger::new();
    let key = it.browser.plug_in("internal").await;
    it.open("/registration").await;
    it.fill("traits.email", &ada.email).await;
    if it.server().profile != "strict" {
        it.press("method", "profile").await;
    }
    it.sees("button[name='passkey_register_trigger']").await;
    it.inspect("registration, with passkeys").await;
    it.browser.leave_by("button[name='passkey_register_trigger']").await;
    it.is_at("/").await;
    assert_eq!(methods(&it.is_signed_in(&ada.email).await), ["passkey"]);

    // The authenticator waits for now: a page that offers passkeys requests one as soon as it has loaded.
    it.browser.touch(&key, false).await;
    it.open("/settings").await;
    it.sees("button[name='passkey_remove']").await;
    it.inspect("settings, with a passkey").await;
    it.logout().await;
    it.open("/login").await;
    it.sees("button[name='passkey_login_trigger']").await;
    it.inspect("login, with passkeys").await;
    it.browser.touch(&key, true).await;
    it.browser.leave_by("button[name='passkey_login_trigger']").await;
    it.is_at("/").await;
    assert_eq!(methods(&it.is_signed_in(&ada.email).await), ["passkey"]);
    it.was_quiet().await;
}

pub(crate) async fn passkey_added(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    let key = it.browser.plug_in("internal").await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/settings").await;
    it.browser.leave_by("button[name='passkey_register_trigger']").await;
    it.sees(&message(1_050_001)).await;
    // The page after the logout would sign in again at once.
    it.browser.touch(&key, false).await;
    it.logout().await;
    it.browser.touch(&key, true).await;
    // With the browser's own list, which selects the only passkey: the page requests it without a click.
    it.open("/login").await;
    it.is_at("/").await;
    assert_eq!(methods(&it.is_signed_in(&ada.email).await), ["passkey"]);
    it.was_quiet().await;
}

pub(crate) async fn security_key(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    let key = it.browser.plug_in("usb").await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/settings").await;
    it.fill("webauthn_register_displayname", "Ada's key").await;
    it.browser.leave_by("button[name='webauthn_register_trigger']").await;
    it.sees(&message(1_050_001)).await;
    it.sees("button[name='webauthn_remove']").await;
    it.inspect("settings, with a security key").await;
    it.browser.touch(&key, false).await;
    it.logout().await;

    it.log_in(&ada.email, &ada.password).await;
    it.sees("button[name='webauthn_login_trigger']").await;
    it.sees(&id("login-auth-card")).await;
    it.inspect("login, second factor by security key").await;
    it.browser.touch(&key, true).await;
    it.browser.leave_by("button[name='webauthn_login_trigger']").await;
    it.is_at("/").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["authenticator_assurance_level"], "aal2");
    assert_eq!(methods(&session), ["password", "webauthn"]);
    it.was_quiet().await;
}
