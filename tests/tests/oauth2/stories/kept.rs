//! The challenge is kept through every page.

use kratos_tests::hydra::{Setup, USUAL};
use serde_json::json;

use super::stories;
use crate::{party::Party, place::Place, user::code, visitor::Visitor};

stories! {
    "from login to registration" => registration,
    "through recovery, by return_to" => recovery,
    "through the verification of a new user's address" => verification,
    "through a second factor at sign-in" => second_factor,
    "through a sign-out in mid-flow, as another user" => signed_out,
    "through a wrong password and an unknown flow" => restarted,
    "the pages' policy names the provider and the client" => policy,
}

async fn registration(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let asking = party.ask("openid email", &[]);
    let mut visitor = Visitor::new(place);
    let email = format!("n{}@example.org", uuid::Uuid::new_v4().simple());
    visitor
        .open(asking.url.as_str())
        .await
        .expect("/login")
        .follow("signup-link")
        .await
        .expect("/registration");
    visitor.press("password", &[("traits.email", &email), ("password", "Mellon-friend-9331")]).await;
    visitor.expect("/oauth2/consent").press("accept", &[]).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["email"], email.as_str());
}

async fn recovery(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.follow("forgot-password-link").await.expect("/recovery");
    visitor.press("code", &[("email", &user.email)]).await;
    let sent = place.mailed_code(&user.email, "recovery_code").await;
    visitor.press("code", &[("code", &sent)]).await.expect("/settings");
    visitor.press("password", &[("password", "Mellon-friend-9332")]).await;
    // The client's request begins anew; its challenge asks for a sign-in, or consent follows at once.
    let user = crate::user::User { password: "Mellon-friend-9332".to_owned(), ..user };
    if visitor.at.path() == "/login" {
        visitor.sign_in(&user).await;
    }
    visitor.expect("/oauth2/consent").press("accept", &[]).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["sub"], user.id.as_str());
}

async fn verification(place: &Place) {
    let place = &Place::start(&place.servers, place.framework, Setup { verifies: true, ..USUAL }).await;
    let party = Party::new(place, json!({})).await;
    let asking = party.ask("openid email", &[("prompt", "registration")]);
    let mut visitor = Visitor::new(place);
    let email = format!("n{}@example.org", uuid::Uuid::new_v4().simple());
    visitor.open(asking.url.as_str()).await.expect("/registration");
    visitor.press("password", &[("traits.email", &email), ("password", "Mellon-friend-9331")]).await;
    visitor.expect("/verification");
    // Chromium applies `form-action` to the redirect to Hydra, which this flow does not name.
    let policy = visitor.headers["content-security-policy"].to_str().unwrap();
    assert!(!policy.contains("form-action") && policy.contains("default-src 'none'"), "{policy}");
    let sent = place.mailed_code(&email, "verification_code").await;
    visitor.press("code", &[("code", "000000")]).await.expect("/verification");
    visitor.press("code", &[("code", &sent)]).await;
    visitor.expect("/oauth2/consent").shows(&email).press("accept", &[]).await;
    let claims = party.exchange(asking, &visitor).await.claims;
    assert_eq!((&claims["email"], &claims["email_verified"]), (&json!(email), &json!(true)));
}

async fn second_factor(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let secret = place.enrol_totp(&user).await;
    let asking = party.ask("openid", &[("acr_values", "aal2")]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.expect("/login");
    visitor.press("totp", &[("totp_code", &code(&secret))]).await;
    if visitor.at.path() == "/login" {
        // Kratos asks once more, now for the first factor: Hydra did not say skip.
        visitor.sign_in(&user).await;
    }
    if visitor.at.path() == "/login" {
        visitor.press("totp", &[("totp_code", &code(&secret))]).await;
    }
    visitor.expect("/oauth2/consent").press("accept", &[]).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["sub"], user.id.as_str());
}

async fn signed_out(place: &Place) {
    let (ada, eve, party) =
        (place.user(true).await, place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    visitor.open(&format!("{}/login", place.app.url)).await.sign_in(&ada).await;
    let asking = party.ask("openid", &[]);
    // Hydra knows no user, so that Kratos refreshes Ada's session; Eve takes over.
    visitor.open(asking.url.as_str()).await.expect("/login").shows(&ada.email).follow("logout-link").await;
    visitor.sign_in(&eve).await.expect("/oauth2/consent").press("accept", &[]).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["sub"], eve.id.as_str());
}

async fn restarted(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.expect("/login");
    visitor
        .press("password", &[("identifier", &user.email), ("password", "wrong-password-1")])
        .await
        .expect("/login");
    let mut url = asking.url.clone();
    url.set_query(None);
    visitor.sign_in(&user).await.expect("/oauth2/consent").press("accept", &[]).await;
    party.exchange(asking, &visitor).await;
    // A page without a usable flow starts one with the same challenge.
    let asking = party.ask("openid", &[("prompt", "login")]);
    visitor.open(asking.url.as_str()).await.expect("/login");
    let challenge = visitor
        .html
        .split("login_challenge=")
        .nth(1)
        .map(|rest| rest.split(['"', '&']).next().unwrap_or_default());
    let challenge = challenge.expect("a link with the challenge").to_owned();
    let lost = format!("{}/login?flow={}&login_challenge={challenge}", place.app.url, uuid::Uuid::new_v4());
    visitor.open(&lost).await.sign_in(&user).await.expect("/oauth2/consent").press("accept", &[]).await;
    party.exchange(asking, &visitor).await;
}

async fn policy(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    let assert_policy = |visitor: &Visitor<'_>| {
        let policy = visitor.headers.get("content-security-policy").unwrap().to_str().unwrap();
        let (_, targets) = policy.split_once("form-action").unwrap_or_else(|| panic!("{policy}"));
        for origin in [place.hydra_public.as_str(), "http://127.0.0.1:9"] {
            assert!(targets.split_whitespace().any(|it| it == origin), "{origin} is not in {targets}");
        }
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    };
    visitor.open(party.ask("openid", &[]).url.as_str()).await.expect("/login");
    assert_policy(&visitor);
    visitor.sign_in(&user).await.expect("/oauth2/consent");
    assert_policy(&visitor);
}
