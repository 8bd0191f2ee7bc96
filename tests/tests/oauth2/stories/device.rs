//! Sign-in of a device (Hydra 25.4 and later).

use serde_json::json;

use super::stories;
use crate::{party::Party, place::Place, visitor::Visitor};

stories! {
    "a device is connected by its code" => connected,
    "a wrong code is told, and the right one goes on" => wrong_code,
    "a device is refused" => refused,
}

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn begin(party: &Party<'_>) -> serde_json::Value {
    party.post("/oauth2/device/auth", &[("scope", "openid email")]).await.expect(&[200]).json()
}

async fn tokens(party: &Party<'_>, device: &serde_json::Value) -> kratos_tests::http::Answer {
    let code = device["device_code"].as_str().unwrap();
    party.post("/oauth2/token", &[("grant_type", GRANT), ("device_code", code)]).await
}

async fn connected(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let device = begin(&party).await;
    assert_eq!(tokens(&party, &device).await.expect(&[400]).json()["error"], "authorization_pending");
    let mut visitor = Visitor::new(place);
    visitor.open(device["verification_uri_complete"].as_str().unwrap()).await.expect("/oauth2/device");
    visitor.shows(device["user_code"].as_str().unwrap()).press("accept", &[]).await.sign_in(&user).await;
    visitor.expect("/oauth2/consent").shows(&user.email).press("accept", &[]).await;
    visitor.expect("/oauth2/device/success").shows("Your device is connected");
    // A device asks no more often than every 5 s.
    tokio::time::sleep(std::time::Duration::from_secs(if place.testkit.is_some() { 0 } else { 6 })).await;
    let given = tokens(&party, &device).await.expect(&[200]).json();
    let claims = crate::party::claims_of(given["id_token"].as_str().unwrap());
    assert_eq!((&claims["sub"], &claims["email"]), (&json!(user.id), &json!(user.email)));
}

async fn wrong_code(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let device = begin(&party).await;
    let mut visitor = Visitor::new(place);
    visitor.open(device["verification_uri"].as_str().unwrap()).await.expect("/oauth2/device");
    for wrong in ["WRONGCOD", "<script>", "0"] {
        visitor
            .press("accept", &[("user_code", wrong)])
            .await
            .expect("/oauth2/device")
            .shows("wrong or has expired");
    }
    visitor.press("accept", &[("user_code", device["user_code"].as_str().unwrap())]).await;
    visitor.sign_in(&user).await.expect("/oauth2/consent");
}

async fn refused(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let device = begin(&party).await;
    let mut visitor = Visitor::new(place);
    visitor.open(device["verification_uri_complete"].as_str().unwrap()).await.press("accept", &[]).await;
    visitor.sign_in(&user).await.press("reject", &[]).await;
    assert_ne!(visitor.at.path(), "/oauth2/device/success");
    let given = tokens(&party, &device).await.expect(&[400, 403]).json();
    assert!(given.get("id_token").is_none(), "{given}");
}
