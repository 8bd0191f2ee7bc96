//! Authorization code with PKCE, its tokens, refresh and the token hook.

use kratos_tests::http::Answer;
use openidconnect::OAuth2TokenResponse as _;
use serde_json::json;

use super::stories;
use crate::{party::Party, place::Place, visitor::Visitor};

stories! {
    "code with PKCE: standard claims in the ID token and from /userinfo" => standard_claims,
    "an address that is not verified is not claimed to be" => unverified,
    "refresh: new tokens, and the old refresh token is refused" => refresh,
    "a code is used once, and its second use revokes the tokens" => code_once,
    "the wrong PKCE verifier is refused" => wrong_verifier,
    "the token hook replaces claims and refuses tokens" => token_hook,
    "the older refresh hook replaces claims and refuses tokens" => refresh_hook,
    "response_mode=form_post reaches the client" => form_post,
    "an unregistered redirect URI ends at the error page" => wrong_redirect,
}

async fn standard_claims(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid email photos", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    visitor.shows("Shop wants to use your account").shows(&user.email).shows("See your email address");
    visitor.shows("See your photos");
    visitor.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    assert_eq!(tokens.claims["sub"], user.id.as_str());
    assert_eq!(tokens.claims["email"], user.email.as_str());
    assert_eq!(tokens.claims["email_verified"], true);
    assert_eq!(tokens.claims["amr"], json!(["password"]));
    assert!(tokens.claims.get("name").is_none() && tokens.claims.get("acr").is_none(), "{:?}", tokens.claims);
    assert!(tokens.claims["sid"].is_string() && tokens.claims["auth_time"].is_number());
    let info = party.userinfo(tokens.response.access_token()).await.expect(&[200]).json();
    assert_eq!((&info["sub"], &info["email"]), (&tokens.claims["sub"], &tokens.claims["email"]));
}

async fn unverified(place: &Place) {
    let (user, party) = (place.user(false).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid email", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    assert_eq!(
        (&tokens.claims["email"], &tokens.claims["email_verified"]),
        (&json!(user.email), &json!(false))
    );
}

async fn refresh(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid email offline_access", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    let first = tokens.response.refresh_token().expect("a refresh token").clone();
    let again = party.refresh(&first).await.unwrap();
    assert_eq!(
        (&again.claims["sub"], &again.claims["email"]),
        (&tokens.claims["sub"], &tokens.claims["email"])
    );
    assert_eq!(again.claims["auth_time"], tokens.claims["auth_time"]);
    let refused = party.refresh(&first).await.err().expect("a refusal");
    assert!(refused.contains("invalid_grant"), "{refused}");
}

async fn code_once(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let code = visitor.received("code");
    let tokens = party.exchange(asking, &visitor).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", crate::party::CALLBACK),
    ];
    let again = party.post("/oauth2/token", &fields).await.expect(&[400]).json();
    assert_eq!(again["error"], "invalid_grant");
    let _: Answer = party.userinfo(tokens.response.access_token()).await.expect(&[401]);
}

async fn wrong_verifier(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let refused = party.exchange_refused(party.ask("openid", &[]), &visitor).await;
    assert!(refused.contains("invalid_grant"), "{refused}");
}

async fn token_hook(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid email offline_access hooked", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    assert_eq!(tokens.claims["hooked_by"], party.id.as_str());
    assert_eq!(tokens.claims["email"], user.email.as_str(), "added to those of the consent");
    let refreshed = party.refresh(tokens.response.refresh_token().unwrap()).await.unwrap();
    assert_eq!(refreshed.claims["hooked_by"], party.id.as_str());
    assert!(refreshed.claims.get("email").is_none(), "in place of all: {:?}", refreshed.claims);
    let asking = party.ask("openid refused", &[]);
    visitor.open(asking.url.as_str()).await.expect("/oauth2/consent").shows("Use “refused”");
    visitor.press("accept", &[]).await;
    let refused = party.exchange_refused(asking, &visitor).await;
    assert!(refused.contains("access_denied"), "{refused}");
    let unproven = kratos_tests::http::client().post(format!("{}/hooks/token", place.app.url)).body("{}");
    let _ = Answer::of(unproven).await.expect(&[401]);
}

async fn refresh_hook(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid email offline_access rehooked", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    assert!(place.app.refreshes(&party.id).is_empty(), "a code is no refresh");
    assert!(tokens.claims.get("refreshed_for").is_none(), "{:?}", tokens.claims);
    let refreshed = party.refresh(tokens.response.refresh_token().unwrap()).await.unwrap();
    assert_eq!(refreshed.claims["refreshed_for"], user.id.as_str());
    let calls = place.app.refreshes(&party.id);
    let [call] = calls.as_slice() else { panic!("{calls:?}") };
    assert_eq!((call.subject.as_str(), call.is_refresh()), (user.id.as_str(), true));
    assert_eq!(call.granted_scopes, ["openid", "email", "offline_access", "rehooked"]);
    // What tells it from the token hook.
    assert!(call.requested_scopes.is_empty(), "{call:?}");
    let id_claims = call.id_claims.as_ref().expect("the claims of the ID token").to_value();
    assert_eq!(id_claims["email"], user.email.as_str());
    let asking = party.ask("openid offline_access unrefreshed", &[]);
    visitor.open(asking.url.as_str()).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    let refused = party.refresh(tokens.response.refresh_token().unwrap()).await.err().expect("a refusal");
    assert!(refused.contains("access_denied"), "{refused}");
}

async fn form_post(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[("response_mode", "form_post")]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    visitor
        .expect("/oauth2/auth")
        .shows(crate::party::CALLBACK)
        .shows("name=\"code\"")
        .shows("name=\"state\"");
}

async fn wrong_redirect(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let mut url = party.ask("openid", &[]).url;
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    url.query_pairs_mut().clear().extend_pairs(pairs.into_iter().map(|(name, value)| {
        if name == "redirect_uri" { (name, "https://evil.example/".to_owned()) } else { (name, value) }
    }));
    let mut visitor = Visitor::new(place);
    visitor.open(url.as_str()).await.expect("/oauth2/error").shows("invalid_request").shows("redirect_uri");
    assert_eq!(visitor.status, 400);
}
