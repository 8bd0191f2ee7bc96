//! Recovery and verification flows.

use crate::visitor::{
    Visitor, address, error_id, flow_of, mail, messages, node, person, signed_in_script, told, value,
};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use serde_json::{Value, json};

pub(crate) const ALL: &[Scenario] = scenarios![
    form: "the recovery form", [Modern];
    by_code: "recovery by code, as a script", [Modern];
    by_code_page: "recovery by code, as a page", [Modern];
    wrong_code: "a wrong recovery code is refused", [Modern];
    unknown_address: "recovery does not reveal whether an address is known", [Modern];
    missing_address: "recovery without an address", [Modern];
    bad_address: "recovery of an invalid address", [Newest];
    no_method: "recovery with an unknown method", [Since1_3, Modern];
    signed_in: "recovery when signed in", [Modern];
    resend: "another recovery code replaces the first", [Modern];
    by_link: "recovery by link", [Modern];
    admin_link: "an operator creates a recovery link that works once", [Modern];
    admin_code: "an operator creates a recovery code", [Modern];
    admin_for_unknown_identity: "an operator cannot recover an unknown identity", [Modern];
    verification_form: "the verification form", [Modern];
    verified_by_script: "an address is verified by a script", [Modern];
    verified_natively: "an address is verified natively", [Modern];
    verified_by_page: "an address is verified by a page", [Modern];
    link_fills_the_code_in: "the mailed link fills the code in", [Modern];
    wrong_verification_code: "a wrong verification code is refused", [Modern];
    verification_of_unknown_address: "verification does not reveal whether an address is known", [Modern];
    verification_done_twice: "a completed verification is replaced", [Modern];
    no_verification_method: "verification with an unknown method", [Modern];
    recovery_proves_the_address: "recovery verifies the address", [Modern];
];

async fn form(server: &'static Server) {
    let flow = Visitor::script(server).begin("recovery", "").await;
    assert_eq!((flow["state"].as_str(), flow["active"].as_str()), (Some("choose_method"), Some("code")));
    assert!(node(&flow, "email").is_some());
}

/// Requests a code, and returns the flow and the code.
async fn code(visitor: &mut Visitor, kind: &str, email: &str) -> (Value, String) {
    let known = visitor.server.mailbox.mails(email);
    let template = format!("{kind}_code_valid");
    let known = known.iter().filter(|mail| mail.template.as_deref() == Some(&template)).count();
    let flow = visitor.begin(kind, "").await;
    let sent = visitor.submit(kind, &flow, json!({"method": "code", "email": email})).await;
    let flow = if sent.status == 303 {
        visitor.read(kind, &flow_of(sent.location())).await.expect(&[200]).json()
    } else {
        sent.expect(&[200]).json()
    };
    assert_eq!(flow["state"], "sent_email");
    let mail = mail(visitor.server, email, &template, known).await;
    let code = mail.code(&format!("{kind}_code"));
    (flow, code)
}

async fn by_code(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let (flow, code) = code(&mut script, "recovery", &person.email).await;
    assert_eq!(messages(&flow), [1_060_003]);
    let answer =
        script.submit("recovery", &flow, json!({"method": "code", "code": code})).await.expect(&[422]);
    assert_eq!(error_id(&answer), "browser_location_change_required");
    let to = answer.json()["redirect_browser_to"].as_str().expect("an address").to_owned();
    let settings = script.read("settings", &flow_of(&to)).await.expect(&[200]).json();
    assert_eq!(messages(&settings), [1_060_001]);
    let session = script.whoami().await.expect(&[200]).json();
    assert_eq!(session["identity"]["id"], person.id.as_str());
    assert_eq!(session["authentication_methods"][0]["method"], "code_recovery");
}

async fn by_code_page(server: &'static Server) {
    let person = person(server).await;
    let mut page = Visitor::page(server);
    let (flow, code) = code(&mut page, "recovery", &person.email).await;
    let to = page.submit("recovery", &flow, json!({"method": "code", "code": code})).await.expect(&[303]);
    assert!(to.location().starts_with(&format!("{}/settings?flow=", server.app_url)), "{to:?}");
    let _ = page.as_script().whoami().await.expect(&[200]);
}

