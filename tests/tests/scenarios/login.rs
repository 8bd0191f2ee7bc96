//! Login flows.

use crate::transcript;
use crate::visitor::{
    Visitor, error_id, flow_of, messages, methods, node, person, signed_in, signed_in_script, told, value,
};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

pub(crate) const ALL: &[Scenario] = scenarios![
    script_form: "a script gets the login form", [Modern, Unified];
    native_form: "a native program gets the login form", [];
    page_form: "a browser is redirected to the login page", [];
    native: "a native program signs in", [];
    script: "a script signs in", [Ajax];
    goes_on: "a script gets the URL to continue at", [Newest];
    page: "a page signs in", [];
    new_csrf_cookie: "signing in renews the CSRF cookie", [Modern];
    wrong_password: "a wrong password is refused", [];
    wrong_password_keeps_identifier: "the identifier is kept after a wrong password", [Modern, Unified];
    unknown_person: "an unknown identifier is answered like a wrong password", [];
    any_case: "identifiers match in any case", [Modern];
    missing_fields: "missing fields are named", [Modern];
    no_method: "an unknown method is refused", [Modern, Unified];
    identifier_first_takes_all: "identifier first: any method needs the identifier", [IdentifierFirst];
    unreadable: "an unreadable body is 400", [Modern];
    unknown_flow: "an unknown flow is refused", [Modern];
    unknown_flow_page: "a page with an unknown flow is redirected to the error page", [Modern];
    already: "a signed-in user cannot sign in", [Modern];
    already_native: "a signed-in native program cannot sign in", [Modern];
    already_page_returns: "a signed-in page is redirected to return_to", [Modern];
    submitted_when_signed_in: "a login flow submitted twice", [Modern];
    strange_aal: "an unknown assurance level is 400", [Modern];
    native_with_cookies: "a native login with cookies or origin is refused", [Modern];
    cloudflare_cookie: "a Cloudflare cookie is tolerated", [Modern];
    read_again: "a flow can be read again", [Modern];
    expired: "an expired login flow is replaced", [ShortLogin];
    expired_page: "an expired login flow redirects a page to a new one", [ShortLogin];
    identifier_first: "identifier first, then the password", [IdentifierFirst];
    identifier_unknown: "identifier first: an unknown identifier", [IdentifierFirst];
    identifier_then_wrong_password: "identifier first, then a wrong password", [IdentifierFirst];
    by_code: "signing in by code", [PasswordlessCode];
    by_wrong_code: "a wrong login code is refused", [PasswordlessCode];
    code_for_unknown_address: "a login code for an unknown address", [PasswordlessCode];
    code_is_off: "signing in by code can be disabled", [LongPrivilege, Modern, Unified];
];

async fn script_form(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    // Login flows have a state since 1.1.
    let state = server.is_since(1, 1).then_some("choose_method");
    assert_eq!((flow["type"].as_str(), flow["state"].as_str()), (Some("browser"), state));
    assert_eq!(flow["requested_aal"], "aal1");
    assert!(methods(&flow).contains(&"password".to_owned()));
    assert_eq!(node(&flow, "password").expect("a field")["attributes"]["autocomplete"], "current-password");
    assert!(!value(&flow, "csrf_token").is_empty());
    assert!(script.jar.header().is_some_and(|cookies| cookies.starts_with("csrf_token_")));
}

async fn native_form(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    assert_eq!(flow["type"], "api");
    assert_eq!(value(&flow, "csrf_token"), "");
}

async fn page_form(server: &'static Server) {
    let mut page = Visitor::page(server);
    let to = page.get("/self-service/login/browser").await.expect(&[302, 303]);
    assert!(to.location().starts_with(&format!("{}/login?flow=", server.app_url)), "{to:?}");
    let _ = page.read("login", &flow_of(to.location())).await.expect(&[200]);
}

async fn native(server: &'static Server) {
    let person = person(server).await;
    let done = Visitor::native(server).sign_in(&person).await.expect(&[200]).json();
    assert!(done["session_token"].as_str().is_some_and(|token| token.len() >= 32));
    assert_eq!(done["session"]["identity"]["id"], person.id.as_str());
}

async fn script(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let done = script.sign_in(&person).await.expect(&[200]);
    assert!(done.json().get("session_token").is_none());
    assert!(script.jar.get("ory_kratos_session").is_some());
    let _ = script.whoami().await.expect(&[200]);
}

async fn goes_on(server: &'static Server) {
    let person = person(server).await;
    let done = Visitor::script(server).sign_in(&person).await.expect(&[200]).json();
    let next = &done["continue_with"][0];
    assert_eq!(next["action"], "redirect_browser_to");
    assert_eq!(next["redirect_browser_to"], format!("{}/", server.app_url));
}

