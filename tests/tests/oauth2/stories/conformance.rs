//! Checks of the OpenID Foundation's conformance suite that no other story covers.

use kratos_tests::http::{Answer, client};
use openidconnect::OAuth2TokenResponse as _;
use serde_json::json;
use url::Url;

use super::stories;
use crate::{
    party::{CALLBACK, GOODBYE, Party, Tokens},
    place::Place,
    visitor::Visitor,
};

stories! {
    "parameters that a provider may ignore change nothing" => ignored,
    "scopes in another order, without a nonce" => reordered,
    "/userinfo by POST, with the token in the header or in the form" => posted,
    "a request without a response type is refused" => untyped,
    "an ID token hints at the session of prompt=none" => hinted,
    "a logout without a state, and one without a target" => bare_logout,
    "a logout with a wrong target or hint ends at the error page" => wrong_logout,
    "the metadata says what logout offers" => metadata,
}

/// Returns a request without one of its parameters.
fn without(url: &Url, names: &[&str]) -> Url {
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut url = url.clone();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(pairs.into_iter().filter(|(name, _)| !names.contains(&name.as_str())));
    url
}

async fn signed_in<'a>(party: &Party<'a>) -> (Visitor<'a>, Tokens) {
    let user = party.place.user(true).await;
    let asking = party.ask("openid email", &[]);
    let mut visitor = Visitor::new(party.place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await;
    visitor.press("accept", &[("remember", "true")]).await;
    let tokens = party.exchange(asking, &visitor).await;
    (visitor, tokens)
}

async fn ignored(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let (mut visitor, _) = signed_in(&party).await;
    for (name, value) in [
        ("display", "page"),
        ("display", "popup"),
        ("claims_locales", "se"),
        ("login_hint", "buffy@example.org"),
        ("extra", "foobar"),
    ] {
        let asking = party.ask("openid email", &[(name, value)]);
        visitor.open(asking.url.as_str()).await;
        party.exchange(asking, &visitor).await;
    }
}

async fn reordered(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let (mut visitor, _) = signed_in(&party).await;
    let mut url = without(
        &party.ask("openid", &[]).url,
        &["scope", "nonce", "code_challenge", "code_challenge_method"],
    );
    url.query_pairs_mut().append_pair("scope", "email openid");
    visitor.open(url.as_str()).await;
    let code = visitor.received("code");
    let fields = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CALLBACK)];
    let tokens = party.post("/oauth2/token", &fields).await.expect(&[200]).json();
    let claims = crate::party::claims_of(tokens["id_token"].as_str().unwrap());
    assert!(claims.get("nonce").is_none() && claims["email"].is_string(), "{claims}");
}

async fn posted(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let (_, tokens) = signed_in(&party).await;
    let token = tokens.response.access_token().secret().as_str();
    let userinfo = || client().post(format!("{}/userinfo", place.hydra_public));
    for request in [userinfo().bearer_auth(token), userinfo().form(&[("access_token", token)])] {
        let info = Answer::of(request).await.expect(&[200]).json();
        assert_eq!(info["sub"], tokens.claims["sub"]);
    }
}

async fn untyped(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let url = without(&party.ask("openid", &[]).url, &["response_type"]);
    let mut visitor = Visitor::new(place);
    visitor.open(url.as_str()).await;
    assert_eq!(visitor.received("error"), "unsupported_response_type");
}

async fn hinted(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let (mut visitor, tokens) = signed_in(&party).await;
    let hint = tokens.id_token.to_string();
    let asking = party.ask("openid email", &[("prompt", "none"), ("id_token_hint", &hint)]);
    visitor.open(asking.url.as_str()).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["sub"], tokens.claims["sub"]);
}

async fn bare_logout(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let home = format!("{}/", place.app.url);
    for (left_out, end) in [
        (&["state"][..], GOODBYE),
        (&["post_logout_redirect_uri", "state"], &home),
        (&["post_logout_redirect_uri", "id_token_hint", "state"], &home),
    ] {
        let (mut visitor, tokens) = signed_in(&party).await;
        let url = Url::parse(&party.end_session_url(&tokens.id_token, "state-of-the-client")).unwrap();
        visitor.open(without(&url, left_out).as_str()).await.expect("/oauth2/logout");
        visitor.press("accept", &[]).await;
        assert_eq!(visitor.at.as_str(), end, "without {left_out:?}");
        assert_eq!(visitor.whoami().await, 401, "without {left_out:?}");
    }
}

async fn wrong_logout(place: &Place) {
    let party = Party::new(place, json!({})).await;
    let (mut visitor, tokens) = signed_in(&party).await;
    let url = Url::parse(&party.end_session_url(&tokens.id_token, "state-of-the-client")).unwrap();
    let with = |name: &str, value: &str| {
        let mut url = without(&url, &[name]);
        url.query_pairs_mut().append_pair(name, value);
        url
    };
    let hint = tokens.id_token.to_string();
    let modified = format!("{}AAAA", hint.strip_suffix(hint.split_at(hint.len() - 4).1).unwrap());
    for url in [
        with("post_logout_redirect_uri", "https://evil.example/"),
        with("post_logout_redirect_uri", &format!("{GOODBYE}?foo=bar")),
        with("id_token_hint", &modified),
        with("id_token_hint", "not-a-token"),
        without(&url, &["id_token_hint"]),
        // Hydra takes a state for a target.
        without(&url, &["id_token_hint", "post_logout_redirect_uri"]),
    ] {
        visitor.open(url.as_str()).await.expect("/oauth2/error");
        assert_eq!((visitor.status, visitor.whoami().await), (400, 200), "{url}");
    }
}

async fn metadata(place: &Place) {
    let url = format!("{}/.well-known/openid-configuration", place.hydra_public);
    let metadata = Answer::of(client().get(url)).await.expect(&[200]).json();
    assert_eq!(metadata["end_session_endpoint"], format!("{}/oauth2/sessions/logout", place.hydra_public));
    for offered in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(metadata[offered], true, "{offered}");
    }
}
