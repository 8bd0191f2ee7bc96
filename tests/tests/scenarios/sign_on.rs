//! Single sign-on with a provider that accepts any address.

use crate::visitor::{
    Person, Visitor, address, error_id, flow_of, messages, node, person, signed_in_script, value,
};
use kratos_tests::http::Answer;
use kratos_tests::lab::Server;
use kratos_tests::provider;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) const ALL: &[Scenario] = scenarios![
    page_registers: "a page registers by single sign-on", [Modern];
    page_logs_in: "a page logs in by single sign-on", [Modern];
    script_is_sent: "a script is sent to the provider", [Modern];
    link_starts: "a link starts a sign-on", [Since1_3, Unified];
    login_registers: "a login by single sign-on registers a new user", [Modern];
    registration_logs_in: "a registration by single sign-on logs a known user in", [Modern];
    asks_for_more: "traits that the provider does not give are asked for", [Since1_3];
    links_known_address: "a known address is linked after its login", [Newest];
    links_to_owner_only: "a sign-on is not linked to another account", [Since1_3, Unified];
    settings_link: "a provider is linked and unlinked in the settings", [Newest, LongPrivilege];
    last_stays: "the last way to sign in is not unlinked", [Since1_3, LongPrivilege];
    linking_is_privileged: "linking needs a privileged session", [Since1_3, ShortPrivilege];
    refresh_by_provider: "a refresh by single sign-on starts a new session", [Since1_3];
    cancelled: "a cancelled sign-on is a message of the form", [Since1_3];
    without_code: "a callback without a code is a message of the form", [Since1_3];
    foreign_state: "a callback needs a state of the server", [Since1_3];
    other_browser: "a callback needs the browser that began", [Since1_3];
    wrong_provider: "a callback names the provider that it began with", [Since1_3];
    unknown_provider: "an unknown provider is not found", [Since1_3];
    posted: "a posted callback becomes a get", [Newest];
    code_is_used_once: "a code of the provider is used once", [Since1_3];
    native_exchanges: "a native program exchanges its codes for a session token", [Since1_3];
    native_registers: "a native program registers by single sign-on", [Since1_3];
    exchange_needs_codes: "the exchange of a session token needs both codes", [Since1_3];
    no_id_token: "an id_token is refused by this kind of provider", [Since1_3];
];

async fn ready(server: &Server) {
    provider::start_for(server).await;
}

/// Begins at a form, and returns the provider's page.
async fn to_provider(visitor: &mut Visitor, kind: &str, flow: &Value) -> String {
    let sent = visitor.submit(kind, flow, json!({"provider": "lab"})).await;
    let to = match sent.status.as_u16() {
        422 => sent.json()["redirect_browser_to"].as_str().expect("the provider").to_owned(),
        _ => sent.expect(&[303]).location().to_owned(),
    };
    assert!(to.starts_with(provider::issuer_for(visitor.server)), "{to}");
    to
}

/// The user enters the address at the provider, and the browser comes back.
async fn come_back(visitor: &mut Visitor, page: &str, email: &str) -> Answer {
    let back = provider::submit(page, Some(email)).await;
    visitor.as_page_get(back.as_str()).await
}

async fn sign_on(visitor: &mut Visitor, kind: &str, email: &str) -> Answer {
    ready(visitor.server).await;
    let flow = visitor.begin(kind, "").await;
    let page = to_provider(visitor, kind, &flow).await;
    come_back(visitor, &page, email).await
}

/// A new user of the provider with an account, and its browser.
async fn known(server: &'static Server) -> (String, Visitor) {
    let (email, mut page) = (address(), Visitor::page(server));
    let done = sign_on(&mut page, "registration", &email).await;
    assert!(!done.location().contains("flow="), "{done:?}");
    (email, page)
}

async fn session(visitor: &Visitor) -> Value {
    visitor.as_script().whoami().await.expect(&[200]).json()
}

fn used(session: &Value) -> Vec<(String, String)> {
    let methods = session["authentication_methods"].as_array().expect("methods");
    let text = |method: &Value, name: &str| method[name].as_str().unwrap_or_default().to_owned();
    methods.iter().map(|method| (text(method, "method"), text(method, "provider"))).collect()
}

fn by(method: &str) -> (String, String) {
    (method.to_owned(), if method == "oidc" { "lab".to_owned() } else { String::new() })
}

async fn page_registers(server: &'static Server) {
    let (email, page) = known(server).await;
    let session = session(&page).await;
    assert_eq!(session["identity"]["traits"]["email"], email.as_str());
    assert_eq!(used(&session), [by("oidc")]);
}

