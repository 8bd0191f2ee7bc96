//! Signing out, and the back button.

use kratos_tests::http::{Answer, client};

use crate::visit::{Visit, field, message, new_password};

pub(crate) async fn logout(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.is_at("/").await;
    let cookie = it.browser.cookie("ory_kratos_session").await.expect("a session");
    it.logout().await;
    let whoami = client().get(it.server().public("/sessions/whoami"));
    let whoami = whoami.header("cookie", format!("ory_kratos_session={cookie}"));
    let _ = Answer::of(whoami.header("accept", "application/json")).await.expect(&[401]);

    it.browser.back().await;
    it.sees("h1").await;
    let text = it.browser.text().await;
    assert!(!text.contains(&ada.email), "a page after signing out: {text}");
    it.was_quiet().await;
}

pub(crate) async fn back(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.open("/login").await;
    it.fill("identifier", &ada.email).await;
    it.fill("password", &new_password()).await;
    it.press("method", "password").await;
    it.sees(&message(4_000_006)).await;
    it.browser.back().await;
    it.is_at("/login").await;
    it.fill("identifier", &ada.email).await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.is_at("/").await;
    it.is_signed_in(&ada.email).await;

    // Back at a completed login: the user is neither locked out nor redirected in a loop.
    it.browser.back().await;
    it.sees("h1").await;
    if it.browser.shown(&field("password")).await.is_some() {
        it.fill("identifier", &ada.email).await;
        it.fill("password", &ada.password).await;
        it.press("method", "password").await;
        it.sees("h1").await;
    }
    it.open("/").await;
    it.is_at("/").await;
    it.is_signed_in(&ada.email).await;
    it.was_quiet().await;
}
