//! Passkeys, and security keys as second factor, by an authenticator in software.

use crate::visitor::{Person, Visitor, address, error_id, flow_of, messages, node, signed_in_script, value};
use kratos_tests::authenticator::SoftKey;
use kratos_tests::http::Answer;
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use serde_json::{Value, json};

pub(crate) const ALL: &[Scenario] = scenarios![
    registers: "a script registers with a passkey", [Newest];
    logs_in: "a script logs in by passkey", [Newest];
    page_logs_in: "a page logs in by passkey", [Newest];
    native: "a native program registers and logs in by passkey", [Newest];
    taken: "a passkey does not register a known address", [Newest];
    wrong_new_passkey: "a new passkey is verified", [Newest];
    not_an_answer: "a text that is not an authenticator's is a message of the form", [Newest];
    wrong_passkey: "the answer of a passkey is verified", [Newest];
    unknown_user: "a passkey of an unknown user is refused", [Newest];
    replayed: "the answer of a passkey is used once", [Newest];
    counter: "a passkey's counter may go back", [Newest];
    added: "a passkey is added and removed in the settings", [Newest, LongPrivilege];
    last_stays: "the last passkey stays", [Newest, LongPrivilege];
    unknown_removed: "a passkey that does not exist is not removed", [Newest, LongPrivilege];
    refreshed: "a session is refreshed by passkey", [Newest];
    key_added: "adding a security key gives AAL2", [Newest, LongPrivilege];
    key_steps_up: "a session is stepped up by security key", [Newest, LongPrivilege];
    wrong_key: "the answer of a security key is verified", [Newest, LongPrivilege];
    key_removed: "a security key is removed", [Newest, LongPrivilege];
];

/// The options in a field of a form.
fn options(flow: &Value, field: &str) -> Value {
    let text = value(flow, field);
    let options: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{field}: {error}: {text}"));
    if options["credentialOptions"].is_null() { options } else { options["credentialOptions"].clone() }
}

/// The form of a registration that offers passkeys.
async fn registration(visitor: &mut Visitor, email: &str) -> Value {
    let flow = visitor.begin("registration", "").await;
    if node(&flow, "passkey_create_data").is_some() {
        return flow;
    }
    let profile = json!({"method": "profile", "traits": {"email": email}});
    visitor.submit("registration", &flow, profile).await.expect(&[200, 400]).json()
}

async fn register(visitor: &mut Visitor, email: &str) -> (SoftKey, Answer) {
    let flow = registration(visitor, email).await;
    let options = options(&flow, "passkey_create_data");
    let key = SoftKey::new(&options, &visitor.server.app_url);
    let body =
        json!({"method": "passkey", "passkey_register": key.create(&options), "traits": {"email": email}});
    let done = visitor.submit("registration", &flow, body).await;
    (key, done)
}

/// A new user with a passkey, signed in.
async fn with_passkey(server: &'static Server) -> (String, SoftKey, Visitor) {
    let (email, mut script) = (address(), Visitor::script(server));
    let (key, done) = register(&mut script, &email).await;
    let _ = done.expect(&[200]);
    (email, key, script)
}

async fn log_in(visitor: &mut Visitor, key: &mut SoftKey) -> Answer {
    let flow = visitor.begin("login", "").await;
    let answer = key.get(&options(&flow, "passkey_challenge"));
    visitor.submit("login", &flow, json!({"method": "passkey", "passkey_login": answer})).await
}

fn used(session: &Value) -> Vec<&str> {
    let methods = session["authentication_methods"].as_array().expect("methods");
    methods.iter().filter_map(|method| method["method"].as_str()).collect()
}

async fn registers(server: &'static Server) {
    let (email, _, mut script) = with_passkey(server).await;
    let session = script.whoami().await.expect(&[200]).json();
    assert_eq!(session["identity"]["traits"]["email"], email.as_str());
    assert_eq!(used(&session), ["passkey"]);
    assert_eq!(session["authenticator_assurance_level"], "aal1");
}

async fn logs_in(server: &'static Server) {
    let (email, mut key, _) = with_passkey(server).await;
    let mut script = Visitor::script(server);
    let done = log_in(&mut script, &mut key).await.expect(&[200]).json();
    assert_eq!(done["session"]["identity"]["traits"]["email"], email.as_str());
    assert_eq!(used(&done["session"]), ["passkey"]);
}

async fn page_logs_in(server: &'static Server) {
    let (_, mut key, _) = with_passkey(server).await;
    let mut page = Visitor::page(server);
    let done = log_in(&mut page, &mut key).await.expect(&[303]);
    assert_eq!(done.location(), format!("{}/", server.app_url));
    let _ = page.as_script().whoami().await.expect(&[200]);
}

async fn native(server: &'static Server) {
    let (email, mut native) = (address(), Visitor::native(server));
    let (mut key, done) = register(&mut native, &email).await;
    assert!(done.expect(&[200]).json()["session_token"].is_string());
    let done = log_in(&mut Visitor::native(server), &mut key).await.expect(&[200]).json();
    assert!(done["session_token"].is_string());
}

