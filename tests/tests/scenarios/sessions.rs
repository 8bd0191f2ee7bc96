//! Sessions: whoami, lists, revocation, extension, JWTs, logout.

use crate::visitor::{Person, Visitor, error_id, person, signed_in, signed_in_script};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use reqwest::Method;
use serde_json::json;

pub(crate) const ALL: &[Scenario] = scenarios![
    anonymous: "whoami without a credential is 401", [];
    token: "a session token opens the session", [];
    bearer: "a bearer token opens the session, whatever the case of the scheme", [];
    foreign_tokens: "foreign credentials are 401", [];
    bad_token_beats_good_cookie: "a bad token beside a good cookie is 401", [Ajax];
    cookie_beats_bearer: "a cookie takes precedence over a bearer token", [Ajax];
    unreadable_cookie_beside_token: "an unreadable cookie beside a good token is 500", [Modern];
    escaped_cookie: "a percent-encoded cookie is 401", [RawCookie, Ajax];
    any_method: "whoami answers any method", [Modern];
    no_csrf_cookie: "whoami sets no cookie for an anonymous request", [Modern];
    list_others: "a user lists their other sessions", [Modern];
    revoke_others: "a user revokes all their other sessions", [Modern];
    revoke_one: "a user revokes one other session", [Modern];
    not_the_current: "the current session cannot be revoked this way", [Modern];
    extended: "extending a session sets its new cookie once", [Modern];
    extend_unknown: "an unknown session cannot be extended", [Modern];
    admin_revokes: "an operator revokes a session", [Modern];
    admin_reads: "an operator reads a session", [Modern];
    admin_lists_of_person: "an operator lists an identity's sessions", [Modern];
    admin_deletes_of_person: "an operator deletes an identity's sessions", [Modern];
    tokenised: "a session is tokenized as a JWT", [Tokenize];
    unknown_template: "an unknown tokenizer template is 400", [Tokenize];
    deleted_person: "the session of a deleted identity is inactive", [];
    disabled_person: "an inactive identity cannot sign in", [Modern];
    native_logout: "a native program signs out", [];
    native_logout_nonsense: "signing out with an invalid session token", [Modern];
    browser_logout: "a script signs out", [Modern];
    page_logout: "a page signs out and is redirected", [Ajax];
    logout_with_return: "signing out redirects to return_to", [Modern];
    logout_without_session: "signing out needs a session", [Modern];
    logout_wrong_token: "a wrong logout token changes nothing", [Modern];
];

async fn anonymous(server: &'static Server) {
    let answer = Visitor::native(server).whoami().await.expect(&[401]);
    let body = answer.json();
    assert_eq!(body["error"]["code"], 401);
    assert!(body["error"].get("id").is_none_or(|id| id == "session_inactive"), "{body}");
}

async fn token(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let answer = native.whoami().await.expect(&[200]);
    assert_eq!(answer.header("x-kratos-authenticated-identity-id"), Some(person.id.as_str()));
    let session = answer.json();
    assert_eq!(session["active"], true);
    assert_eq!(session["identity"]["id"], person.id.as_str());
    assert_eq!(session["identity"]["traits"]["email"], person.email.as_str());
}

async fn bearer(server: &'static Server) {
    let (person, native) = signed_in(server).await;
    let token = native.token.clone().expect("a token");
    for scheme in ["Bearer", "bearer"] {
        let mut caller = Visitor::native(server);
        let request =
            caller.ask(Method::GET, "/sessions/whoami").header("authorization", format!("{scheme} {token}"));
        let session = caller.send(request).await.expect(&[200]).json();
        assert_eq!(session["identity"]["id"], person.id.as_str());
    }
}

async fn foreign_tokens(server: &'static Server) {
    for (name, value) in
        [("authorization", "Bearer x"), ("authorization", "Basic eDp5"), ("x-session-token", "x")]
    {
        let mut caller = Visitor::native(server);
        let request = caller.ask(Method::GET, "/sessions/whoami").header(name, value);
        let _ = caller.send(request).await.expect(&[401]);
    }
}

async fn bad_token_beats_good_cookie(server: &'static Server) {
    let (_, script) = signed_in_script(server).await;
    let _ = script.clone().with_token("ory_st_nope").whoami().await.expect(&[401]);
}

async fn cookie_beats_bearer(server: &'static Server) {
    let (person, mut script) = signed_in_script(server).await;
    let (_, native) = signed_in(server).await;
    let bearer = format!("Bearer {}", native.token.expect("a token"));
    let request = script.ask(Method::GET, "/sessions/whoami").header("authorization", bearer);
    let session = script.send(request).await.expect(&[200]).json();
    assert_eq!(session["identity"]["id"], person.id.as_str());
}

async fn unreadable_cookie_beside_token(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let request = native.ask(Method::GET, "/sessions/whoami").header("cookie", "ory_kratos_session=garbage");
    let _ = native.send(request).await.expect(&[500]);
}

async fn escaped_cookie(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let value = script.jar.get("ory_kratos_session").expect("a cookie").replace('=', "%3D");
    script.jar.set("ory_kratos_session", &value);
    let _ = script.whoami().await.expect(&[401]);
}

