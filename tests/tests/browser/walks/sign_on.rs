//! Single sign-on, with a provider that the suite runs.

use kratos_tests::provider;

use crate::visit::{Stranger, Visit, button, message};

/// From Kratos' form to the provider, where the user enters an address, and back.
async fn sign_on(it: &Visit<'_>, email: &str) {
    it.press("provider", "lab").await;
    it.browser.fill("[name='email']", email).await;
    it.browser.leave_by("button").await;
}

pub(crate) async fn register_and_log_in(it: &Visit<'_>) {
    provider::start_for(it.server()).await;
    let ada = Stranger::new();
    it.open("/registration").await;
    sign_on(it, &ada.email).await;
    it.is_at("/").await;
    let first = it.is_signed_in(&ada.email).await;
    it.open("/settings").await;
    it.inspect("settings, by single sign-on").await;
    it.logout().await;

    it.open("/login").await;
    // The fields of the other form are not submitted.
    it.fill("identifier", "other@example.org").await;
    sign_on(it, &ada.email).await;
    it.is_at("/").await;
    let second = it.is_signed_in(&ada.email).await;
    assert_eq!(first["identity"]["id"], second["identity"]["id"]);
    it.was_quiet().await;
}

pub(crate) async fn link(it: &Visit<'_>) {
    provider::start_for(it.server()).await;
    let ada = it.server().sign_up().await;
    it.open("/login").await;
    sign_on(it, &ada.email).await;
    it.is_at("/login").await;
    it.sees(&message(1_010_016)).await;
    it.inspect("login, to link an account").await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.is_at("/").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["identity"]["id"], ada.identity_id.to_string());
    it.open("/settings").await;
    it.sees(&button("unlink", "lab")).await;
    it.logout().await;

    it.open("/login").await;
    sign_on(it, &ada.email).await;
    it.is_at("/").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["identity"]["id"], ada.identity_id.to_string(), "the existing account");
    it.was_quiet().await;
}
