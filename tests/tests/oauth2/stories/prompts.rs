//! `prompt`, `max_age`, `acr_values` and `ui_locales`.

use kratos_tests::hydra::{Setup, USUAL};
use serde_json::json;

use super::stories;
use crate::{
    party::Party,
    place::Place,
    user::{User, code},
    visitor::Visitor,
};

stories! {
    "prompt=login: the user signs in again, and the challenge is kept" => login,
    "prompt=none: errors without a session or consent, tokens with both" => none,
    "prompt=consent: asked although it is remembered" => consent,
    "prompt=registration: a new user registers and returns" => registration,
    "max_age: an older sign-in is repeated, a younger one counts" => max_age,
    "acr_values for two factors step up and return" => acr_values,
    "ui_locales choose the language of login and consent" => ui_locales,
    "Accept-Language chooses the language and direction of every page" => accept_language,
}

/// The same in Arabic, whose catalogue isolates names.
const ARABIC: [&str; 3] = ["يريد \u{2068}Shop\u{2069} استخدام حسابك", "هل تريد تسجيل الخروج؟", "ربط جهاز"];

async fn given<'a>(party: &Party<'a>, user: &User, remember: &str) -> Visitor<'a> {
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(party.place);
    visitor.open(asking.url.as_str()).await.sign_in(user).await;
    visitor.press("accept", &[("remember", remember)]).await;
    party.exchange(asking, &visitor).await;
    visitor
}

async fn login(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = given(&party, &user, "true").await;
    let asking = party.ask("openid", &[("prompt", "login")]);
    visitor.open(asking.url.as_str()).await.expect("/login").shows(&user.email);
    visitor.sign_in(&user).await;
    party.exchange(asking, &visitor).await;
}

async fn none(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let silent = || party.ask("openid", &[("prompt", "none")]);
    let mut visitor = Visitor::new(place);
    visitor.open(silent().url.as_str()).await;
    assert_eq!(visitor.received("error"), "login_required");
    let mut visitor = given(&party, &user, "false").await;
    visitor.open(silent().url.as_str()).await;
    assert_eq!(visitor.received("error"), "consent_required");
    let mut visitor = given(&party, &user, "true").await;
    let asking = silent();
    visitor.open(asking.url.as_str()).await;
    party.exchange(asking, &visitor).await;
}

async fn consent(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = given(&party, &user, "true").await;
    let asking = party.ask("openid", &[("prompt", "consent")]);
    visitor.open(asking.url.as_str()).await.expect("/oauth2/consent").press("accept", &[]).await;
    party.exchange(asking, &visitor).await;
}

async fn registration(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let asking = party.ask("openid email", &[("prompt", "registration")]);
    let mut visitor = Visitor::new(place);
    let email = format!("n{}@example.org", uuid::Uuid::new_v4().simple());
    visitor.open(asking.url.as_str()).await.expect("/registration");
    visitor.press("password", &[("traits.email", &email), ("password", "Mellon-friend-9331")]).await;
    visitor.expect("/oauth2/consent").shows(&email).press("accept", &[]).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["email"], email.as_str());
}

async fn max_age(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = given(&party, &user, "true").await;
    let young = party.ask("openid", &[("max_age", "3600")]);
    visitor.open(young.url.as_str()).await;
    let before = party.exchange(young, &visitor).await.claims["auth_time"].as_i64().unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let old = party.ask("openid", &[("max_age", "0")]);
    visitor.open(old.url.as_str()).await.expect("/login").shows(&user.email);
    visitor.sign_in(&user).await;
    let after = party.exchange(old, &visitor).await.claims["auth_time"].as_i64().unwrap();
    assert!(after > before, "{before} {after}");
}

async fn acr_values(place: &Place) {
    // Servers of its own, whose Kratos itself demands no second factor.
    let setup = Setup { required_aal: "aal1", ..USUAL };
    let place = &Place::start(&place.servers, place.framework, setup).await;
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let secret = place.enrol_totp(&user).await;
    let mut visitor = given(&party, &user, "true").await;
    let without = party.ask("openid", &[]);
    visitor.open(without.url.as_str()).await;
    party.exchange(without, &visitor).await;
    let asking = party.ask("openid", &[("acr_values", "aal2")]);
    visitor.open(asking.url.as_str()).await.expect("/login");
    visitor.press("totp", &[("totp_code", &code(&secret))]).await;
    let tokens = party.exchange(asking, &visitor).await;
    assert_eq!(tokens.claims["sub"], user.id.as_str());
    assert_ne!(tokens.claims["acr"], "aal2", "Kratos sends no acr");
}

async fn ui_locales(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    visitor.language = "fr";
    let asking = party.ask("openid", &[("ui_locales", "xx de")]);
    visitor.open(asking.url.as_str()).await.expect("/login").shows("<html lang=\"de\"").shows("Anmelden");
    visitor.sign_in(&user).await.expect("/oauth2/consent").shows("<html lang=\"de\"").shows(">Erlauben<");
    visitor.shows("Shop möchte Ihr Konto verwenden");
    // A language that is not offered leaves the choice to the browser.
    let other = party.ask("openid", &[("ui_locales", "xx")]);
    visitor.open(other.url.as_str()).await.expect("/oauth2/consent").shows("<html lang=\"fr\"");
    // A theme of the application precedes them.
    let own = party.ask("openid", &[("ui_locales", "tlh de")]);
    visitor.open(own.url.as_str()).await.expect("/oauth2/consent").shows("Qapla");
}

/// The title of each page of a provider, in German and in Arabic.
async fn accept_language(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let titles = [
        ("de", "ltr", "Shop möchte Ihr Konto verwenden", "Möchten Sie sich abmelden?", "Gerät verbinden"),
        ("ar", "rtl", ARABIC[0], ARABIC[1], ARABIC[2]),
    ];
    for (language, dir, consent, logout, device) in titles {
        let html = format!("<html lang=\"{language}\" dir=\"{dir}\"");
        let mut visitor = Visitor::new(place);
        visitor.language = language;
        visitor.open(party.ask("openid", &[]).url.as_str()).await.expect("/login").shows(&html);
        visitor.sign_in(&user).await.expect("/oauth2/consent").shows(&html).shows(consent);
        let at_hydra = format!("{}/oauth2/sessions/logout", place.hydra_public);
        visitor.press("accept", &[]).await.open(&at_hydra).await.expect("/oauth2/logout");
        visitor.shows(&html).shows(logout);
        let page = |path: &str| format!("{}/oauth2/{path}", place.app.url);
        visitor.open(&page("device?device_challenge=x")).await.shows(&html).shows(device);
        visitor.open(&page("device/success")).await.shows(&html).shows(device);
        visitor.open(&page("error?error=invalid_request")).await.shows(&html);
    }
}
