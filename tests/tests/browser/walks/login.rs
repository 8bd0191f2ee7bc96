//! Signing in.

use crate::visit::{Visit, button, field, message, new_password};

/// The credentials are wrong.
const WRONG: u64 = 4_000_006;

/// The flow has expired.
const EXPIRED: u64 = 4_010_001;

pub(crate) async fn unified(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.open("/login").await;
    it.inspect("login").await;
    it.fill("identifier", &ada.email).await;
    it.fill("password", &new_password()).await;
    it.press("method", "password").await;
    it.sees(&message(WRONG)).await;
    assert_eq!(it.value("identifier").await, ada.email, "the identifier is kept");
    assert_eq!(it.value("password").await, "", "a password is not sent back");
    assert!(it.session().await.is_none());
    it.inspect("login, a wrong password").await;

    // The Enter key submits the first method, whatever else the page offers.
    it.fill("password", &ada.password).await;
    it.browser.leave_by_enter(&field("password")).await;
    it.is_at("/").await;
    it.is_signed_in(&ada.email).await;
    it.was_quiet().await;
}

pub(crate) async fn identifier_first(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    for attempt in 1.. {
        it.open("/login").await;
        it.inspect("login, the identifier").await;
        it.sees_no(&field("password")).await;
        it.fill("identifier", &ada.email).await;
        it.press("method", "identifier_first").await;
        if is_over(it, attempt).await {
            continue;
        }
        it.fill("password", &new_password()).await;
        it.press("method", "password").await;
        if is_over(it, attempt).await {
            continue;
        }
        it.sees(&message(WRONG)).await;
        it.fill("password", &ada.password).await;
        it.browser.leave_by_enter(&field("password")).await;
        if !is_over(it, attempt).await {
            break;
        }
    }
    it.is_at("/").await;
    it.is_signed_in(&ada.email).await;
    it.was_quiet().await;

    // Again, to inspect the pages that the walk above had no time for.
    it.browser.forget().await;
    it.open("/login").await;
    it.fill("identifier", &ada.email).await;
    it.press("method", "identifier_first").await;
    if it.browser.shown(&field("password")).await.is_some() {
        it.inspect("login, the password").await;
    }
}

pub(crate) async fn by_code(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    for attempt in 1.. {
        it.open("/login").await;
        it.fill("identifier", &ada.email).await;
        it.press("method", "identifier_first").await;
        if is_over(it, attempt).await {
            continue;
        }
        let known = it.mails(&ada.email);
        it.press("method", "code").await;
        if is_over(it, attempt).await {
            continue;
        }
        it.sees(&field("code")).await;
        let code = it.code_by_mail("login_code", &ada.email, known).await;
        it.fill("code", &code).await;
        it.press("method", "code").await;
        // The mail of an earlier attempt may arrive late.
        let late = attempt > 1 && it.browser.shown(&message(4_010_008)).await.is_some();
        if !late && !is_over(it, attempt).await {
            break;
        }
    }
    it.is_at("/").await;
    it.is_signed_in(&ada.email).await;

    // Again, with a wrong code and time to inspect the pages.
    it.browser.forget().await;
    it.open("/login").await;
    it.fill("identifier", &ada.email).await;
    it.press("method", "identifier_first").await;
    if it.browser.shown(&button("method", "code")).await.is_some() {
        it.press("method", "code").await;
        it.sees("h1").await;
        it.inspect("login, a code was sent").await;
    }
    it.was_quiet().await;
}

/// Whether the flow has expired, which on a strict server it does after five seconds.
async fn is_over(it: &Visit<'_>, attempt: usize) -> bool {
    let over = it.browser.shown(&message(EXPIRED)).await.is_some();
    assert!(!over || attempt < 5, "the flow expired too early, {attempt} times");
    over
}