async fn any_method(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    for method in [Method::POST, Method::PUT] {
        let _ = native.call(method, "/sessions/whoami").await.expect(&[200]);
    }
    let head = native.call(Method::HEAD, "/sessions/whoami").await.expect(&[200]);
    assert!(head.body.is_empty() && head.header("x-kratos-authenticated-identity-id").is_some());
}

async fn no_csrf_cookie(server: &'static Server) {
    let answer = Visitor::script(server).whoami().await;
    assert!(answer.header("set-cookie").is_none(), "{answer:?}");
}

async fn list_others(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let mut other = Visitor::native(server);
    let done = other.sign_in(&person).await.expect(&[200]).json();
    let answer = native.get("/sessions").await.expect(&[200]);
    let list = answer.json();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    assert_eq!(list[0]["id"], done["session"]["id"]);
    let _ = Visitor::native(server).get("/sessions").await.expect(&[401]);
}

async fn revoke_others(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let mut other = Visitor::native(server);
    let done = other.sign_in(&person).await.expect(&[200]).json();
    let other = Visitor::native(server).with_token(done["session_token"].as_str().expect("a token"));
    let told = native.call(Method::DELETE, "/sessions").await.expect(&[200]).json();
    assert_eq!(told["count"], 1);
    let _ = other.clone().whoami().await.expect(&[401]);
    let _ = native.whoami().await.expect(&[200]);
}

async fn revoke_one(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let mut other = Visitor::native(server);
    let done = other.sign_in(&person).await.expect(&[200]).json();
    let id = done["session"]["id"].as_str().expect("an id");
    let _ = native.call(Method::DELETE, &format!("/sessions/{id}")).await.expect(&[204]);
    let other = Visitor::native(server).with_token(done["session_token"].as_str().expect("a token"));
    let _ = other.clone().whoami().await.expect(&[401]);
}

async fn not_the_current(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let id = native.whoami().await.json()["id"].as_str().expect("an id").to_owned();
    let _ = native.call(Method::DELETE, &format!("/sessions/{id}")).await.expect(&[400]);
    let _ = native.call(Method::DELETE, "/sessions/nope").await.expect(&[400]);
    let unknown = "/sessions/00000000-0000-0000-0000-000000000000";
    let _ = native.call(Method::DELETE, unknown).await.expect(&[204]);
}

async fn extended(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let id = script.whoami().await.json()["id"].as_str().expect("an id").to_owned();
    let mut operator = Visitor::operator(server);
    let _ = operator.call(Method::PATCH, &format!("/sessions/{id}/extend")).await.expect(&[200, 204]);
    let answer = script.whoami().await.expect(&[200]);
    assert!(answer.header("set-cookie").is_some_and(|line| line.starts_with("ory_kratos_session=")));
    assert!(script.whoami().await.header("set-cookie").is_none());
}

async fn extend_unknown(server: &'static Server) {
    let mut operator = Visitor::operator(server);
    let _ = operator.call(Method::PATCH, "/sessions/nope/extend").await.expect(&[400]);
    let unknown = "/sessions/00000000-0000-0000-0000-000000000000/extend";
    let _ = operator.call(Method::PATCH, unknown).await.expect(&[404]);
}

async fn admin_revokes(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let id = native.whoami().await.json()["id"].as_str().expect("an id").to_owned();
    let mut operator = Visitor::operator(server);
    let path = format!("/sessions/{id}");
    let _ = operator.call(Method::DELETE, &path).await.expect(&[204]);
    let _ = native.whoami().await.expect(&[401]);
    let told = operator.get(&path).await.expect(&[200]).json();
    assert_eq!(told["active"], false);
}

async fn admin_reads(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let id = native.whoami().await.json()["id"].as_str().expect("an id").to_owned();
    let mut operator = Visitor::operator(server);
    let bare = operator.get(&format!("/sessions/{id}")).await.expect(&[200]).json();
    assert!(bare.get("identity").is_none_or(serde_json::Value::is_null), "{bare}");
    let whole =
        operator.get(&format!("/sessions/{id}?expand=identity&expand=devices")).await.expect(&[200]).json();
    assert_eq!(whole["identity"]["id"], person.id.as_str());
    assert!(whole["devices"].as_array().is_some_and(|devices| !devices.is_empty()), "{whole}");
    let _ = operator.get("/sessions/nope").await.expect(&[400]);
    let _ = operator.get("/sessions/00000000-0000-0000-0000-000000000000").await.expect(&[404]);
}

async fn admin_lists_of_person(server: &'static Server) {
    let (person, _) = signed_in(server).await;
    let mut operator = Visitor::operator(server);
    let path = format!("/identities/{}/sessions", person.id);
    assert_eq!(operator.get(&path).await.expect(&[200]).json().as_array().map(Vec::len), Some(1));
    let inactive = operator.get(&format!("{path}?active=false")).await.expect(&[200]).json();
    assert_eq!(inactive, json!([]));
    let _ = operator.get(&format!("{path}?active=x")).await.expect(&[400]);
}

