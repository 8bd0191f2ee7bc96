//! Settings flows.

use crate::visitor::{
    Visitor, address, error_id, flow_of, mail, messages, node, password, person, signed_in, signed_in_script,
    told, value, weak_message,
};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use serde_json::json;
use std::time::Duration;

pub(crate) const ALL: &[Scenario] = scenarios![
    form: "the form shows the account", [Modern];
    anonymous: "settings need a session", [Modern];
    anonymous_page: "a page without session is redirected to login", [Modern];
    traits_native: "traits change natively", [Modern];
    traits_page: "traits change by a form", [Modern];
    traits_script_goes_on: "traits change by a script, which gets the URL to continue at", [Newest];
    wrong_traits: "wrong traits are named", [Modern];
    new_password: "the password changes", [Modern, LongPrivilege];
    weak_password: "a weak new password is refused", [Modern, LongPrivilege];
    no_method: "settings with an unknown method", [Modern];
    new_address: "a new address is mailed and signs in", [Modern, LongPrivilege];
    taken_address: "an address that is taken cannot be chosen", [Modern, LongPrivilege];
    another_persons_flow: "another user's settings flow is refused", [Modern];
    read_without_session: "only its own user can read a settings flow", [Modern];
    unprivileged_script: "an old session must be refreshed, and the change is kept", [ShortPrivilege];
    unprivileged_native: "an old native session must be refreshed", [ShortPrivilege];
    unprivileged_but_harmless: "an old session may change harmless traits", [ShortPrivilege];
    continuity: "a pending change is applied after the login", [ShortPrivilege];
];

async fn form(server: &'static Server) {
    let (person, mut script) = signed_in_script(server).await;
    let flow = script.begin("settings", "").await;
    assert_eq!(flow["state"], "show_form");
    assert_eq!(flow["identity"]["id"], person.id.as_str());
    assert_eq!(value(&flow, "traits.email"), person.email);
    for name in ["password", "totp_qr", "totp_secret_key", "totp_code", "lookup_secret_regenerate"] {
        assert!(node(&flow, name).is_some(), "{name}");
    }
}

async fn anonymous(server: &'static Server) {
    let answer = Visitor::native(server).get("/self-service/settings/api").await.expect(&[401]);
    assert_eq!(error_id(&answer), "session_inactive");
    let answer = Visitor::script(server).get("/self-service/settings/browser").await.expect(&[401]);
    assert_eq!(error_id(&answer), "session_inactive");
}

async fn anonymous_page(server: &'static Server) {
    let to = Visitor::page(server).get("/self-service/settings/browser").await.expect(&[303]);
    assert!(to.location().contains("/self-service/login/browser"), "{to:?}");
}

async fn traits_native(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let body = json!({"method": "profile", "traits": {"email": person.email, "name": {"first": "Ada"}}});
    let flow = native.submit("settings", &flow, body).await.expect(&[200]).json();
    assert_eq!((flow["state"].as_str(), messages(&flow)), (Some("success"), vec![1_050_001]));
    assert_eq!(flow["identity"]["traits"]["name"]["first"], "Ada");
    assert_eq!(native.whoami().await.json()["identity"]["traits"]["name"]["first"], "Ada");
}

async fn traits_page(server: &'static Server) {
    let (person, script) = signed_in_script(server).await;
    let mut page = script.as_page();
    let flow = page.begin("settings", "").await;
    let body = json!({"method": "profile", "traits": {"email": person.email, "age": "7"}});
    let to = page.submit("settings", &flow, body).await.expect(&[302, 303]);
    assert_eq!(flow_of(to.location()), flow["id"].as_str().expect("an id"));
    let flow = page.read("settings", flow["id"].as_str().expect("an id")).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [1_050_001]);
    assert_eq!(flow["identity"]["traits"]["age"], 7);
}

async fn traits_script_goes_on(server: &'static Server) {
    let (person, mut script) = signed_in_script(server).await;
    let back = format!("{}/me", server.app_url);
    let flow = script.begin("settings", &format!("?return_to={back}")).await;
    let body = json!({"method": "profile", "traits": {"email": person.email, "age": 7}});
    let done = script.submit("settings", &flow, body).await.expect(&[200]);
    assert!(done.header("set-cookie").is_some_and(|line| line.starts_with("ory_kratos_session=")));
    assert_eq!(done.json()["continue_with"][0]["redirect_browser_to"], back);
}

async fn wrong_traits(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let body = json!({"method": "profile", "traits": {"email": "nope"}});
    let flow = native.submit("settings", &flow, body).await.expect(&[400]).json();
    assert!(!told(&flow, "traits.email").is_empty());
    assert_eq!(value(&flow, "traits.email"), "nope");
}

