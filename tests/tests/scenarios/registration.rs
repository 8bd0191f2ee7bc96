//! Registration flows.

use crate::visitor::{
    Visitor, address, error_id, flow_of, mail, messages, methods, node, password, person, signed_in_script,
    told, value, weak_message,
};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use serde_json::{Value, json};

pub(crate) const ALL: &[Scenario] = scenarios![
    form: "the form has the schema's fields in order", [Modern];
    two_steps_form: "two steps begin with the traits", [TwoSteps];
    one_step_form: "one step has everything", [Since1_3, OneStep];
    native: "a native program signs up", [];
    native_goes_on: "a native program gets its session token", [Newest];
    script: "a script signs up", [Modern];
    page: "a page signs up", [Modern];
    page_mistake: "a page is redirected back with its error", [Modern];
    mails_a_code: "signing up mails a verification code", [Modern];
    taken: "an address that is taken is refused", [Modern];
    bad_address: "an invalid address is refused", [Modern];
    missing_trait: "a missing trait is refused", [Modern];
    wrong_type: "a trait of the wrong type is refused", [Modern];
    short_password: "a short password is refused", [Modern];
    password_like_identifier: "a password like the identifier is refused", [Modern];
    no_password: "a missing password is refused", [Modern];
    already: "a signed-in user cannot sign up", [Modern];
    two_steps: "two steps: traits, then a credential", [Since1_3, TwoSteps];
    two_steps_mistake: "two steps: an error in the first", [TwoSteps];
    back_to_first: "two steps: back to the first", [TwoSteps, Newest];
    two_steps_page: "two steps of a page", [TwoSteps];
    by_code: "signing up by code", [PasswordlessCode];
    by_wrong_code: "a wrong sign-up code is refused", [PasswordlessCode];
    code_again: "another sign-up code can be requested", [PasswordlessCode];
];

fn body(email: &str) -> Value {
    json!({"method": "password", "password": password(), "traits": {"email": email}})
}

async fn form(server: &'static Server) {
    let flow = Visitor::script(server).begin("registration", "").await;
    let field = node(&flow, "traits.email").expect("a field");
    assert_eq!(field["attributes"]["type"], "email");
    assert_eq!(field["attributes"]["required"], true);
    let names: Vec<_> = flow["ui"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["attributes"]["name"].as_str())
        .filter(|name| name.starts_with("traits."))
        .collect();
    assert_eq!(
        names,
        ["traits.email", "traits.name.first", "traits.name.last", "traits.newsletter", "traits.age"]
    );
    assert_eq!(node(&flow, "traits.newsletter").expect("a field")["attributes"]["type"], "checkbox");
    assert_eq!(node(&flow, "traits.age").expect("a field")["attributes"]["type"], "number");
}

async fn two_steps_form(server: &'static Server) {
    let flow = Visitor::script(server).begin("registration", "").await;
    assert_eq!(methods(&flow), ["profile"]);
    assert!(node(&flow, "password").is_none());
}

async fn one_step_form(server: &'static Server) {
    let flow = Visitor::script(server).begin("registration", "").await;
    assert_eq!(methods(&flow), ["code", "password"]);
    assert!(node(&flow, "password").is_some());
}

async fn native(server: &'static Server) {
    let email = address();
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let done = native.submit("registration", &flow, body(&email)).await.expect(&[200]).json();
    assert_eq!(done["identity"]["traits"]["email"], email);
    let token = done["session_token"].as_str().expect("a token");
    let _ = Visitor::native(server).with_token(token).whoami().await.expect(&[200]);
}

async fn native_goes_on(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let done = native.submit("registration", &flow, body(&address())).await.expect(&[200]).json();
    let next = done["continue_with"].as_array().expect("a list");
    assert!(next.iter().any(|next| next["action"] == "set_ory_session_token"), "{next:?}");
}

async fn script(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let done = script.submit("registration", &flow, body(&address())).await.expect(&[200]).json();
    assert!(done.get("session_token").is_none());
    let _ = script.whoami().await.expect(&[200]);
}

async fn page(server: &'static Server) {
    let mut page = Visitor::page(server);
    let flow = page.begin("registration", "").await;
    let mut fields = body(&address());
    fields["traits"]["age"] = json!("12");
    fields["traits"]["newsletter"] = json!("true");
    let to = page.submit("registration", &flow, fields).await.expect(&[302, 303]);
    assert_eq!(to.location(), format!("{}/", server.app_url));
    let session = page.as_script().whoami().await.expect(&[200]).json();
    assert_eq!(session["identity"]["traits"]["age"], 12);
    assert_eq!(session["identity"]["traits"]["newsletter"], true);
}

async fn page_mistake(server: &'static Server) {
    let mut page = Visitor::page(server);
    let flow = page.begin("registration", "").await;
    let to = page.submit("registration", &flow, body("nope")).await.expect(&[302, 303]);
    assert_eq!(flow_of(to.location()), flow["id"].as_str().expect("an id"));
    let flow = page.read("registration", flow["id"].as_str().expect("an id")).await.expect(&[200]).json();
    assert!(!told(&flow, "traits.email").is_empty());
}

async fn mails_a_code(server: &'static Server) {
    let email = address();
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let _ = native.submit("registration", &flow, body(&email)).await.expect(&[200]);
    let mail = mail(server, &email, "verification_code_valid", 0).await;
    assert_eq!(mail.code("verification_code").len(), 6);
}

async fn taken(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let flow = native.submit("registration", &flow, body(&person.email)).await.expect(&[400]).json();
    assert!(messages(&flow).iter().any(|id| [4_000_007, 4_000_028].contains(id)), "{flow}");
}