async fn page_logs_in(server: &'static Server) {
    let (email, first) = known(server).await;
    let mut page = Visitor::page(server);
    let done = sign_on(&mut page, "login", &email).await.expect(&[303]);
    assert_eq!(done.location(), format!("{}/", server.app_url));
    assert_eq!(session(&page).await["identity"]["id"], session(&first).await["identity"]["id"]);
}

async fn script_is_sent(server: &'static Server) {
    ready(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    assert_eq!(node(&flow, "provider").expect("a button")["meta"]["label"]["id"], 1_010_002);
    let sent = script.submit("login", &flow, json!({"method": "oidc", "provider": "lab"})).await;
    assert_eq!(error_id(&sent.expect(&[422])), "browser_location_change_required");
}

async fn link_starts(server: &'static Server) {
    ready(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    let path = format!("/self-service/login?flow={}&provider=lab", flow["id"].as_str().expect("an id"));
    let to = page.get(&path).await.expect(&[303]);
    let done = come_back(&mut page, to.location(), &address()).await;
    assert!(!done.location().contains("flow="), "{done:?}");
}

async fn login_registers(server: &'static Server) {
    let (email, mut page) = (address(), Visitor::page(server));
    let done = sign_on(&mut page, "login", &email).await.expect(&[303]);
    assert!(!done.location().contains("flow="), "{done:?}");
    assert_eq!(session(&page).await["identity"]["traits"]["email"], email.as_str());
}

async fn registration_logs_in(server: &'static Server) {
    let (email, first) = known(server).await;
    let mut page = Visitor::page(server);
    let _ = sign_on(&mut page, "registration", &email).await.expect(&[303]);
    assert_eq!(session(&page).await["identity"]["id"], session(&first).await["identity"]["id"]);
}

async fn asks_for_more(server: &'static Server) {
    // The provider's address is not one by the schema.
    let (user, email) = (address().replace('@', "."), address());
    let mut page = Visitor::page(server);
    let again = sign_on(&mut page, "registration", &user).await.expect(&[302]);
    let flow = page.read("registration", &flow_of(again.location())).await.expect(&[200]).json();
    assert_eq!(value(&flow, "traits.email"), user);
    assert_eq!(node(&flow, "provider").expect("a button")["meta"]["label"]["id"], 1_040_003);
    let body = json!({"provider": "lab", "traits": {"email": email}});
    let to = page.submit("registration", &flow, body).await.expect(&[303]).location().to_owned();
    let done = come_back(&mut page, &to, &user).await.expect(&[303]);
    assert!(!done.location().contains("flow="), "{done:?}");
    assert_eq!(session(&page).await["identity"]["traits"]["email"], email.as_str());
}

/// A sign-on with the address of an account, which offers to link both.
async fn offered(server: &'static Server, person: &Person) -> (Visitor, Value) {
    let mut page = Visitor::page(server);
    let to = sign_on(&mut page, "login", &person.email).await.expect(&[303]);
    let flow = page.read("login", &flow_of(to.location())).await.expect(&[200]).json();
    (page, flow)
}

/// Kratos 1.3.1 does not name the provider of a link in the session.
async fn links_known_address(server: &'static Server) {
    let person = person(server).await;
    let (mut page, flow) = offered(server, &person).await;
    assert_eq!(messages(&flow), [1_010_016]);
    assert_eq!(value(&flow, "identifier"), person.email);
    let done = page.submit("login", &flow, person.password_body()).await.expect(&[303]);
    assert!(!done.location().contains("flow="), "{done:?}");
    let first = session(&page).await;
    assert_eq!(first["identity"]["id"], person.id.as_str());
    assert_eq!(used(&first), [by("password"), by("oidc")]);

    let mut page = Visitor::page(server);
    let _ = sign_on(&mut page, "login", &person.email).await.expect(&[303]);
    assert_eq!(session(&page).await["identity"]["id"], person.id.as_str());
}

async fn links_to_owner_only(server: &'static Server) {
    let (owner, other) = (person(server).await, person(server).await);
    let (mut page, flow) = offered(server, &owner).await;
    let to = page.submit("login", &flow, other.password_body()).await.expect(&[303]);
    let flow = page.read("login", &flow_of(to.location())).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [4_010_009]);
    let _ = page.as_script().whoami().await.expect(&[401]);
}

/// Kratos 1.3.1 does not add the provider to the session.
async fn settings_link(server: &'static Server) {
    ready(server).await;
    let (person, script) = signed_in_script(server).await;
    let (user, mut page) = (address(), script.as_page());
    let flow = page.begin("settings", "").await;
    let to = page.submit("settings", &flow, json!({"link": "lab"})).await.expect(&[303]);
    let done = come_back(&mut page, to.location(), &user).await.expect(&[303]);
    let flow = page.read("settings", &flow_of(done.location())).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [1_050_001]);
    assert_eq!(node(&flow, "unlink").expect("a button")["meta"]["label"]["id"], 1_050_003);
    assert_eq!(used(&session(&page).await), [by("password"), by("oidc")]);

    let mut other = Visitor::page(server);
    let _ = sign_on(&mut other, "login", &user).await.expect(&[303]);
    assert_eq!(session(&other).await["identity"]["id"], person.id.as_str());

    let again = page.submit("settings", &flow, json!({"link": "lab"})).await.expect(&[303]);
    let flow = page.read("settings", &flow_of(again.location())).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [4_000_001]);
    let mut script = page.as_script();
    let flow = script.submit("settings", &flow, json!({"unlink": "lab"})).await.expect(&[200]).json();
    assert!(node(&flow, "link").is_some() && node(&flow, "unlink").is_none());
    let flow = script.submit("settings", &flow, json!({"unlink": "lab"})).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_001]);
}