async fn taken(server: &'static Server) {
    let (email, ..) = with_passkey(server).await;
    let (_, done) = register(&mut Visitor::script(server), &email).await;
    assert_eq!(messages(&done.expect(&[400]).json()), [4_000_007]);
}

async fn wrong_new_passkey(server: &'static Server) {
    for wrong in ["origin", "challenge", "party", "presence"] {
        let (email, mut script) = (address(), Visitor::script(server));
        let flow = registration(&mut script, &email).await;
        let mut options = options(&flow, "passkey_create_data");
        let mut key = SoftKey::new(&options, &server.app_url);
        break_one(wrong, &mut key, &mut options);
        let answer = key.create(&options);
        let body = json!({"method": "passkey", "passkey_register": answer, "traits": {"email": email}});
        let refused = script.submit("registration", &flow, body).await;
        assert_eq!(refused.status, 500, "{wrong}: {refused:?}");
        let _ = script.whoami().await.expect(&[401]);
    }
}

/// Makes one part of an answer wrong.
fn break_one(wrong: &str, key: &mut SoftKey, options: &mut Value) {
    match wrong {
        "origin" => key.origin = "https://evil.example".to_owned(),
        "challenge" => {
            options["publicKey"]["challenge"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into();
        }
        "party" => key.party = "evil.example".to_owned(),
        "presence" => key.flags = 0,
        "secret" => key.lose_secret(),
        "id" => key.id = vec![7; 16],
        other => panic!("{other} cannot be wrong"),
    }
}

async fn not_an_answer(server: &'static Server) {
    let (email, mut script) = (address(), Visitor::script(server));
    let flow = registration(&mut script, &email).await;
    let body = json!({"method": "passkey", "passkey_register": "{}", "traits": {"email": email}});
    let flow = script.submit("registration", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_001]);
    let flow = script.begin("login", "").await;
    let body = json!({"method": "passkey", "passkey_login": "{}"});
    let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_001]);
}

/// The message for an answer that no key signed: one of its own after 26.2.
fn wrong_answer(server: &Server) -> u64 {
    if server.is_since(26, 3) { 4_000_043 } else { 4_000_008 }
}

async fn wrong_passkey(server: &'static Server) {
    let (_, key, _) = with_passkey(server).await;
    for wrong in ["origin", "challenge", "party", "presence", "secret", "id"] {
        let (mut key, mut script) = (key.clone(), Visitor::script(server));
        let flow = script.begin("login", "").await;
        let mut options = options(&flow, "passkey_challenge");
        break_one(wrong, &mut key, &mut options);
        let body = json!({"method": "passkey", "passkey_login": key.get(&options)});
        let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
        assert_eq!(messages(&flow), [wrong_answer(server)], "{wrong}");
        let _ = script.whoami().await.expect(&[401]);
    }
}

async fn unknown_user(server: &'static Server) {
    let (_, mut key, _) = with_passkey(server).await;
    key.user = b"unknown".to_vec();
    let refused = log_in(&mut Visitor::script(server), &mut key).await.expect(&[400]).json();
    assert_eq!(messages(&refused), [4_000_015]);
}

async fn replayed(server: &'static Server) {
    let (_, mut key, _) = with_passkey(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let body = json!({"method": "passkey", "passkey_login": key.get(&options(&flow, "passkey_challenge"))});
    let _ = script.submit("login", &flow, body.clone()).await.expect(&[200]);
    let mut other = Visitor::script(server);
    let flow = other.begin("login", "").await;
    let refused = other.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&refused), [wrong_answer(server)]);
}

async fn counter(server: &'static Server) {
    let (_, mut key, _) = with_passkey(server).await;
    key.counter = 7;
    let _ = log_in(&mut Visitor::script(server), &mut key).await.expect(&[200]);
    // 26.2.0 notes a clone, and lets it in
    key.counter = 0;
    let _ = log_in(&mut Visitor::script(server), &mut key).await.expect(&[200]);
}

async fn add_passkey(script: &mut Visitor) -> (SoftKey, Value) {
    let flow = script.begin("settings", "").await;
    let options = options(&flow, "passkey_create_data");
    let key = SoftKey::new(&options, &script.server.app_url);
    let body = json!({"method": "passkey", "passkey_settings_register": key.create(&options)});
    let flow = script.submit("settings", &flow, body).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [1_050_001]);
    (key, flow)
}

async fn added(server: &'static Server) {
    let (person, mut script) = signed_in_script(server).await;
    let (mut key, flow) = add_passkey(&mut script).await;
    let session = script.whoami().await.expect(&[200]).json();
    assert_eq!(used(&session), ["password", "passkey"]);
    let done = log_in(&mut Visitor::script(server), &mut key).await.expect(&[200]).json();
    assert_eq!(done["session"]["identity"]["id"], person.id.as_str());

    let remove = value(&flow, "passkey_remove");
    let body = json!({"method": "passkey", "passkey_remove": remove});
    let flow = script.submit("settings", &flow, body).await.expect(&[200]).json();
    assert!(node(&flow, "passkey_remove").is_none());
    let refused = log_in(&mut Visitor::script(server), &mut key).await.expect(&[400]).json();
    assert_eq!(messages(&refused), [4_000_015]);
}

