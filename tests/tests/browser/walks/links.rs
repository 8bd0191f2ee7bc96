//! Parameters that are preserved from page to page.

use std::time::Duration;

use crate::visit::{Stranger, Visit, field, message};

/// A page of the application, percent-encoded.
fn login_for(it: &Visit<'_>) -> String {
    let wanted = format!("{}/welcome?from=walk&more=1", it.place.app);
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", &wanted).finish();
    format!("/login?{query}")
}

async fn has_returned(it: &Visit<'_>) {
    let url = it.is_at("/welcome").await;
    assert_eq!(url.query(), Some("from=walk&more=1"));
}

pub(crate) async fn return_to(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.open(&login_for(it)).await;
    for (link, page) in [
        ("signup-link", "/registration"),
        ("cta-link", "/login"),
        ("forgot-password-link", "/recovery"),
        ("cta-link", "/login"),
    ] {
        it.follow(link).await;
        it.is_at(page).await;
    }
    it.fill("identifier", &ada.email).await;
    it.fill("password", &ada.password).await;
    it.press("method", "password").await;
    has_returned(it).await;
    it.inspect("welcome").await;

    // The same for a user without an account.
    it.browser.forget().await;
    let new = Stranger::new();
    it.open(&login_for(it)).await;
    it.follow("signup-link").await;
    it.fill("traits.email", &new.email).await;
    it.press("method", "profile").await;
    it.fill("password", &new.password).await;
    it.press("method", "password").await;
    has_returned(it).await;

    // No foreign URL.
    it.browser.forget().await;
    it.open("/login?return_to=https%3A%2F%2Fevil.example%2F").await;
    it.sees("h1").await;
    let url = it.browser.url().await;
    assert!(url.as_str().starts_with(&it.place.app), "redirected to {url}");
    it.inspect("login, to elsewhere").await;
    it.was_quiet().await;
}

pub(crate) async fn expired(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.open(&login_for(it)).await;
    let old = it.browser.url().await;
    it.fill("identifier", &ada.email).await;
    it.place.pass(Duration::from_secs(6)).await;
    it.press("method", "identifier_first").await;
    it.sees(&message(4_010_001)).await;
    it.is_at("/login").await;
    assert_ne!(it.browser.url().await, old, "a new flow");

    // The old page, from a bookmark.
    it.place.pass(Duration::from_secs(6)).await;
    it.browser.open(old.as_str()).await;
    it.is_at("/login").await;
    assert_ne!(it.browser.url().await, old, "a new flow");
    it.sees(&field("identifier")).await;
    for attempt in 1.. {
        it.identify(&ada.email).await;
        if it.browser.shown(&field("password")).await.is_some() {
            it.fill("password", &ada.password).await;
            it.press("method", "password").await;
        }
        if it.browser.shown(&message(4_010_001)).await.is_none() {
            break;
        }
        assert!(attempt < 5, "expired too early, {attempt} times");
    }
    has_returned(it).await;
    it.browser.forget().await;
    it.open("/login").await;
    it.fill("identifier", &ada.email).await;
    it.place.pass(Duration::from_secs(6)).await;
    it.press("method", "identifier_first").await;
    it.inspect("login, the flow expired").await;
    it.was_quiet().await;
}