async fn last_stays(server: &'static Server) {
    let (_, page) = known(server).await;
    let mut script = page.as_script();
    let flow = script.begin("settings", "").await;
    assert!(node(&flow, "link").is_none() && node(&flow, "unlink").is_none());
    let flow = script.submit("settings", &flow, json!({"unlink": "lab"})).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_001]);
}

async fn linking_is_privileged(server: &'static Server) {
    ready(server).await;
    let (_, script) = signed_in_script(server).await;
    let mut page = script.as_page();
    let flow = page.begin("settings", "").await;
    match &server.testkit {
        Some(kratos) => kratos.clock().advance(std::time::Duration::from_secs(3)),
        None => tokio::time::sleep(std::time::Duration::from_secs(3)).await,
    }
    let to = page.submit("settings", &flow, json!({"link": "lab"})).await.expect(&[303]);
    assert!(to.location().contains("refresh=true"), "{to:?}");
}

async fn refresh_by_provider(server: &'static Server) {
    let (email, mut page) = known(server).await;
    let before = session(&page).await;
    let flow = page.begin("login", "?refresh=true").await;
    assert!(node(&flow, "provider").is_some(), "the provider is offered");
    let to = to_provider(&mut page, "login", &flow).await;
    assert!(to.contains("prompt=login"), "{to}");
    let _ = come_back(&mut page, &to, &email).await.expect(&[303]);
    let after = session(&page).await;
    assert_eq!(before["identity"]["id"], after["identity"]["id"]);
    assert_ne!(before["id"], after["id"], "a new session");
    assert_eq!(used(&after), [by("oidc")]);
}

async fn cancelled(server: &'static Server) {
    ready(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    let to = to_provider(&mut page, "login", &flow).await;
    let back = provider::submit(&to, None).await;
    let told = page.get(back.as_str()).await.expect(&[303]);
    let flow = page.read("login", &flow_of(told.location())).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [4_000_001]);
}

/// A sign-on whose callback has these parameters instead of the provider's.
async fn with_callback(server: &'static Server, path: &str, query: &[(&str, &str)]) -> (Visitor, Answer) {
    ready(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    let to = url::Url::parse(&to_provider(&mut page, "login", &flow).await).expect("a URL");
    let state = provider::parameter(&to, "state").expect("a state");
    let query: Vec<_> =
        query.iter().map(|(name, value)| (*name, if *value == "STATE" { &*state } else { *value })).collect();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let done = page.get(&format!("/self-service/methods/oidc/callback{path}?{query}")).await;
    (page, done)
}

async fn error_of(page: &mut Visitor, answer: &Answer) -> Value {
    let to = answer.location();
    assert!(to.contains("/error?id="), "{answer:?}");
    let path = format!("/self-service/errors?id={}", flow_of(to));
    page.as_script().get(&path).await.expect(&[200]).json()["error"].clone()
}

async fn without_code(server: &'static Server) {
    let (mut page, done) = with_callback(server, "/lab", &[("state", "STATE")]).await;
    let flow = page.read("login", &flow_of(done.expect(&[303]).location())).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [4_000_001]);
}