async fn page(server: &'static Server) {
    let person = person(server).await;
    let mut page = Visitor::page(server);
    let to = page.sign_in(&person).await.expect(&[302, 303]);
    assert_eq!(to.location(), format!("{}/", server.app_url));
    assert!(page.jar.get("ory_kratos_session").is_some());
}

async fn new_csrf_cookie(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let before = script.jar.header();
    let done = script.submit("login", &flow, person.password_body()).await.expect(&[200]);
    let lines = done.headers.get_all("set-cookie").iter().count();
    assert_eq!(lines, 2, "{done:?}");
    assert_ne!(script.jar.header(), before);
}

async fn wrong_password(server: &'static Server) {
    let mut person = person(server).await;
    person.password = "wrong".into();
    let flow = Visitor::native(server).sign_in(&person).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_006]);
}

async fn wrong_password_keeps_identifier(server: &'static Server) {
    let mut person = person(server).await;
    person.password = "wrong".into();
    let flow = Visitor::script(server).sign_in(&person).await.expect(&[400]).json();
    assert_eq!(value(&flow, "identifier"), person.email);
    assert_eq!(value(&flow, "password"), "");
}

async fn unknown_person(server: &'static Server) {
    let body = json!({"method": "password", "identifier": crate::visitor::address(), "password": "x",
        "password_identifier": "unknown@example.org"});
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    let flow = native.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_006]);
}

async fn any_case(server: &'static Server) {
    let mut person = person(server).await;
    person.email = person.email.to_uppercase();
    let _ = Visitor::native(server).sign_in(&person).await.expect(&[200]);
}

async fn missing_fields(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let flow = script.submit("login", &flow, json!({"method": "password"})).await.expect(&[400]).json();
    assert_eq!(told(&flow, "password"), [4_000_002]);
}

async fn no_method(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    for body in [json!({}), json!({"method": "nope"}), json!({"method": "totp", "totp_code": "1"})] {
        let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
        assert_eq!(messages(&flow), [4_010_002]);
    }
}

async fn identifier_first_takes_all(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    for body in [json!({}), json!({"method": "nope"}), json!({"method": "totp", "totp_code": "1"})] {
        let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
        assert_eq!(told(&flow, "identifier"), [4_000_037]);
    }
}

async fn unreadable(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    let path = format!("/self-service/login?flow={}", flow["id"].as_str().expect("an id"));
    for (kind, body) in [("application/json", "{"), ("text/plain", "x")] {
        let request = native.ask(Method::POST, &path).header("content-type", kind).body(body);
        let flow = native.send(request).await.expect(&[400]).json();
        assert_eq!(messages(&flow), [4_000_001]);
    }
}

async fn unknown_flow(server: &'static Server) {
    let mut script = Visitor::script(server);
    let _ = script
        .post("/self-service/login?flow=00000000-0000-0000-0000-000000000000", &json!({}))
        .await
        .expect(&[400, 404]);
    let _ = script.post("/self-service/login", &json!({})).await.expect(&[400]);
    let _ = script.read("login", "nope").await.expect(&[404]);
    let _ = script.read("login", "00000000-0000-0000-0000-000000000000").await.expect(&[404]);
}

async fn unknown_flow_page(server: &'static Server) {
    let mut page = Visitor::page(server);
    let path = "/self-service/login?flow=00000000-0000-0000-0000-000000000000";
    let request = page.ask(Method::POST, path).form(&[("method", "password")]);
    let to = page.send(request).await.expect(&[303]);
    assert!(to.location().starts_with(&format!("{}/error?id=", server.app_url)), "{to:?}");
}

async fn already(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let answer = script.get("/self-service/login/browser").await.expect(&[400]);
    assert_eq!(error_id(&answer), "session_already_available");
    let to = script.as_page().get("/self-service/login/browser").await.expect(&[302, 303]);
    assert_eq!(to.location(), format!("{}/", server.app_url));
}

async fn already_native(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let answer = native.get("/self-service/login/api").await.expect(&[400]);
    assert_eq!(error_id(&answer), "session_already_available");
}

async fn already_page_returns(server: &'static Server) {
    let (_, script) = signed_in_script(server).await;
    let back = format!("{}/there", server.app_url);
    let to =
        script.as_page().get(&format!("/self-service/login/browser?return_to={back}")).await.expect(&[303]);
    assert_eq!(to.location(), back);
}

async fn submitted_when_signed_in(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let _ = script.submit("login", &flow, person.password_body()).await.expect(&[200]);
    let again = script.submit("login", &flow, person.password_body()).await.expect(&[400]).json();
    assert_eq!(messages(&again), [4_000_001]);
}

async fn strange_aal(server: &'static Server) {
    let _ = Visitor::native(server).get("/self-service/login/api?aal=aal3").await.expect(&[400]);
}

