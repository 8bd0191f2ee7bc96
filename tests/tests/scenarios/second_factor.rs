//! AAL2 by TOTP and backup codes, and refreshing a session.

use crate::transcript;
use crate::visitor::{
    Person, Visitor, error_id, messages, methods, node, person, signed_in, signed_in_script, totp, value,
};
use kratos_tests::http::Answer;
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use reqwest::Method;
use serde_json::json;

pub(crate) const ALL: &[Scenario] = scenarios![
    enrolling_steps_up: "enrolling an authenticator app gives AAL2", [SecondFactor, Modern];
    wrong_code_to_enrol: "enrolling needs the right code", [Modern, LongPrivilege];
    weak_session: "whoami is 403 until step-up", [Modern];
    script_must_go_on: "a script is referred to the second factor", [Modern];
    page_goes_on: "a page is redirected to the second factor with return_to", [Modern];
    steps_up_script: "a script steps up by TOTP", [Modern];
    steps_up_native: "a native program steps up by TOTP", [Modern];
    steps_up_page: "a page steps up by TOTP", [Modern];
    wrong_totp: "a wrong TOTP code is refused", [Modern];
    no_second_factor: "stepping up without an enrolled second factor offers no field", [Modern];
    no_session: "stepping up needs a session", [Modern];
    settings_need_it_too: "settings need the second factor too", [Modern];
    given_up: "an authenticator app is removed", [Modern, LongPrivilege];
    admin_takes_away: "an operator removes the second factor", [Modern];
    backup_codes: "a backup code works once", [Modern, LongPrivilege];
    wrong_backup_code: "a wrong backup code is refused", [Modern, LongPrivilege];
    codes_shown_and_given_up: "backup codes are shown and removed", [Modern, LongPrivilege];
    refresh_form: "a refresh asks for the password", [Modern];
    refresh_keeps_identifier: "a refresh knows the identifier", [Newest, Unified];
    refresh_renews: "a refresh renews the same session", [Modern];
    refresh_script_returns: "a refresh returns to return_to", [Newest];
    refresh_wrong_password: "a refresh refuses a wrong password", [Modern];
    refresh_without_session: "a refresh without a session is a plain login", [Modern];
];

/// A user enrolled in TOTP, the session that enrolled it, which has AAL2, and the secret.
async fn enrolled(server: &'static Server) -> (Person, Visitor, String) {
    for _ in 0..5 {
        let mark = transcript::mark(server);
        let (person, mut native) = signed_in(server).await;
        let flow = native.begin("settings", "").await;
        let secret = node(&flow, "totp_secret_key").expect("a secret")["attributes"]["text"]["text"].clone();
        let secret = secret.as_str().expect("a secret").to_owned();
        let done =
            native.submit("settings", &flow, json!({"method": "totp", "totp_code": totp(&secret)})).await;
        // on a slow machine, the session may not stay privileged: two seconds on a strict server
        if done.status == 200 {
            return (person, native, secret);
        }
        transcript::forget_since(server, mark);
    }
    panic!("no authenticator app could be enrolled");
}

/// A user with backup codes.
async fn with_backup_codes(server: &'static Server) -> (Person, Visitor, Vec<String>) {
    let (person, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let ask = json!({"method": "lookup_secret", "lookup_secret_regenerate": true});
    let flow = native.submit("settings", &flow, ask).await.expect(&[200]).json();
    let shown =
        &node(&flow, "lookup_secret_codes").expect("codes")["attributes"]["text"]["context"]["secrets"];
    let codes: Vec<String> = shown
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|code| code["text"].as_str().map(str::to_owned))
        .collect();
    let confirm = json!({"method": "lookup_secret", "lookup_secret_confirm": true});
    let _ = native.submit("settings", &flow, confirm).await.expect(&[200]);
    (person, native, codes)
}

async fn enrolling_steps_up(server: &'static Server) {
    let (_, mut native, _) = enrolled(server).await;
    let session = native.whoami().await.expect(&[200]).json();
    assert_eq!(session["authenticator_assurance_level"], "aal2");
}

async fn wrong_code_to_enrol(server: &'static Server) {
    let (_, mut native) = signed_in(server).await;
    let flow = native.begin("settings", "").await;
    let flow = native.submit("settings", &flow, json!({"method": "totp", "totp_code": "000000"})).await;
    assert_eq!(messages(&flow.expect(&[400]).json()), [4_000_008]);
}

async fn weak_session(server: &'static Server) {
    let (person, _, _) = enrolled(server).await;
    let mut native = Visitor::native(server);
    let done = native.sign_in(&person).await.expect(&[200]).json();
    let mut native = native.with_token(done["session_token"].as_str().expect("a token"));
    let answer = native.whoami().await.expect(&[403]);
    assert_eq!(error_id(&answer), "session_aal2_required");
    let body = answer.json();
    let to = body["redirect_browser_to"].as_str().expect("an address");
    assert!(to.ends_with("/self-service/login/browser?aal=aal2"), "{to}");
    assert_eq!(body["error"]["details"]["redirect_browser_to"], to);
    // 1.3 lists the sessions without the second factor
    let _ = native.get("/sessions").await.expect(&[200, 403]);
}