async fn foreign_state(server: &'static Server) {
    for query in [&[("code", "x"), ("state", "x")][..], &[("code", "x")]] {
        let (mut page, done) = with_callback(server, "/lab", query).await;
        assert_eq!(error_of(&mut page, &done.expect(&[303])).await["code"], 400);
    }
}

async fn other_browser(server: &'static Server) {
    ready(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    let to = to_provider(&mut page, "login", &flow).await;
    let back = provider::submit(&to, Some(&address())).await;
    let mut other = Visitor::page(server);
    let done = other.get(back.as_str()).await.expect(&[303]);
    assert_eq!(error_of(&mut other, &done).await["code"], 400);
    let _ = other.as_script().whoami().await.expect(&[401]);
}

async fn wrong_provider(server: &'static Server) {
    let (mut page, done) = with_callback(server, "/other", &[("code", "x"), ("state", "STATE")]).await;
    assert_eq!(error_of(&mut page, &done.expect(&[303])).await["code"], 400);
}

async fn unknown_provider(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let _ =
        script.submit("login", &flow, json!({"method": "oidc", "provider": "other"})).await.expect(&[404]);
}

/// Kratos 1.3.1 refuses the post: it asks for a CSRF token.
async fn posted(server: &'static Server) {
    let mut page = Visitor::page(server);
    let path = "/self-service/methods/oidc/callback/lab";
    let form = page.ask(Method::POST, path).form(&[("code", "x"), ("state", "y")]);
    let to = page.send(form).await.expect(&[302]);
    assert!(to.location().ends_with("/callback/lab?code=x&state=y"), "{to:?}");
}

async fn code_is_used_once(server: &'static Server) {
    ready(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    let to = to_provider(&mut page, "login", &flow).await;
    let back = provider::submit(&to, Some(&address())).await;
    let first = page.jar.clone();
    let _ = page.get(back.as_str()).await.expect(&[303]);
    let mut again = Visitor::page(server);
    again.jar = first;
    let done = again.get(back.as_str()).await.expect(&[303]);
    assert!(done.location().contains("/error?id=") || done.location().contains("flow="), "{done:?}");
    let _ = again.as_script().whoami().await.expect(&[401]);
}

/// A native program's sign-on by the system's browser, and both codes.
async fn natively(server: &'static Server, kind: &str) -> (String, String, String) {
    ready(server).await;
    let email = address();
    let mut native = Visitor::native(server);
    let back: String = url::form_urlencoded::byte_serialize(server.app_url.as_bytes()).collect();
    let query = format!("?return_session_token_exchange_code=true&return_to={back}");
    let flow = native.begin(kind, &query).await;
    let init = flow["session_token_exchange_code"].as_str().expect("the first code").to_owned();
    let to = to_provider(&mut native, kind, &flow).await;
    let mut browser = Visitor::page(server);
    let done = come_back(&mut browser, &to, &email).await.expect(&[303]);
    let done = url::Url::parse(done.location()).expect("a URL");
    let code = provider::parameter(&done, "code").unwrap_or_else(|| panic!("no code in {done}"));
    (email, init, code)
}

async fn native_exchanges(server: &'static Server) {
    let (email, init, code) = natively(server, "login").await;
    let mut native = Visitor::native(server);
    let path = format!("/sessions/token-exchange?init_code={init}&return_to_code={code}");
    let done = native.get(&path).await.expect(&[200]).json();
    let mut native = native.with_token(done["session_token"].as_str().expect("a session token"));
    let session = native.whoami().await.expect(&[200]).json();
    assert_eq!(session["identity"]["traits"]["email"], email.as_str());
    assert_eq!(session["id"], done["session"]["id"]);
}

async fn native_registers(server: &'static Server) {
    let (_, init, code) = natively(server, "registration").await;
    let path = format!("/sessions/token-exchange?init_code={init}&return_to_code={code}");
    let done = Visitor::native(server).get(&path).await.expect(&[200]).json();
    assert_eq!(used(&done["session"]), [by("oidc")]);
}

async fn exchange_needs_codes(server: &'static Server) {
    let mut native = Visitor::native(server);
    let _ = native.get("/sessions/token-exchange?init_code=x").await.expect(&[400]);
    let _ = native.get("/sessions/token-exchange?init_code=x&return_to_code=y").await.expect(&[404]);
}

async fn no_id_token(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    let body = json!({"method": "oidc", "provider": "lab", "id_token": "x.y.z", "id_token_nonce": "n"});
    let refused = native.submit("login", &flow, body).await;
    assert!(refused.status.as_u16() >= 400, "{refused:?}");
}