async fn admin_deletes_of_person(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let mut operator = Visitor::operator(server);
    let path = format!("/identities/{}/sessions", person.id);
    let _ = operator.call(Method::DELETE, &path).await.expect(&[204]);
    let _ = native.whoami().await.expect(&[401]);
    let _ = operator.call(Method::DELETE, &path).await.expect(&[404]);
}

async fn tokenised(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let template = server.token_template.as_deref().expect("a template");
    let session = native.get(&format!("/sessions/whoami?tokenize_as={template}")).await.expect(&[200]).json();
    let token = session["tokenized"].as_str().expect("a token");
    let claims = claims(token);
    assert_eq!(claims["sub"], person.id.as_str());
    assert_eq!(claims["sid"], session["id"]);
    assert!(claims["exp"].as_u64() > claims["iat"].as_u64(), "{claims}");
    // Kratos does not accept it as a credential
    let _ = Visitor::native(server).with_token(token).whoami().await.expect(&[401]);
}

async fn unknown_template(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let _ = native.get("/sessions/whoami?tokenize_as=nope").await.expect(&[400]);
}

fn claims(token: &str) -> serde_json::Value {
    // base64url without padding: three bytes are four characters
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let payload = token.split('.').nth(1).expect("a payload");
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in payload.chars() {
        let six = LETTERS.find(letter).and_then(|at| u32::try_from(at).ok()).expect("base64url");
        bits = (bits << 6) | six;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xFF).expect("a byte"));
        }
    }
    serde_json::from_slice(&bytes).expect("claims")
}

async fn deleted_person(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let mut operator = Visitor::operator(server);
    let _ = operator.call(Method::DELETE, &format!("/identities/{}", person.id)).await.expect(&[204]);
    let _ = native.whoami().await.expect(&[401]);
}

async fn disabled_person(server: &'static Server) {
    let person = person(server).await;
    disable(server, &person).await;
    let mut native = Visitor::native(server);
    let answer = native.sign_in(&person).await.expect(&[400, 401]);
    if server.is_since(26, 3) {
        // A message of the form, after 26.2.
        assert_eq!(answer.status, 400);
        assert_eq!(answer.json()["ui"]["messages"][0]["id"], 4_010_011, "{answer:?}");
        return;
    }
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["error"]["details"]["identity_id"], person.id.as_str());
}

async fn disable(server: &'static Server, person: &Person) {
    let patch = json!([{"op": "replace", "path": "/state", "value": "inactive"}]);
    let path = format!("/identities/{}", person.id);
    let _ = Visitor::operator(server).json(Method::PATCH, &path, &patch).await.expect(&[200]);
}

async fn native_logout(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let body = json!({"session_token": native.token.clone()});
    let path = if server.is_since(0, 7) { "/self-service/logout/api" } else { "/sessions" };
    let mut plain = Visitor::native(server);
    let _ = plain.json(Method::DELETE, path, &body).await.expect(&[204]);
    let _ = native.whoami().await.expect(&[401]);
}

async fn native_logout_nonsense(server: &'static Server) {
    let mut native = Visitor::native(server);
    let path = "/self-service/logout/api";
    let _ = native.json(Method::DELETE, path, &json!({})).await.expect(&[403]);
    let broken = native.ask(Method::DELETE, path).header("content-type", "application/json").body("{");
    let _ = native.send(broken).await.expect(&[400]);
}

async fn browser_logout(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let told = script.get("/self-service/logout/browser").await.expect(&[200]).json();
    let url = told["logout_url"].as_str().expect("an address").to_owned();
    assert!(url.contains(told["logout_token"].as_str().expect("a token")));
    let before = script.clone();
    let _ = script.get(&url).await.expect(&[204]);
    assert!(script.jar.get("ory_kratos_session").is_none());
    let _ = before.clone().whoami().await.expect(&[401]);
}

async fn page_logout(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let told = script.get("/self-service/logout/browser").await.expect(&[200]).json();
    let url = told["logout_url"].as_str().expect("an address").to_owned();
    let to = script.as_page().get(&url).await.expect(&[303]);
    assert_eq!(to.location(), format!("{}/login", server.app_url));
}

async fn logout_with_return(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let back = format!("{}/bye", server.app_url);
    let told =
        script.get(&format!("/self-service/logout/browser?return_to={back}")).await.expect(&[200]).json();
    let url = told["logout_url"].as_str().expect("an address").to_owned();
    let to = script.as_page().get(&url).await.expect(&[303]);
    assert_eq!(to.location(), back);
}

async fn logout_without_session(server: &'static Server) {
    let answer = Visitor::script(server).get("/self-service/logout/browser").await.expect(&[401]);
    assert_eq!(error_id(&answer), "session_inactive");
    let to = Visitor::page(server).get("/self-service/logout/browser").await.expect(&[303]);
    assert!(to.location().starts_with(&format!("{}/error?id=", server.app_url)), "{to:?}");
}

async fn logout_wrong_token(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let _ = script.get("/self-service/logout?token=nope").await.expect(&[403]);
    let _ = script.get("/self-service/logout").await.expect(&[400]);
    let _ = script.whoami().await.expect(&[200]);
}
