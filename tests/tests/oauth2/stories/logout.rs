//! Logout, begun by the relying party or at the provider.

use serde_json::json;

use super::stories;
use crate::{
    party::{GOODBYE, Party, Tokens},
    place::Place,
    user::User,
    visitor::Visitor,
};

stories! {
    "the relying party ends the sessions of Hydra and Kratos" => by_party,
    "the provider ends them too, and the user may stay" => by_provider,
    "a client that skips the question ends them at once" => skipped,
    "a logout of another user is not accepted" => somebody_elses,
    "an ended logout leads home" => ended,
}

async fn signed_in<'a>(party: &Party<'a>, user: &User) -> (Visitor<'a>, Tokens) {
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(party.place);
    visitor.open(asking.url.as_str()).await.sign_in(user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    (visitor, tokens)
}

async fn by_party(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let (mut visitor, tokens) = signed_in(&party, &user).await;
    visitor
        .open(&party.end_session_url(&tokens.id_token, "state-of-the-client"))
        .await
        .expect("/oauth2/logout");
    visitor.shows("Shop asks to sign you out");
    visitor.press("accept", &[]).await;
    assert_eq!(visitor.at.as_str(), format!("{GOODBYE}?state=state-of-the-client"));
    assert_eq!(visitor.whoami().await, 401);
    // Hydra knows no user any more.
    visitor.open(party.ask("openid", &[("prompt", "none")]).url.as_str()).await;
    assert_eq!(visitor.received("error"), "login_required");
}

async fn by_provider(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let (mut visitor, _) = signed_in(&party, &user).await;
    let url = format!("{}/oauth2/sessions/logout", place.hydra_public);
    visitor.open(&url).await.expect("/oauth2/logout").shows("Do you want to sign out?");
    visitor.press("reject", &[]).await.expect("/");
    assert_eq!(visitor.whoami().await, 200);
    visitor.open(&url).await.press("accept", &[]).await.expect("/");
    assert_eq!(visitor.whoami().await, 401);
}

async fn skipped(place: &Place) {
    let user = place.user(true).await;
    let party = Party::new(place, json!({ "skip_logout_consent": true })).await;
    let (mut visitor, tokens) = signed_in(&party, &user).await;
    visitor.open(&party.end_session_url(&tokens.id_token, "s")).await;
    assert_eq!(visitor.at.as_str(), format!("{GOODBYE}?state=s"));
    // Hydra ends the session of Kratos; HEAD of it beside the response.
    for _ in 0..100 {
        if visitor.whoami().await == 401 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("Hydra did not end the session of Kratos");
}

async fn somebody_elses(place: &Place) {
    let (ada, eve, party) =
        (place.user(true).await, place.user(true).await, Party::new(place, json!({})).await);
    let (mut of_ada, _) = signed_in(&party, &ada).await;
    of_ada.open(&format!("{}/oauth2/sessions/logout", place.hydra_public)).await.expect("/oauth2/logout");
    let (mut of_eve, _) = signed_in(&party, &eve).await;
    of_eve.open(of_ada.at.as_str()).await;
    assert_eq!(of_eve.status, 403);
    let (action, fields) = of_ada.form("accept", &[]);
    of_eve.post(&action, fields).await;
    assert_eq!(of_eve.status, 403);
    assert_eq!((of_ada.whoami().await, of_eve.whoami().await), (200, 200));
}

async fn ended(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let (mut visitor, _) = signed_in(&party, &user).await;
    visitor.open(&format!("{}/oauth2/sessions/logout", place.hydra_public)).await.expect("/oauth2/logout");
    let page = visitor.at.clone();
    visitor.press("accept", &[]).await.expect("/");
    visitor.open(page.as_str()).await;
    // HEAD of Hydra shows a challenge again, whose session has ended.
    if visitor.at.path() == "/oauth2/logout" {
        visitor.press("accept", &[]).await;
    }
    assert!(visitor.status < 500, "at {} ({}): {}", visitor.at, visitor.status, visitor.html);
    if place.testkit.is_some() {
        visitor.expect("/");
    }
    assert_eq!(visitor.whoami().await, 401);
}