async fn bad_address(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let flow = script.submit("registration", &flow, body("nope")).await.expect(&[400]).json();
    assert!(!told(&flow, "traits.email").is_empty());
    assert_eq!(value(&flow, "traits.email"), "nope");
}

async fn missing_trait(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let body = json!({"method": "password", "password": password(), "traits": {}});
    let flow = native.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(told(&flow, "traits.email"), [4_000_002]);
}

async fn wrong_type(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let mut body = body(&address());
    body["traits"]["age"] = json!("old");
    let flow = native.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(told(&flow, "traits.age"), [4_000_026]);
}

async fn short_password(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let mut body = body(&address());
    body["password"] = json!("short");
    let flow = native.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(told(&flow, "password"), [weak_message(server, 4_000_032)]);
}

async fn password_like_identifier(server: &'static Server) {
    let email = address();
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let mut body = body(&email);
    body["password"] = json!(email);
    let flow = native.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(told(&flow, "password"), [weak_message(server, 4_000_031)]);
}

async fn no_password(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("registration", "").await;
    let body = json!({"method": "password", "traits": {"email": address()}});
    let flow = native.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(told(&flow, "password"), [4_000_002]);
}

async fn already(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let answer = script.get("/self-service/registration/browser").await.expect(&[400]);
    assert_eq!(error_id(&answer), "session_already_available");
    let to = script.as_page().get("/self-service/registration/browser").await.expect(&[303]);
    assert_eq!(to.location(), format!("{}/", server.app_url));
}

async fn two_steps(server: &'static Server) {
    let email = address();
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let traits = json!({"email": email, "name": {"first": "Ada"}});
    let first = json!({"method": "profile", "traits": traits});
    let flow = script.submit("registration", &flow, first).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [1_040_009]);
    assert_eq!(node(&flow, "traits.email").expect("a field")["attributes"]["type"], "hidden");
    assert_eq!(node(&flow, "screen").expect("a button")["attributes"]["value"], "previous");
    let second = json!({"method": "password", "password": password(), "traits": traits});
    let done = script.submit("registration", &flow, second).await.expect(&[200]).json();
    assert_eq!(done["identity"]["traits"]["name"]["first"], "Ada");
}

async fn two_steps_mistake(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let first = json!({"method": "profile", "traits": {"email": "nope"}});
    let flow = script.submit("registration", &flow, first).await.expect(&[400]).json();
    assert!(!told(&flow, "traits.email").is_empty());
    assert_eq!(methods(&flow), ["profile"]);
}

async fn back_to_first(server: &'static Server) {
    let email = address();
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let first = json!({"method": "profile", "traits": {"email": email}});
    let flow = script.submit("registration", &flow, first).await.expect(&[400]).json();
    let back = json!({"method": "profile", "screen": "previous", "traits": {"email": email}});
    let flow = script.submit("registration", &flow, back).await.expect(&[400]).json();
    assert_eq!(methods(&flow), ["profile"]);
    assert_eq!(value(&flow, "traits.email"), email);
}

async fn two_steps_page(server: &'static Server) {
    let mut page = Visitor::page(server);
    let flow = page.begin("registration", "").await;
    let email = address();
    let first = json!({"method": "profile", "traits": {"email": email}});
    let to = page.submit("registration", &flow, first).await.expect(&[302, 303]);
    let flow = page.read("registration", &flow_of(to.location())).await.expect(&[200]).json();
    let to = page.submit("registration", &flow, body(&email)).await.expect(&[302, 303]);
    assert_eq!(to.location(), format!("{}/", server.app_url));
}

async fn by_code(server: &'static Server) {
    let email = address();
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let first = json!({"method": "code", "traits": {"email": email}});
    let flow = script.submit("registration", &flow, first.clone()).await.expect(&[400]).json();
    assert_eq!((messages(&flow), flow["state"].as_str()), (vec![1_040_005], Some("sent_email")));
    let mail = mail(server, &email, "registration_code_valid", 0).await;
    let mut second = first;
    second["code"] = mail.data["registration_code"].clone();
    let done = script.submit("registration", &flow, second).await.expect(&[200]).json();
    assert_eq!(done["identity"]["verifiable_addresses"][0]["verified"], true);
    let session = script.whoami().await.expect(&[200]).json();
    assert_eq!(session["authentication_methods"][0]["method"], "code");
}

async fn by_wrong_code(server: &'static Server) {
    let email = address();
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let mut body = json!({"method": "code", "traits": {"email": email}});
    let flow = script.submit("registration", &flow, body.clone()).await.expect(&[400]).json();
    body["code"] = json!("000000");
    let flow = script.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_040_003]);
}

async fn code_again(server: &'static Server) {
    let email = address();
    let mut script = Visitor::script(server);
    let flow = script.begin("registration", "").await;
    let mut body = json!({"method": "code", "traits": {"email": email}});
    let flow = script.submit("registration", &flow, body.clone()).await.expect(&[400]).json();
    let first = mail(server, &email, "registration_code_valid", 0).await;
    body["resend"] = json!("code");
    let flow = script.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [1_040_005]);
    let second = mail(server, &email, "registration_code_valid", 1).await;
    let used = |code: &Value| json!({"method": "code", "traits": {"email": email}, "code": code});
    let done = script.submit("registration", &flow, used(&second.data["registration_code"])).await;
    let _ = done.expect(&[200]);
    assert_ne!(first.data["registration_code"], Value::Null);
}
