//! What others try.

use kratos_tests::http::{Answer, client};
use serde_json::json;

use super::stories;
use crate::{party::Party, place::Place, visitor::Visitor};

stories! {
    "scopes that the client did not request are not granted" => escalation,
    "a form without its proof, or of another browser or challenge, is refused" => forged,
    "a form of another site is refused" => cross_site,
    "parameters are shown as text" => reflected,
    "no parameter leads elsewhere" => redirects,
    "no page can be framed or stored" => framing,
    "a disguised client's name is shown without its disguise" => disguised,
}

async fn escalation(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let asking = party.ask("openid", &[]);
    let mut visitor = Visitor::new(place);
    visitor.open(asking.url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    let (action, mut fields) = visitor.form("accept", &[]);
    for (name, value) in [
        ("scope.email", "true"),
        ("scope.offline_access", "true"),
        ("scope.admin", "true"),
        ("grant_scope", "admin"),
        ("subject", "another"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    visitor.post(&action, fields).await;
    assert_eq!(visitor.received("scope"), "openid");
    let tokens = party.exchange(asking, &visitor).await;
    assert_eq!(tokens.claims["sub"], user.id.as_str());
    assert!(tokens.claims.get("email").is_none());
}

async fn forged(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    visitor.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    let (action, fields) = visitor.form("accept", &[]);
    let without = |name: &str| fields.iter().filter(|(known, _)| known != name).cloned().collect::<Vec<_>>();
    let with = |name: &str, value: &str| [without(name), vec![(name.to_owned(), value.to_owned())]].concat();
    let page = visitor.at.clone();
    for forged in
        [without("form_token"), with("form_token", ""), with("form_token", "AAAA"), without("decision")]
    {
        visitor.at = page.clone();
        visitor.post(&action, forged).await;
        assert_eq!(visitor.status, 403, "{}", visitor.html);
    }
    // The token of another challenge.
    let other = Party::new(place, json!({})).await;
    visitor.open(other.ask("openid", &[]).url.as_str()).await.expect("/oauth2/consent");
    let (_, others) = visitor.form("accept", &[]);
    let token = others.iter().find(|(name, _)| name == "form_token").unwrap().1.clone();
    visitor.post(&action, with("form_token", &token)).await;
    assert_eq!(visitor.status, 403);
    // Another browser with the same session, whose form cookie is another.
    let mut stolen = Visitor::new(place);
    stolen.jar.clone_from(&visitor.jar);
    stolen.jar.set("kratos_oauth2_form", &"0".repeat(64));
    stolen.at = page.clone();
    stolen.post(&action, fields.clone()).await;
    assert_eq!(stolen.status, 403);
    // The real one still counts.
    visitor.at = page;
    visitor.post(&action, fields).await.received("code");
}

async fn cross_site(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    visitor.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    let (action, fields) = visitor.form("accept", &[]);
    let url = visitor.at.join(&action).unwrap();
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let request =
            client().post(url.clone()).form(&fields).header(name, value).header("accept", "text/html");
        let _ = visitor.jar.send(request).await.expect(&[403]);
    }
}

async fn reflected(place: &Place) {
    let hostile = "<script>alert(1)</script>\"'>\u{202e}";
    let mut url = url::Url::parse(&format!("{}/oauth2/error", place.app.url)).unwrap();
    for name in ["error", "error_description", "error_hint", "error_debug"] {
        url.query_pairs_mut().append_pair(name, &format!("{name}{hostile}"));
    }
    let mut visitor = Visitor::new(place);
    visitor.open(url.as_str()).await.expect("/oauth2/error").shows("error_description&#60;script&#62;");
    assert_eq!(visitor.status, 400);
    for bad in ["<script>alert", "error_debug", "\u{202e}"] {
        assert!(!visitor.html.contains(bad), "{bad}: {}", visitor.html);
    }
    let challenge = format!(
        "{}/oauth2/device?device_challenge={}",
        place.app.url, "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    );
    visitor.open(&challenge).await.expect("/oauth2/device");
    assert!(!visitor.html.contains("<script>alert"), "{}", visitor.html);
    visitor.open(&format!("{}/oauth2/error?error_description={}", place.app.url, "x".repeat(5000))).await;
    assert!(!visitor.html.contains(&"x".repeat(501)), "a long text is cut");
}

async fn redirects(place: &Place) {
    let user = place.user(true).await;
    let mut visitor = Visitor::new(place);
    visitor.open(&format!("{}/login", place.app.url)).await.sign_in(&user).await;
    for path in [
        "/oauth2/consent?consent_challenge=x&redirect_to=https://evil.example&return_to=https://evil.example",
        "/oauth2/consent?consent_challenge=https://evil.example",
        "/oauth2/logout?logout_challenge=x&post_logout_redirect_uri=https://evil.example",
        "/oauth2/device/success?redirect_to=https://evil.example",
        "/oauth2/error?error=x&redirect_uri=https://evil.example",
        "/oauth2/consent",
        "/oauth2/logout",
        "/oauth2/device",
        "/oauth2/consent?consent_challenge=",
    ] {
        let request = || client().get(format!("{}{path}", place.app.url)).header("accept", "text/html");
        let anonymous = Answer::of(request()).await;
        if let Some(to) = anonymous.header("location") {
            // To login, and back to this page.
            let to = url::Url::parse(to).unwrap();
            assert!(
                to.as_str().starts_with(&format!("{}/self-service/login", place.kratos_public)),
                "{path}: {to}"
            );
            let mut pairs = to.query_pairs();
            let (_, back) = pairs.find(|(name, _)| name == "return_to").expect("a way back");
            assert!(back.starts_with(&format!("{}/oauth2/consent?", place.app.url)), "{path}: {to}");
        }
        let answer = visitor.jar.send(request()).await;
        assert!(answer.header("location").is_none(), "{path}: {answer:?}");
        assert!(!answer.status.is_server_error(), "{path}: {answer:?}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("href=\"https://evil"), "{path}: {answer:?}");
    }
}

async fn framing(place: &Place) {
    let (user, party) = (place.user(true).await, Party::new(place, json!({})).await);
    let mut visitor = Visitor::new(place);
    visitor.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    let consent = visitor.at.to_string();
    let pages =
        ["/oauth2/error", "/oauth2/device/success", "/oauth2/device?device_challenge=x", "/oauth2/logout"];
    for page in pages.map(|path| format!("{}{path}", place.app.url)).into_iter().chain([consent]) {
        visitor.open(&page).await;
        let header = |name: &str| visitor.headers.get(name).map_or("", |value| value.to_str().unwrap());
        let policy = header("content-security-policy");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{page}: {policy}");
        }
        assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{page}: {policy}");
        assert!(header("cache-control").contains("no-store"), "{page}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{page}");
    }
}

async fn disguised(place: &Place) {
    let user = place.user(true).await;
    let party = Party::new(place, json!({ "client_name": "Bank\u{202e}<b>\u{200b}!" })).await;
    let mut visitor = Visitor::new(place);
    visitor.open(party.ask("openid", &[]).url.as_str()).await.sign_in(&user).await.expect("/oauth2/consent");
    visitor.shows("Bank&#60;b&#62;! wants to use your account");
}
