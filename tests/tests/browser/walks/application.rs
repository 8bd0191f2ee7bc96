//! The application's own pages: their guards and content.

use crate::visit::{Visit, field, id, message};

pub(crate) async fn guarded(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.open("/").await;
    it.inspect("home").await;
    it.open("/welcome").await;
    it.inspect("welcome, anonymous").await;

    // Login redirects to the page requested first.
    it.open("/account").await;
    it.is_at("/login").await;
    it.fill("identifier", &ada.email).await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.is_at("/account").await;
    it.sees(&id("signed-in-as")).await;
    assert!(it.browser.text().await.contains(&ada.email));
    it.inspect("account").await;

    // A user without a second factor is redirected to enrolment.
    it.open("/vault").await;
    it.is_at("/settings").await;
    let secret = it.lines("totp_secret_key").await.remove(0);
    it.fill("totp_code", &it.totp(&secret)).await;
    it.press("method", "totp").await;
    it.sees("h1").await;
    it.open("/vault").await;
    if it.browser.url().await.path() == "/login" {
        it.fill("totp_code", &it.totp(&secret)).await;
        it.browser.leave_by_enter(&field("totp_code")).await;
    }
    it.is_at("/vault").await;
    assert!(it.browser.text().await.contains(&ada.email));
    it.inspect("vault").await;
    it.was_quiet().await;
}

pub(crate) async fn sessions(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    let (phone, laptop) = (ada.token().await, ada.token().await);
    let is_there = async |token: &str| {
        let whoami = kratos_tests::http::client().get(it.server().public("/sessions/whoami"));
        let request = whoami.header("x-session-token", token).header("accept", "application/json");
        kratos_tests::http::Answer::of(request).await.status == 200
    };
    it.is_in(&ada.email, &ada.password).await;
    it.open("/sessions").await;
    it.sees(&inside("revoke-others")).await;
    it.inspect("sessions").await;
    let (before, other) = (is_there(&phone).await, is_there(&laptop).await);
    assert!(before && other, "both are signed in");
    it.browser.leave_by(&inside("revoke")).await;
    it.is_at("/sessions").await;
    assert_ne!(is_there(&phone).await, is_there(&laptop).await, "one of them has ended");
    if it.browser.shown(&inside("revoke-others")).await.is_some() {
        it.browser.leave_by(&inside("revoke-others")).await;
    } else {
        // One of the two is left.
        it.browser.leave_by(&inside("revoke")).await;
    }
    it.is_at("/sessions").await;
    assert!(!is_there(&phone).await && !is_there(&laptop).await, "both have ended");
    it.sees_no(&inside("revoke")).await;
    it.is_signed_in(&ada.email).await;
    it.inspect("sessions, only this one").await;
    it.was_quiet().await;
}

/// The button of the form with a test id.
fn inside(form: &str) -> String {
    format!("[data-testid='{form}'] button")
}

pub(crate) async fn deleted(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/account/delete").await;
    it.sees(&field("confirm")).await;
    it.inspect("delete the account").await;
    it.browser.click(&field("confirm")).await;
    it.browser.leave_by(&inside("delete-account")).await;
    it.is_at("/").await;
    assert!(it.session().await.is_none(), "the session has ended");
    it.open("/login").await;
    it.fill("identifier", &ada.email).await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    it.sees(&message(4_000_006)).await;
    it.was_quiet().await;
}

pub(crate) async fn error(it: &Visit<'_>) {
    // Kratos redirects to the error page: there is no session to sign out.
    it.browser.open(&it.server().public("/self-service/logout/browser")).await;
    it.is_at("/error").await;
    it.sees("[role=alert]").await;
    it.inspect("error").await;
    it.open("/error").await;
    it.sees("h1").await;
    it.was_quiet().await;
}