/// Signs a script in by password, and returns what refers it to the second factor: nothing before 1.1, which answers 200.
async fn weakly_signed_in(script: &mut Visitor, person: &Person) -> Option<Answer> {
    let answer = script.sign_in(person).await;
    if script.server.is_since(1, 1) {
        return Some(answer.expect(&[422]));
    }
    let _ = answer.expect(&[200]);
    None
}

async fn script_must_go_on(server: &'static Server) {
    let (person, _, _) = enrolled(server).await;
    let mut script = Visitor::script(server);
    if let Some(answer) = weakly_signed_in(&mut script, &person).await {
        assert_eq!(error_id(&answer), "browser_location_change_required");
    }
    assert!(script.jar.get("ory_kratos_session").is_some());
    let _ = script.whoami().await.expect(&[403]);
}

async fn page_goes_on(server: &'static Server) {
    let (person, _, _) = enrolled(server).await;
    let mut page = Visitor::page(server);
    let back = format!("{}/deep", server.app_url);
    let flow = page.begin("login", &format!("?return_to={back}")).await;
    let to = page.submit("login", &flow, person.password_body()).await.expect(&[303]);
    assert!(to.location().contains("/self-service/login/browser?aal=aal2&return_to="), "{to:?}");
}

async fn steps_up_script(server: &'static Server) {
    let (person, _, secret) = enrolled(server).await;
    let mut script = Visitor::script(server);
    let _ = weakly_signed_in(&mut script, &person).await;
    let flow = script.begin("login", "?aal=aal2").await;
    assert_eq!((flow["requested_aal"].as_str(), messages(&flow)), (Some("aal2"), vec![1_010_004]));
    assert_eq!(methods(&flow), ["totp"]);
    let done = script.submit("login", &flow, json!({"method": "totp", "totp_code": totp(&secret)})).await;
    let session = done.expect(&[200]).json();
    assert_eq!(session["session"]["authenticator_assurance_level"], "aal2");
    let _ = script.whoami().await.expect(&[200]);
}

async fn steps_up_native(server: &'static Server) {
    let (person, _, secret) = enrolled(server).await;
    let mut native = Visitor::native(server);
    let done = native.sign_in(&person).await.expect(&[200]).json();
    let mut native = native.with_token(done["session_token"].as_str().expect("a token"));
    let flow = native.begin("login", "?aal=aal2").await;
    let _ = native
        .submit("login", &flow, json!({"method": "totp", "totp_code": totp(&secret)}))
        .await
        .expect(&[200]);
    assert_eq!(native.whoami().await.expect(&[200]).json()["authenticator_assurance_level"], "aal2");
}

async fn steps_up_page(server: &'static Server) {
    let (person, _, secret) = enrolled(server).await;
    let mut page = Visitor::page(server);
    let _ = page.sign_in(&person).await.expect(&[303]);
    let flow = page.begin("login", "?aal=aal2").await;
    let to = page
        .submit("login", &flow, json!({"method": "totp", "totp_code": totp(&secret)}))
        .await
        .expect(&[303]);
    assert_eq!(to.location(), format!("{}/", server.app_url));
}

async fn wrong_totp(server: &'static Server) {
    let (person, _, _) = enrolled(server).await;
    let mut script = Visitor::script(server);
    let _ = weakly_signed_in(&mut script, &person).await;
    let flow = script.begin("login", "?aal=aal2").await;
    let flow = script
        .submit("login", &flow, json!({"method": "totp", "totp_code": "000000"}))
        .await
        .expect(&[400])
        .json();
    assert_eq!(messages(&flow), [4_000_008]);
}

async fn no_second_factor(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let flow = script.begin("login", "?aal=aal2").await;
    let nodes = flow["ui"]["nodes"].as_array().expect("nodes");
    assert_eq!(nodes.len(), 1, "{nodes:?}");
    assert_eq!(nodes[0]["attributes"]["name"], "csrf_token");
}

async fn no_session(server: &'static Server) {
    let answer = Visitor::script(server).get("/self-service/login/browser?aal=aal2").await.expect(&[401]);
    assert_eq!(error_id(&answer), "session_aal1_required");
    let answer = Visitor::native(server).get("/self-service/login/api?aal=aal2").await.expect(&[401]);
    assert_eq!(error_id(&answer), "session_aal1_required");
    let to = Visitor::page(server).get("/self-service/login/browser?aal=aal2").await.expect(&[303]);
    assert!(to.location().contains("/error?id="), "{to:?}");
}

async fn settings_need_it_too(server: &'static Server) {
    let (person, _, _) = enrolled(server).await;
    let mut script = Visitor::script(server);
    let _ = weakly_signed_in(&mut script, &person).await;
    let answer = script.get("/self-service/settings/browser").await.expect(&[403]);
    assert_eq!(error_id(&answer), "session_aal2_required");
    let to = script.as_page().get("/self-service/settings/browser").await.expect(&[303]);
    assert!(to.location().contains("/self-service/login/browser?aal=aal2"), "{to:?}");
}

