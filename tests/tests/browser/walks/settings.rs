//! Changing an account.

use std::time::Duration;

use crate::visit::{Visit, field, message, new_password};

pub(crate) async fn profile(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/settings").await;
    it.inspect("settings").await;
    assert_eq!(it.value("traits.name.first").await, "Ada");
    it.fill("traits.name.first", "Augusta").await;
    it.fill("traits.age", "36").await;
    it.browser.click(&field("traits.newsletter")).await;
    it.press("method", "profile").await;
    it.sees(&message(1_050_001)).await;
    it.inspect("settings, saved").await;
    let session = it.is_signed_in(&ada.email).await;
    let traits = &session["identity"]["traits"];
    assert_eq!((&traits["name"]["first"], &traits["age"]), (&"Augusta".into(), &36.into()));
    assert_eq!(traits["newsletter"], true);

    // A checked box can be cleared again, though browsers do not send unchecked boxes.
    it.browser.click(&field("traits.newsletter")).await;
    it.press("method", "profile").await;
    it.sees(&message(1_050_001)).await;
    assert_eq!(it.is_signed_in(&ada.email).await["identity"]["traits"]["newsletter"], false);

    it.fill("password", "short").await;
    it.press("method", "password").await;
    it.sees(&message(4_000_032)).await;
    it.inspect("settings, a short password").await;
    it.was_quiet().await;
}

pub(crate) async fn password_after_refresh(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/settings").await;
    let password = new_password();
    it.fill("password", &password).await;
    it.place.pass(Duration::from_secs(3)).await;
    it.press("method", "password").await;

    it.is_at("/login").await;
    it.sees(&message(1_010_003)).await;
    if it.browser.shown(&field("identifier")).await.is_some() {
        it.fill("identifier", &ada.email).await;
    }
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.is_at("/settings").await;
    it.sees(&message(1_050_001)).await;
    it.was_quiet().await;

    it.browser.forget().await;
    it.log_in(&ada.email, &ada.password).await;
    it.sees(&message(4_000_006)).await;
    it.is_in(&ada.email, &password).await;
    it.open("/login?refresh=true").await;
    it.inspect("login, refresh").await;
}