async fn new_password(server: &'static Server) {
    let (mut person, mut native) = signed_in(server).await;
    let old = person.clone();
    person.password = password();
    let flow = native.begin("settings", "").await;
    let body = json!({"method": "password", "password": person.password});
    let _ = native.submit("settings", &flow, body).await.expect(&[200]);
    let _ = Visitor::native(server).sign_in(&person).await.expect(&[200]);
    let _ = Visitor::native(server).sign_in(&old).await.expect(&[400]);
}

async fn weak_password(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let flow = native.submit("settings", &flow, json!({"method": "password", "password": "short"})).await;
    assert_eq!(told(&flow.expect(&[400]).json(), "password"), [weak_message(server, 4_000_032)]);
}

async fn no_method(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let flow = native.submit("settings", &flow, json!({"method": "nope"})).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_010_004]);
}

async fn new_address(server: &'static Server) {
    let (mut person, mut native) = signed_in(server).await;
    person.email = address();
    let flow = native.begin("settings", "").await;
    let body = json!({"method": "profile", "traits": {"email": person.email}});
    let _ = native.submit("settings", &flow, body).await.expect(&[200]);
    let _ = mail(server, &person.email, "verification_code_valid", 0).await;
    let _ = Visitor::native(server).sign_in(&person).await.expect(&[200]);
}

async fn taken_address(server: &'static Server) {
    let other = person(server).await;
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let body = json!({"method": "profile", "traits": {"email": other.email}});
    let answer = native.submit("settings", &flow, body).await.expect(&[400]);
    assert!(!messages(&answer.json()).is_empty());
}

async fn another_persons_flow(server: &'static Server) {
    let (_, mut owner) = signed_in(server).await;
    let flow = owner.begin("settings", "").await;
    let (_, mut stranger) = signed_in(server).await;
    let id = flow["id"].as_str().expect("an id");
    let answer = stranger.read("settings", id).await.expect(&[403]);
    assert_eq!(error_id(&answer), "security_identity_mismatch");
    let body = json!({"method": "profile", "traits": {"email": address()}});
    let _ = stranger.submit("settings", &flow, body).await.expect(&[400, 403]);
}

async fn read_without_session(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let id = flow["id"].as_str().expect("an id");
    let _ = Visitor::native(server).read("settings", id).await.expect(&[401, 403]);
    let _ = native.read("settings", id).await.expect(&[200]);
    let _ = native.read("settings", "00000000-0000-0000-0000-000000000000").await.expect(&[404]);
}

async fn unprivileged_script(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let flow = script.begin("settings", "").await;
    tokio::time::sleep(Duration::from_millis(2300)).await;
    let answer =
        script.submit("settings", &flow, json!({"method": "password", "password": password()})).await;
    let answer = answer.expect(&[403]);
    assert_eq!(error_id(&answer), "session_refresh_required");
    let to = answer.json()["redirect_browser_to"].as_str().expect("an address").to_owned();
    assert!(to.contains("/self-service/login/browser?refresh=true&return_to="), "{to}");
    assert!(script.jar.get("ory_kratos_continuity").is_some());
}

async fn unprivileged_native(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    tokio::time::sleep(Duration::from_millis(2300)).await;
    let answer =
        native.submit("settings", &flow, json!({"method": "password", "password": password()})).await;
    assert_eq!(error_id(&answer.expect(&[403])), "session_refresh_required");
}

async fn unprivileged_but_harmless(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    tokio::time::sleep(Duration::from_millis(2300)).await;
    let body = json!({"method": "profile", "traits": {"email": person.email, "age": 9}});
    let _ = native.submit("settings", &flow, body).await.expect(&[200]);
}

async fn continuity(server: &'static Server) {
    let (mut person, script) = signed_in_script(server).await;
    let mut page = script.as_page();
    let flow = page.begin("settings", "").await;
    tokio::time::sleep(Duration::from_millis(2300)).await;
    let new = password();
    let to =
        page.submit("settings", &flow, json!({"method": "password", "password": new})).await.expect(&[303]);
    let login = page.get(to.location()).await.expect(&[303]);
    let login = page.read("login", &flow_of(login.location())).await.expect(&[200]).json();
    let back = page.submit("login", &login, person.password_body()).await.expect(&[303]);
    // the return applies the change; no form is sent again
    let done = page.get(back.location()).await.expect(&[303]);
    assert!(done.location().contains("/settings?flow="), "{done:?}");
    person.password = new;
    let _ = Visitor::native(server).sign_in(&person).await.expect(&[200]);
}
