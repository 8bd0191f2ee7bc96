//! Back-channel logout.

use kratos_tests::http::{Answer, client};
use serde_json::json;

use super::stories;
use crate::{
    party::{Party, Receiver},
    place::Place,
    visitor::Visitor,
};

stories! {
    "a relying party learns by the back channel which session ended" => received,
    "an ID token is no logout token" => id_token,
}

async fn received(place: &Place) {
    let user = place.user(true).await;
    let receiver = Receiver::bind();
    let party = Party::new(place, json!({ "backchannel_logout_uri": receiver.url() })).await;
    let logouts = receiver.serve(place, &party.id);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    visitor.open(&party.end_session_url(&tokens.id_token, "s")).await.press("accept", &[]).await;
    let notices = logouts.wait(1).await;
    assert_eq!(notices.len(), 1, "once");
    assert_eq!(notices[0].sid.as_deref(), tokens.claims["sid"].as_str());
    assert_eq!(notices[0].sub, None, "Hydra sends no `sub`");
}

async fn id_token(place: &Place) {
    let user = place.user(true).await;
    let receiver = Receiver::bind();
    let url = receiver.url();
    let party = Party::new(place, json!({})).await;
    let logouts = receiver.serve(place, &party.id);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.press("accept", &[]).await;
    let tokens = party.exchange(asking, &visitor).await;
    for token in [tokens.id_token.to_string(), "a.b.c".to_owned(), String::new()] {
        let _ = Answer::of(client().post(&url).form(&[("logout_token", token)])).await.expect(&[400]);
    }
    assert!(logouts.all().is_empty());
}
