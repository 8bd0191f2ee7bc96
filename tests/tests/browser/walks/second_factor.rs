//! Second factors without JavaScript.

use crate::visit::{Visit, field, id, message};

/// Opens the step-up page.
const SECOND_FACTOR: u64 = 1_010_004;

pub(crate) async fn totp(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/settings").await;
    it.sees(&id("node/image/totp_qr")).await;
    let secret = it.lines("totp_secret_key").await.remove(0);
    it.fill("totp_code", "000000").await;
    it.press("method", "totp").await;
    it.sees(&message(4_000_008)).await;
    it.inspect("settings, a wrong TOTP code").await;
    let secret_now = it.lines("totp_secret_key").await.remove(0);
    assert_eq!(secret, secret_now, "the authenticator app's secret stays valid");
    it.fill("totp_code", &it.totp(&secret)).await;
    it.press("method", "totp").await;
    it.sees(&message(1_050_001)).await;
    it.sees("button[name='totp_unlink']").await;
    it.inspect("settings, TOTP enrolled").await;
    it.logout().await;

    it.log_in(&ada.email, &ada.password).await;
    it.is_at("/login").await;
    it.sees(&message(SECOND_FACTOR)).await;
    it.inspect("login, second factor").await;
    it.fill("totp_code", "000000").await;
    it.press("method", "totp").await;
    it.sees(&message(4_000_008)).await;
    it.inspect("login, a wrong TOTP code").await;
    it.fill("totp_code", &it.totp(&secret)).await;
    it.browser.leave_by_enter(&field("totp_code")).await;
    it.is_at("/").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["authenticator_assurance_level"], "aal2");
    it.was_quiet().await;
}

pub(crate) async fn lookup_secret(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/settings").await;
    it.press("lookup_secret_regenerate", "true").await;
    let codes = it.lines("lookup_secret_codes").await;
    assert_eq!(codes.len(), 12, "{codes:?}");
    it.inspect("settings, backup codes").await;
    it.press("lookup_secret_confirm", "true").await;
    it.sees(&message(1_050_001)).await;
    it.inspect("settings, backup codes kept").await;
    it.logout().await;

    it.log_in(&ada.email, &ada.password).await;
    it.sees(&message(SECOND_FACTOR)).await;
    it.inspect("login, backup code").await;
    it.fill("lookup_secret", &codes[0]).await;
    it.press("method", "lookup_secret").await;
    it.is_at("/").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["authenticator_assurance_level"], "aal2");

    it.open("/settings").await;
    it.press("lookup_secret_reveal", "true").await;
    it.sees(".used").await;
    assert_eq!(it.lines("lookup_secret_codes").await[1], codes[1], "the others are unchanged");
    it.inspect("settings, a backup code is used").await;
    it.logout().await;

    it.log_in(&ada.email, &ada.password).await;
    it.fill("lookup_secret", &codes[0]).await;
    it.press("method", "lookup_secret").await;
    it.sees(&message(4_000_012)).await;
    it.fill("lookup_secret", &codes[1]).await;
    it.press("method", "lookup_secret").await;
    it.is_at("/").await;
    it.was_quiet().await;
}