async fn given_up(server: &'static Server) {
    let (person, mut native, _) = enrolled(server).await;
    let flow = native.begin("settings", "").await;
    assert!(node(&flow, "totp_unlink").is_some());
    let flow = native
        .submit("settings", &flow, json!({"method": "totp", "totp_unlink": true}))
        .await
        .expect(&[200])
        .json();
    assert!(node(&flow, "totp_qr").is_some());
    let _ = Visitor::script(server).sign_in(&person).await.expect(&[200]);
}

async fn admin_takes_away(server: &'static Server) {
    let (person, _, _) = enrolled(server).await;
    let path = format!("/identities/{}/credentials/totp", person.id);
    let _ = Visitor::operator(server).call(Method::DELETE, &path).await.expect(&[204]);
    let _ = Visitor::script(server).sign_in(&person).await.expect(&[200]);
    let _ = Visitor::operator(server).call(Method::DELETE, &path).await.expect(&[404]);
}

async fn backup_codes(server: &'static Server) {
    let (person, _, codes) = with_backup_codes(server).await;
    assert_eq!(codes.len(), 12);
    let mut script = Visitor::script(server);
    let _ = weakly_signed_in(&mut script, &person).await;
    let flow = script.begin("login", "?aal=aal2").await;
    assert_eq!(methods(&flow), ["lookup_secret"]);
    let use_it = json!({"method": "lookup_secret", "lookup_secret": codes[0]});
    let done = script.submit("login", &flow, use_it.clone()).await.expect(&[200]).json();
    assert_eq!(done["session"]["authenticator_assurance_level"], "aal2");
    let flow = script.begin("login", "?aal=aal2&refresh=true").await;
    let flow = script.submit("login", &flow, use_it).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_012]);
}

async fn wrong_backup_code(server: &'static Server) {
    let (person, _, _) = with_backup_codes(server).await;
    let mut script = Visitor::script(server);
    let _ = weakly_signed_in(&mut script, &person).await;
    let flow = script.begin("login", "?aal=aal2").await;
    let wrong = json!({"method": "lookup_secret", "lookup_secret": "nope"});
    let flow = script.submit("login", &flow, wrong).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_016]);
}

async fn codes_shown_and_given_up(server: &'static Server) {
    let (person, mut native, codes) = with_backup_codes(server).await;
    let flow = native.begin("settings", "").await;
    let ask = json!({"method": "lookup_secret", "lookup_secret_reveal": true});
    let flow = native.submit("settings", &flow, ask).await.expect(&[200]).json();
    let shown =
        &node(&flow, "lookup_secret_codes").expect("codes")["attributes"]["text"]["context"]["secrets"];
    assert_eq!(shown[0]["text"], codes[0]);
    let ask = json!({"method": "lookup_secret", "lookup_secret_disable": true});
    let _ = native.submit("settings", &flow, ask).await.expect(&[200]);
    let _ = Visitor::script(server).sign_in(&person).await.expect(&[200]);
}

async fn refresh_form(server: &'static Server) {
    let (_, mut script) = signed_in_script(server).await;
    let flow = script.begin("login", "?refresh=true").await;
    assert_eq!((flow["refresh"].as_bool(), messages(&flow)), (Some(true), vec![1_010_003]));
    assert!(methods(&flow).contains(&"password".to_owned()));
}

async fn refresh_keeps_identifier(server: &'static Server) {
    let (person, mut script) = signed_in_script(server).await;
    let flow = script.begin("login", "?refresh=true").await;
    assert_eq!(value(&flow, "identifier"), person.email);
}

async fn refresh_renews(server: &'static Server) {
    let (person, mut native) = signed_in(server).await;
    let before = native.whoami().await.json();
    let flow = native.begin("login", "?refresh=true").await;
    let done = native.submit("login", &flow, person.password_body()).await.expect(&[200]).json();
    assert_eq!(done["session"]["id"], before["id"]);
    let after = native.whoami().await.json();
    assert_ne!(after["authenticated_at"], before["authenticated_at"]);
}

async fn refresh_script_returns(server: &'static Server) {
    let (person, mut script) = signed_in_script(server).await;
    let back = format!("{}/back", server.app_url);
    let flow = script.begin("login", &format!("?refresh=true&return_to={back}")).await;
    let done = script.submit("login", &flow, person.password_body()).await.expect(&[200]).json();
    assert_eq!(done["continue_with"][0]["redirect_browser_to"], back);
}

async fn refresh_wrong_password(server: &'static Server) {
    let (mut person, mut script) = signed_in_script(server).await;
    person.password = "wrong".into();
    let flow = script.begin("login", "?refresh=true").await;
    let flow = script.submit("login", &flow, person.password_body()).await.expect(&[400]).json();
    assert_eq!(messages(&flow), [4_000_006]);
    let _ = script.whoami().await.expect(&[200]);
}

async fn refresh_without_session(server: &'static Server) {
    let flow = Visitor::native(server).begin("login", "?refresh=true").await;
    assert_eq!(flow["refresh"], false);
    let _ = person(server).await;
}
