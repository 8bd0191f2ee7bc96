//! The user's decision.

use kratos_tests::hydra::{Setup, USUAL};
use openidconnect::OAuth2TokenResponse as _;
use serde_json::json;

use super::stories;
use crate::{party::Party, place::Place, visitor::Visitor};

stories! {
    "a consent is remembered if the user wants it, and revoked" => remembered,
    "the user denies" => denied,
    "a scope that the user unchecks is not granted" => unchecked,
    "a client that skips consent asks nothing" => skipped,
    "a challenge that was answered changes nothing more" => replayed,
    "a challenge that has expired says so" => expired,
    "the client's logo and documents are shown from https alone" => documents,
}

async fn remembered(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    let first = party.ask("openid email", &[]);
    visitor.open(first.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    party.exchange(first, &visitor).await;
    // Not wanted: asked again.
    let second = party.ask("openid email", &[]);
    visitor.open(second.url.as_str()).await.expect("/oauth2/consent");
    visitor.press("accept", &[("remember", "true")]).await;
    let tokens = party.exchange(second, &visitor).await;
    // Wanted: not asked again, and the claims are there.
    let third = party.ask("openid email", &[]);
    visitor.open(third.url.as_str()).await;
    let again = party.exchange(third, &visitor).await;
    assert_eq!(again.claims["email"], user.email.as_str());
    // More than was remembered: asked.
    visitor.open(party.ask("openid email phone", &[]).url.as_str()).await.expect("/oauth2/consent");

    let hydra = kratos_axum::oauth2::HydraAdmin::new(&place.hydra_admin).unwrap();
    let given = hydra.list_consents(&user.id).await.unwrap();
    assert!(
        given.iter().any(|consent| consent.remember && consent.grant_scope == ["openid", "email"]),
        "{given:?}"
    );
    let of_client = kratos_axum::oauth2::ConsentsOf::subject(&user.id).with_client(&party.id);
    hydra.revoke_consents(&of_client).await.unwrap();
    assert!(hydra.list_consents(&user.id).await.unwrap().is_empty());
    let _ = party.userinfo(tokens.response.access_token()).await.expect(&[401]);
    visitor.open(party.ask("openid email", &[]).url.as_str()).await.expect("/oauth2/consent");
}

async fn denied(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    let asking = party.ask("openid email", &[]);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("reject", &[]).await;
    assert_eq!(visitor.received("error"), "access_denied");
    assert_eq!(visitor.whoami().await, 200, "still signed in");
}

async fn unchecked(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    let asking = party.ask("openid email photos", &[]);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await;
    visitor.press("accept", &[("scope.email", "false")]).await;
    let tokens = party.exchange(asking, &visitor).await;
    let scopes: Vec<_> =
        tokens.response.scopes().unwrap().iter().map(|scope| scope.as_str().to_owned()).collect();
    assert_eq!(scopes, ["openid", "photos"]);
    assert!(tokens.claims.get("email").is_none(), "{:?}", tokens.claims);
}

async fn skipped(place: &Place) {
    let user = place.user(true).await;
    let party = Party::new(place, json!({ "skip_consent": true })).await;
    let mut visitor = Visitor::new(place);
    let asking = party.ask("openid email", &[]);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await;
    let tokens = party.exchange(asking, &visitor).await;
    assert_eq!(tokens.claims["email"], user.email.as_str());
}

async fn replayed(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    let asking = party.ask("openid", &[]);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    let page = visitor.at.clone();
    let (action, fields) = visitor.form("accept", &[]);
    visitor.press("accept", &[]).await;
    party.exchange(asking, &visitor).await;
    // Hydra 26.2.0 shows the challenge again, and refuses its verdict.
    visitor.at = page.clone();
    visitor.post(&action, fields).await;
    assert_eq!(visitor.received("error"), "access_denied");
    visitor.open(page.as_str()).await;
    if visitor.status == 200 {
        visitor.press("accept", &[]).await;
    }
    assert_eq!(visitor.received("error"), "access_denied");
}

async fn expired(place: &Place) {
    // Servers of its own: their challenges end soon.
    let short = std::time::Duration::from_secs(6);
    let setup = Setup { request_ttl: short, ..USUAL };
    let place = Place::start(&place.servers, place.framework, setup).await;
    let (user, party) = (place.user(true).await, Party::new(&place, json!({})).await);
    let mut visitor = Visitor::new(&place);
    visitor.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    match &place.testkit {
        Some((hydra, _)) => hydra.clock().advance(short * 2),
        None => tokio::time::sleep(short * 2).await,
    }
    visitor.press("accept", &[]).await.expect("/oauth2/consent").shows("expired");
    assert_eq!(visitor.status, 410);
}

async fn documents(place: &Place) {
    let user = place.user(true).await;
    let settings = json!({
        "logo_uri": "https://shop.example/logo.png", "tos_uri": "https://shop.example/terms",
        "policy_uri": "http://shop.example/privacy",
    });
    let party = Party::new(place, settings).await;
    let mut visitor = Visitor::new(place);
    visitor.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    visitor.shows("https://shop.example/logo.png").shows("https://shop.example/terms");
    assert!(!visitor.html.contains("http://shop.example"), "{}", visitor.html);
    let policy = visitor.headers.get("content-security-policy").unwrap().to_str().unwrap();
    assert!(policy.contains("img-src 'self' data: https://shop.example;"), "{policy}");
}
