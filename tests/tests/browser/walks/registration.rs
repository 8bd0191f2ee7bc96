//! Registering an account.

use crate::visit::{Stranger, Visit, field, id, message};

/// Kratos' button to the previous step; its name differs in 1.3.
const PREVIOUS: &str = "button:is([name='screen'][value='previous'], [value='profile:back'])";

pub(crate) async fn two_steps(it: &Visit<'_>) {
    let ada = Stranger::new();
    it.open("/registration").await;
    it.inspect("registration").await;
    it.fill("traits.email", "not-an-address").await;
    it.fill("traits.email", &ada.email).await;
    it.fill("traits.name.first", "Ada").await;
    it.browser.click(&field("traits.newsletter")).await;
    it.press("method", "profile").await;

    it.sees(&field("password")).await;
    it.inspect("registration, second step").await;
    it.browser.leave_by(PREVIOUS).await;
    assert_eq!(it.value("traits.email").await, ada.email, "kept on the way back");
    it.inspect("registration, back at the first step").await;
    it.press("method", "profile").await;

    it.fill("password", "short").await;
    it.press("method", "password").await;
    it.sees(&message(4_000_032)).await;
    assert_eq!(it.value("password").await, "", "a password is not sent back");
    it.inspect("registration, a short password").await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;

    it.is_at("/").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["identity"]["traits"]["newsletter"], true);
    assert_eq!(session["identity"]["traits"]["name"]["first"], "Ada");
    it.inspect("home, signed in").await;
    it.was_quiet().await;
}

pub(crate) async fn one_step(it: &Visit<'_>) {
    let ada = Stranger::new();
    it.open("/login").await;
    it.follow("signup-link").await;
    it.is_at("/registration").await;
    it.inspect("registration in one step").await;
    it.fill("traits.email", &ada.email).await;
    it.fill("password", "short").await;
    it.press("method", "password").await;
    it.sees(&message(4_000_032)).await;
    assert_eq!(it.value("traits.email").await, ada.email, "the field keeps its value");
    it.inspect("registration in one step, a short password").await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.is_at("/").await;
    it.is_signed_in(&ada.email).await;

    // Another user registers with the same address.
    it.logout().await;
    it.open("/registration").await;
    it.fill("traits.email", &ada.email).await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.sees("[role=alert]").await;
    it.inspect("registration, a known address").await;
    it.sees(&id("registration-auth-card")).await;
    it.was_quiet().await;
}