async fn wrong_code(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let (flow, _) = code(&mut script, "recovery", &person.email).await;
    let flow = script
        .submit("recovery", &flow, json!({"method": "code", "code": "000000"}))
        .await
        .expect(&[200])
        .json();
    assert_eq!(messages(&flow), [4_060_006]);
    let _ = script.whoami().await.expect(&[401]);
}

async fn unknown_address(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("recovery", "").await;
    let body = json!({"method": "code", "email": address()});
    let flow = script.submit("recovery", &flow, body).await.expect(&[200]).json();
    assert_eq!((flow["state"].as_str(), messages(&flow)), (Some("sent_email"), vec![1_060_003]));
}

async fn missing_address(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("recovery", "").await;
    let flow = script.submit("recovery", &flow, json!({"method": "code"})).await.expect(&[400]).json();
    assert_eq!(told(&flow, "email"), [4_000_002]);
}

async fn bad_address(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("recovery", "").await;
    let flow = script
        .submit("recovery", &flow, json!({"method": "code", "email": "nope"}))
        .await
        .expect(&[400])
        .json();
    assert!(!told(&flow, "email").is_empty());
}

async fn no_method(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("recovery", "").await;
    let flow = script.submit("recovery", &flow, json!({"method": "nope"})).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_010_005]);
}

async fn signed_in(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let answer = script.get("/self-service/recovery/browser").await.expect(&[400]);
    assert_eq!(error_id(&answer), "session_already_available");
}

async fn resend(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let (flow, old) = code(&mut script, "recovery", &person.email).await;
    let again = json!({"method": "code", "email": value(&flow, "email")});
    let flow = script.submit("recovery", &flow, again).await.expect(&[200]).json();
    let new = mail(server, &person.email, "recovery_code_valid", 1).await;
    let new = new.code("recovery_code");
    if old != new {
        let wrong = script
            .submit("recovery", &flow, json!({"method": "code", "code": old}))
            .await
            .expect(&[200])
            .json();
        assert_eq!(messages(&wrong), [4_060_006]);
    }
    let _ = script.submit("recovery", &flow, json!({"method": "code", "code": new})).await.expect(&[422]);
}

async fn by_link(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let flow = script.begin("recovery", "").await;
    let body = json!({"method": "link", "email": person.email});
    let flow = script.submit("recovery", &flow, body).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [1_060_002]);
    let mail = mail(server, &person.email, "recovery_valid", 0).await;
    let link = mail.link("recovery_url").to_owned();
    let mut page = Visitor::page(server);
    let to = page.get(&link).await.expect(&[303]);
    assert!(to.location().contains("/settings?flow="), "{to:?}");
    let session = page.as_script().whoami().await.expect(&[200]).json();
    assert_eq!(session["identity"]["id"], person.id.as_str());
}

async fn admin_link(server: &'static Server) {
    let person = person(server).await;
    let made = Visitor::operator(server).post("/recovery/link", &json!({"identity_id": person.id})).await;
    let link = made.expect(&[200]).json()["recovery_link"].as_str().expect("a link").to_owned();
    let mut page = Visitor::page(server);
    let to = page.get(&link).await.expect(&[303]);
    assert!(to.location().starts_with(&format!("{}/settings?flow=", server.app_url)), "{to:?}");
    let session = page.as_script().whoami().await.expect(&[200]).json();
    assert_eq!(session["authentication_methods"][0]["method"], "link_recovery");
    // it works only once
    let mut late = Visitor::page(server);
    let to = late.get(&link).await.expect(&[303]);
    assert!(to.location().starts_with(&format!("{}/recovery?flow=", server.app_url)), "{to:?}");
    let flow = late.read("recovery", &flow_of(to.location())).await.expect(&[200]).json();
    assert_eq!(messages(&flow), [4_060_004]);
}

async fn admin_code(server: &'static Server) {
    let person = person(server).await;
    let body = json!({"identity_id": person.id, "expires_in": "1h"});
    let made = Visitor::operator(server).post("/recovery/code", &body).await.expect(&[201]).json();
    let link = made["recovery_link"].as_str().expect("a link");
    let mut script = Visitor::script(server);
    let flow = script.read("recovery", &flow_of(link)).await.expect(&[200]).json();
    let body = json!({"method": "code", "code": made["recovery_code"]});
    let _ = script.submit("recovery", &flow, body).await.expect(&[422]);
    assert_eq!(script.whoami().await.expect(&[200]).json()["identity"]["id"], person.id.as_str());
}

