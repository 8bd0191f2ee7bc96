//! The challenge's subject is the identity of the live session.

use serde_json::json;

use super::stories;
use crate::{party::Party, place::Place, visitor::Visitor};

stories! {
    "a challenge of another user cannot be answered" => somebody_elses,
    "the right user signs in anew and returns" => anew,
    "another wrong user after signing in anew ends with access_denied, without a loop" => wrong_again,
    "without a session the user signs in and returns" => signed_out,
}

async fn somebody_elses(place: &Place) {
    let (ada, eve, party) =
        (place.user(true).await, place.user(true).await, Party::new(place, json!({})).await);
    let mut of_ada = Visitor::new(place);
    of_ada.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&ada).await.expect("/oauth2/consent");
    let mut of_eve = Visitor::new(place);
    of_eve.open(&format!("{}/login", place.app.url)).await.sign_in(&eve).await;
    of_eve.open(of_ada.at.as_str()).await.expect("/oauth2/consent").shows("another account");
    assert!(!of_eve.html.contains("value=\"accept\""), "{}", of_eve.html);
    // Not by a form that is made by hand either.
    let (action, mut fields) = of_eve.form("reject", &[]);
    fields.retain(|(name, _)| name != "decision");
    fields.push(("decision".to_owned(), "accept".to_owned()));
    of_eve.post(&action, fields).await.expect("/oauth2/consent");
    assert_eq!(of_eve.status, 403);
    // Nor by Ada's own form, sent by Eve's browser.
    let (action, fields) = of_ada.form("accept", &[]);
    of_eve.post(&action, fields).await;
    assert_eq!(of_eve.status, 403);
    // Ada can still answer.
    of_ada.press("accept", &[]).await.received("code");
}

/// Opens a challenge of one user in a browser that another one uses meanwhile.
async fn switched<'a>(
    place: &'a Place,
    party: &Party<'a>,
    users: [&crate::user::User; 2],
) -> (Visitor<'a>, crate::party::Asking) {
    let [asked, present] = users;
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(asked).await.expect("/oauth2/consent");
    let page = visitor.at.clone();
    // Another tab.
    visitor.post(&format!("{}/logout", place.app.url), Vec::new()).await;
    visitor.open(&format!("{}/login", place.app.url)).await.sign_in(present).await;
    visitor
        .open(page.as_str())
        .await
        .expect("/oauth2/consent")
        .shows(&present.email)
        .shows("another account");
    (visitor, asking)
}

async fn anew(place: &Place) {
    let (ada, eve, party) =
        (place.user(true).await, place.user(true).await, Party::new(place, json!({})).await);
    let (mut visitor, asking) = switched(place, &party, [&ada, &eve]).await;
    visitor.press("anew", &[]).await.sign_in(&ada).await.expect("/oauth2/consent");
    visitor.press("accept", &[]).await;
    assert_eq!(party.exchange(asking, &visitor).await.claims["sub"], ada.id.as_str());
}

async fn wrong_again(place: &Place) {
    let (ada, eve, party) =
        (place.user(true).await, place.user(true).await, Party::new(place, json!({})).await);
    let (mut visitor, _) = switched(place, &party, [&ada, &eve]).await;
    visitor.press("anew", &[]).await.sign_in(&eve).await;
    assert_eq!(visitor.received("error"), "access_denied");
}

async fn signed_out(place: &Place) {
    let (ada, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&ada).await.expect("/oauth2/consent");
    let page = visitor.at.clone();
    visitor.post(&format!("{}/logout", place.app.url), Vec::new()).await;
    visitor.open(page.as_str()).await.sign_in(&ada).await.expect("/oauth2/consent");
    visitor.press("accept", &[]).await;
    party.exchange(asking, &visitor).await;
}