async fn native_with_cookies(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    for (name, value) in [("cookie", "a=b"), ("origin", "http://localhost:4455")] {
        let flow = native.begin("login", "").await;
        let path = format!("/self-service/login?flow={}", flow["id"].as_str().expect("an id"));
        let request = native.ask(Method::POST, &path).header(name, value).json(&person.password_body());
        let flow = native.send(request).await.expect(&[400]).json();
        assert_eq!(messages(&flow), [4_000_001]);
    }
}

async fn cloudflare_cookie(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    let path = format!("/self-service/login?flow={}", flow["id"].as_str().expect("an id"));
    let request = native.ask(Method::POST, &path).header("cookie", "__cflb=x").json(&person.password_body());
    let _ = native.send(request).await.expect(&[200]);
}

async fn read_again(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let again = script.read("login", flow["id"].as_str().expect("an id")).await.expect(&[200]).json();
    assert_eq!(again["ui"]["nodes"].as_array().map(Vec::len), flow["ui"]["nodes"].as_array().map(Vec::len));
}

async fn expired(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let back = format!("{}/back", server.app_url);
    let flow = script.begin("login", &format!("?return_to={back}")).await;
    tokio::time::sleep(Duration::from_millis(5500)).await;
    let read = script.read("login", flow["id"].as_str().expect("an id")).await.expect(&[410]);
    assert_eq!(error_id(&read), "self_service_flow_expired");
    assert_eq!(read.json()["error"]["details"]["return_to"], back);
    let submitted = script.submit("login", &flow, person.password_body()).await.expect(&[410]);
    assert_eq!(error_id(&submitted), "self_service_flow_expired");
    let new = submitted.json()["use_flow_id"].as_str().expect("a flow").to_owned();
    let flow = script.read("login", &new).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [4_010_001]);
    assert_eq!(flow["return_to"], back);
}

async fn expired_page(server: &'static Server) {
    let person = person(server).await;
    let mut page = Visitor::page(server);
    let flow = page.begin("login", "").await;
    tokio::time::sleep(Duration::from_millis(5500)).await;
    let to = page.submit("login", &flow, person.password_body()).await.expect(&[303]);
    assert_ne!(flow_of(to.location()), flow["id"].as_str().expect("an id"));
}

async fn identifier_first(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    assert!(node(&flow, "password").is_none());
    let body = json!({"method": "identifier_first", "identifier": person.email});
    let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
    assert!(messages(&flow).is_empty());
    assert_eq!(value(&flow, "identifier"), person.email);
    assert_eq!(node(&flow, "identifier").expect("a field")["attributes"]["type"], "hidden");
    assert!(node(&flow, "password").is_some());
    let _ = script.submit("login", &flow, person.password_body()).await.expect(&[200]);
}

async fn identifier_unknown(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let body = json!({"method": "identifier_first", "identifier": crate::visitor::address()});
    let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(told(&flow, "identifier"), [4_000_037]);
}

async fn identifier_then_wrong_password(server: &'static Server) {
    let mut person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let body = json!({"method": "identifier_first", "identifier": person.email});
    let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
    person.password = "wrong".into();
    let flow = script.submit("login", &flow, person.password_body()).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_006]);
}

async fn by_code(server: &'static Server) {
    // the flow lives five seconds, and a busy server may deliver the mail later
    for _ in 0..6 {
        let mark = transcript::mark(server);
        let person = person(server).await;
        let mut script = Visitor::script(server);
        let flow = script.begin("login", "").await;
        let body = json!({"method": "code", "identifier": person.email});
        let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
        assert_eq!((messages(&flow), flow["state"].as_str()), (vec![1_010_014], Some("sent_email")));
        let mail = crate::visitor::mail(server, &person.email, "login_code_valid", 0).await;
        let code = mail.data["login_code"].as_str().expect("a code");
        let body = json!({"method": "code", "identifier": person.email, "code": code});
        let done = script.submit("login", &flow, body).await.expect(&[200, 410]);
        if done.status == 200 {
            assert_eq!(done.json()["session"]["authentication_methods"][0]["method"], "code");
            return;
        }
        transcript::forget_since(server, mark);
    }
    panic!("every login flow expired before its code arrived");
}

async fn by_wrong_code(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("login", "").await;
    let body = json!({"method": "code", "identifier": person.email});
    let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
    let body = json!({"method": "code", "identifier": person.email, "code": "000000"});
    let flow = script.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_010_008]);
}

async fn code_for_unknown_address(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    let body = json!({"method": "code", "identifier": crate::visitor::address()});
    let flow = native.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_035]);
}

async fn code_is_off(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let flow = native.begin("login", "").await;
    let body = json!({"method": "code", "identifier": person.email});
    let flow = native.submit("login", &flow, body).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_010_002]);
}