async fn admin_for_unknown_identity(server: &'static Server) {
    let body = json!({"identity_id": "00000000-0000-0000-0000-000000000000"});
    let _ = Visitor::operator(server).post("/recovery/code", &body).await.expect(&[404]);
    let _ = Visitor::operator(server).post("/recovery/link", &body).await.expect(&[400, 404]);
}

async fn verification_form(server: &'static Server) {
    let flow = Visitor::script(server).begin("verification", "").await;
    assert_eq!((flow["state"].as_str(), flow["active"].as_str()), (Some("choose_method"), Some("code")));
}

async fn is_verified(server: &'static Server, id: &str) -> bool {
    let person = Visitor::operator(server).get(&format!("/identities/{id}")).await.expect(&[200]).json();
    person["verifiable_addresses"][0]["verified"] == true
}

async fn verified_by_script(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let (flow, code) = code(&mut script, "verification", &person.email).await;
    assert_eq!(messages(&flow), [1_080_003]);
    assert!(!is_verified(server, &person.id).await);
    let flow = script
        .submit("verification", &flow, json!({"method": "code", "code": code}))
        .await
        .expect(&[200])
        .json();
    assert_eq!((flow["state"].as_str(), messages(&flow)), (Some("passed_challenge"), vec![1_080_002]));
    assert!(is_verified(server, &person.id).await);
}

async fn verified_natively(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let (flow, code) = code(&mut native, "verification", &person.email).await;
    let flow = native
        .submit("verification", &flow, json!({"method": "code", "code": code}))
        .await
        .expect(&[200])
        .json();
    assert_eq!(flow["state"], "passed_challenge");
    assert!(is_verified(server, &person.id).await);
}

async fn verified_by_page(server: &'static Server) {
    let person = person(server).await;
    let mut page = Visitor::page(server);
    let (flow, code) = code(&mut page, "verification", &person.email).await;
    let to = page.submit("verification", &flow, json!({"method": "code", "code": code})).await.expect(&[303]);
    let flow = page.read("verification", &flow_of(to.location())).await.expect(&[200]).json();
    assert_eq!(flow["state"], "passed_challenge");
}

async fn link_fills_the_code_in(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let (_, code) = code(&mut native, "verification", &person.email).await;
    let mail = mail(server, &person.email, "verification_code_valid", 0).await;
    let link = mail.link("verification_url");
    let mut page = Visitor::page(server);
    let to = page.get(link).await.expect(&[303]);
    let flow = page.read("verification", &flow_of(to.location())).await.expect(&[200]).json();
    assert_eq!(value(&flow, "code"), code);
}

async fn wrong_verification_code(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let (flow, _) = code(&mut native, "verification", &person.email).await;
    let flow = native
        .submit("verification", &flow, json!({"method": "code", "code": "000000"}))
        .await
        .expect(&[200])
        .json();
    assert_eq!(messages(&flow), [4_070_006]);
}

async fn verification_of_unknown_address(server: &'static Server) {
    let mut native = Visitor::native(server);
    let flow = native.begin("verification", "").await;
    let body = json!({"method": "code", "email": address()});
    let flow = native.submit("verification", &flow, body).await.expect(&[200]).json();
    assert_eq!(flow["state"], "sent_email");
}

async fn verification_done_twice(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let (flow, code) = code(&mut script, "verification", &person.email).await;
    let body = json!({"method": "code", "code": code});
    let _ = script.submit("verification", &flow, body.clone()).await.expect(&[200]);
    let answer = script.submit("verification", &flow, body).await.expect(&[410]);
    assert_eq!(error_id(&answer), "self_service_flow_replaced");
    assert!(answer.json()["use_flow_id"].is_string());
}

async fn no_verification_method(server: &'static Server) {
    let mut script = Visitor::script(server);
    let flow = script.begin("verification", "").await;
    let flow = script.submit("verification", &flow, json!({"method": "nope"})).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_001]);
}

async fn recovery_proves_the_address(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let (flow, code) = code(&mut script, "recovery", &person.email).await;
    let _ = script.submit("recovery", &flow, json!({"method": "code", "code": code})).await.expect(&[422]);
    assert!(is_verified(server, &person.id).await);
}