async fn last_stays(server: &'static Server) {
    let (_, _, mut script) = with_passkey(server).await;
    let flow = script.begin("settings", "").await;
    assert_eq!(node(&flow, "passkey_remove").expect("a button")["attributes"]["disabled"], true);
    let body = json!({"method": "passkey", "passkey_remove": value(&flow, "passkey_remove")});
    let refused = script.submit("settings", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&refused), [4_000_001]);
}

async fn unknown_removed(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let (_, flow) = add_passkey(&mut script).await;
    let body = json!({"method": "passkey", "passkey_remove": "00"});
    let refused = script.submit("settings", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&refused), [4_000_001]);
}

async fn refreshed(server: &'static Server) {
    let (_, mut key, mut script) = with_passkey(server).await;
    let before = script.whoami().await.expect(&[200]).json();
    let flow = script.begin("login", "?refresh=true").await;
    let answer = key.get(&options(&flow, "passkey_challenge"));
    let body = json!({"method": "passkey", "passkey_login": answer});
    let done = script.submit("login", &flow, body).await.expect(&[200]).json();
    assert_eq!(done["session"]["id"], before["id"]);
}

/// A new user with a security key, whose browser has AAL2.
async fn with_key(server: &'static Server) -> (Person, SoftKey, Visitor, Value) {
    let (person, mut script) = signed_in_script(server).await;
    let flow = script.begin("settings", "").await;
    let options = options(&flow, "webauthn_register_trigger");
    let key = SoftKey::new(&options, &server.app_url);
    let body = json!({
        "method": "webauthn", "webauthn_register": key.create(&options), "webauthn_register_displayname": "blue",
    });
    let flow = script.submit("settings", &flow, body).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [1_050_001]);
    (person, key, script, flow)
}

async fn key_added(server: &'static Server) {
    let (_, _, mut script, flow) = with_key(server).await;
    let label = &node(&flow, "webauthn_remove").expect("a button")["meta"]["label"];
    assert_eq!((&label["id"], &label["context"]["display_name"]), (&json!(1_050_018), &json!("blue")));
    let session = script.whoami().await.expect(&[200]).json();
    assert_eq!(session["authenticator_assurance_level"], "aal2");
    assert_eq!(used(&session), ["password", "webauthn"]);
}

/// Signs in with the password, and returns the form of the second factor.
async fn second_step(server: &'static Server, person: &Person) -> (Visitor, Value) {
    let mut script = Visitor::script(server);
    let more = script.sign_in(person).await.expect(&[422]);
    assert_eq!(error_id(&more), "browser_location_change_required");
    let flow = script.begin("login", "?aal=aal2").await;
    (script, flow)
}

async fn key_steps_up(server: &'static Server) {
    let (person, mut key, ..) = with_key(server).await;
    let (mut script, flow) = second_step(server, &person).await;
    assert_eq!(value(&flow, "identifier"), person.email);
    let answer = key.get(&options(&flow, "webauthn_login_trigger"));
    let body = json!({"method": "webauthn", "webauthn_login": answer, "identifier": person.email});
    let done = script.submit("login", &flow, body).await.expect(&[200]).json();
    assert_eq!(done["session"]["authenticator_assurance_level"], "aal2");
    assert_eq!(used(&done["session"]), ["password", "webauthn"]);
}

async fn wrong_key(server: &'static Server) {
    let (person, key, ..) = with_key(server).await;
    let (mut script, mut flow) = second_step(server, &person).await;
    for wrong in ["origin", "challenge", "party", "secret", "id"] {
        let mut key = key.clone();
        let mut options = options(&flow, "webauthn_login_trigger");
        break_one(wrong, &mut key, &mut options);
        let body =
            json!({"method": "webauthn", "webauthn_login": key.get(&options), "identifier": person.email});
        flow = script.submit("login", &flow, body).await.expect(&[400]).json();
        assert_eq!(messages(&flow), [wrong_answer(server)], "{wrong}");
    }
    let _ = script.whoami().await.expect(&[403]);
}

async fn key_removed(server: &'static Server) {
    let (person, _, script, flow) = with_key(server).await;
    let mut page = script.as_page();
    let body = json!({"webauthn_remove": value(&flow, "webauthn_remove")});
    let done = page.submit("settings", &flow, body).await.expect(&[303]);
    let flow = page.read("settings", &flow_of(done.location())).await.expect(&[200]).json();
    assert!(node(&flow, "webauthn_remove").is_none());
    let _ = Visitor::script(server).sign_in(&person).await.expect(&[200]);
}
