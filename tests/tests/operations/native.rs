//! The client for a native app: session tokens, no cookies.

use std::time::Duration;

use kratos_core::client::__private::Operation as O;
use kratos_core::client::submit::{LoginBody, RegistrationBody, SettingsBody};
use kratos_core::client::{Era, NewFlow, RedirectReason, Submitted};
use kratos_core::credential::Credential;
use kratos_core::model::Aal;
use kratos_core::model::flow::Flow as _;
use kratos_core::model::{SecretText, Session};
use kratos_tests::driver::Person;
use kratos_tests::lab::Server;
use serde_json::json;

use crate::context::{Context, NewUser, done, texts};

pub(crate) async fn sign_up_and_in(server: &'static Server) {
    let it = Context::new(server);
    let native = it.client.native();
    let ada = NewUser::new();
    let operations = [
        O::CreateNativeRegistrationFlow,
        O::GetRegistrationFlow,
        O::UpdateRegistrationFlow,
        O::CreateNativeLoginFlow,
        O::GetLoginFlow,
        O::UpdateLoginFlow,
        O::ToSession,
        O::PerformNativeLogout,
    ];
    let flow = native.create_registration_flow(&NewFlow::new()).await;
    if it.lacks(&flow, &operations) {
        return;
    }
    let flow = flow.unwrap();
    assert_eq!(native.get_registration_flow(flow.id).await.unwrap().id, flow.id);
    let weak =
        native.submit_registration_flow(&flow, RegistrationBody::password(ada.traits(), "1")).await.unwrap();
    let Submitted::Invalid(flow) = weak else { panic!("a weak password was accepted: {weak:?}") };
    assert!(flow.has_errors());
    let body = RegistrationBody::password(ada.traits(), &ada.password);
    let new = done(native.submit_registration_flow(&flow, body).await.unwrap());
    assert_eq!(new.identity.traits::<serde_json::Value>().unwrap()["email"], ada.email);
    assert!(new.session_token.is_some());

    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(native.get_login_flow(flow.id).await.unwrap().id, flow.id);
    let wrong = native.submit_login_flow(&flow, LoginBody::password(&ada.email, "wrong")).await.unwrap();
    let Submitted::Invalid(again) = wrong else { panic!("a wrong password was accepted: {wrong:?}") };
    assert!(texts(&again).iter().any(|(id, _)| *id == 4000006), "{:?}", texts(&again));
    let body = LoginBody::password(&ada.email, &ada.password);
    let login = done(native.submit_login_flow(&flow, body).await.unwrap());
    let token = login.session_token.unwrap();

    let whoami = it.client.to_session(&Credential::session_token(token.expose_secret())).await.unwrap();
    let session = whoami.drop_cookies();
    assert_eq!(session.id, login.session.id);
    assert_eq!(session.identity().unwrap().id, new.identity.id);
    if let Some(template) = &server.token_template {
        let credential = Credential::session_token(token.expose_secret());
        let session = it.client.to_session_tokenized(&credential, template).await.unwrap().drop_cookies();
        assert_eq!(session.tokenized.unwrap().expose_secret().split('.').count(), 3);
        let error = it.client.to_session_tokenized(&credential, "unknown").await.unwrap_err();
        assert!(error.is_invalid(), "{error}");
    }

    native.logout(&token).await.unwrap();
    let error = it.client.to_session(&Credential::session_token(token.expose_secret())).await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error}");
    it.passed(&operations);
}

pub(crate) async fn settings(server: &'static Server) {
    let it = Context::new(server);
    let operations = [O::CreateNativeSettingsFlow, O::GetSettingsFlow, O::UpdateSettingsFlow];
    let anonymous = it.client.native().create_settings_flow(&NewFlow::new()).await;
    if it.lacks(&anonymous, &operations) {
        return;
    }
    let error = anonymous.unwrap_err();
    assert!(error.is_unauthenticated(), "{error:?}");

    let person = server.sign_up().await;
    let token = SecretText::new(person.token().await);
    let native = it.client.native().with_session_token(&token);
    let flow = native.create_settings_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(native.get_settings_flow(flow.id).await.unwrap().id, flow.id);
    let traits = json!({"email": person.email, "name": {"first": "Grace", "last": "Hopper"}});
    let saved = done(native.submit_settings_flow(&flow, SettingsBody::profile(traits)).await.unwrap());
    let identity = saved.identity().unwrap();
    assert_eq!(identity.traits::<serde_json::Value>().unwrap()["name"]["first"], "Grace");

    let flow = native.create_settings_flow(&NewFlow::new()).await.unwrap();
    let body = SettingsBody::profile(json!({"email": "no address"}));
    let invalid = native.submit_settings_flow(&flow, body).await.unwrap();
    assert!(matches!(invalid, Submitted::Invalid(_)), "{invalid:?}");
    if it.is_strict() {
        // Two seconds after the sign-in, a new password requires a refresh.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let new = SettingsBody::password("Zq9-another-one-0123456789");
        let outcome = native.submit_settings_flow(&flow, new).await.unwrap();
        let Submitted::Redirect(go_to) = outcome else { panic!("no refresh: {outcome:?}") };
        assert_eq!(go_to.reason, RedirectReason::Refresh);
        assert!(go_to.url.query().unwrap_or_default().contains("refresh=true"));
    }
    it.passed(&operations);
}

pub(crate) async fn sessions(server: &'static Server) {
    let it = Context::new(server);
    let operations = [O::ListMySessions, O::DisableMySession, O::DisableMyOtherSessions];
    if !it.offers(O::ListMySessions) {
        return;
    }
    let person = server.sign_up().await;
    let first = SecretText::new(person.token().await);
    let native = it.client.native().with_session_token(&first);
    let listed = native.list_my_sessions().unwrap().with_page_size(1).next_page().await;
    if it.lacks(&listed, &operations) {
        return;
    }
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(person.token().await);
    }
    // Two items a page: each of them once, as in the list of one page.
    let ids = |sessions: Vec<Session>| sessions.into_iter().map(|session| session.id).collect::<Vec<_>>();
    let all = ids(native.list_my_sessions().unwrap().collect().await.unwrap());
    let paged = ids(native.list_my_sessions().unwrap().with_page_size(2).collect().await.unwrap());
    assert_eq!((paged, all.len()), (all, 4), "the registration's session, and three");
    let mut pages = native.list_my_sessions().unwrap().with_page_size(2);
    let next = pages.next_page().await.unwrap().unwrap().next.expect("a next page");
    let resumed = native.list_my_sessions().unwrap().with_page_size(2).with_page_token(next);
    assert_eq!(ids(resumed.collect().await.unwrap()), ids(pages.collect().await.unwrap()));
    let gone = Credential::session_token(&others[0]);
    let id = it.client.to_session(&gone).await.unwrap().drop_cookies().id;
    native.disable_my_session(id).await.unwrap();
    assert!(it.client.to_session(&gone).await.unwrap_err().is_unauthenticated());
    assert!(native.disable_my_other_sessions().await.unwrap().count >= 2);
    assert!(native.list_my_sessions().unwrap().collect().await.unwrap().is_empty());
    let own = it.client.to_session(&Credential::session_token(first.expose_secret())).await.unwrap();
    assert!(native.disable_my_session(own.drop_cookies().id).await.unwrap_err().is_invalid());
    it.passed(&operations);
}

pub(crate) async fn second_factor(server: &'static Server) {
    let it = Context::new(server);
    if it.is_old() {
        return;
    }
    let mut person = server.sign_up().await;
    let token = SecretText::new(person.token().await);
    let native = it.client.native().with_session_token(&token);
    // Enrol TOTP by a submit.
    let flow = native.create_settings_flow(&NewFlow::new()).await.unwrap();
    let secret = flow.ui.nodes.iter().find_map(|node| match &node.attributes {
        kratos_core::model::flow::ui::Attributes::Text(text)
            if text.id.as_deref() == Some("totp_secret_key") =>
        {
            text.text.as_ref().map(|text| text.text.to_string())
        }
        _ => None,
    });
    person.totp = secret;
    let body = SettingsBody::enrol_totp(&person.code());
    let outcome = native.submit_settings_flow(&flow, body.clone()).await.unwrap();
    // On a busy machine, the two seconds of a strict server may be over.
    if matches!(outcome, Submitted::Redirect(_)) {
        let refresh = native.create_login_flow(&NewFlow::new().with_refresh()).await.unwrap();
        let shown = LoginBody::password(&person.email, &person.password);
        let _ = done(native.submit_login_flow(&refresh, shown).await.unwrap());
        let _ = done(native.submit_settings_flow(&flow, body).await.unwrap());
    } else {
        let _ = done(outcome);
    }
    // whoami now refuses a session without the second factor.
    let aal1 = SecretText::new(person.token().await);
    let error = it.client.to_session(&Credential::session_token(aal1.expose_secret())).await.unwrap_err();
    assert!(error.needs_aal2() && error.redirect_browser_to().is_some(), "{error:?}");
    let native = it.client.native().with_session_token(&aal1);
    let error = native.create_settings_flow(&NewFlow::new()).await.unwrap_err();
    assert!(error.needs_aal2(), "{error:?}");
    let flow = native.create_login_flow(&NewFlow::new().with_aal(&Aal::Aal2)).await.unwrap();
    assert_eq!(flow.requested_aal, Some(Aal::Aal2));
    let wrong = native.submit_login_flow(&flow, LoginBody::totp("000000")).await.unwrap();
    assert!(matches!(wrong, Submitted::Invalid(_)), "{wrong:?}");
    let login = done(native.submit_login_flow(&flow, LoginBody::totp(&person.code())).await.unwrap());
    assert!(login.session.has_second_factor());

    if !it.is_strict() {
        backup_codes(&it, &native, &person).await;
    }
    if it.era < Era::V1_1 {
        // Before 1.1 Kratos signs a browser in, and whoami requires the second factor.
        return;
    }
    // A browser with a second factor is redirected to the step-up.
    let browser = it.client.browser(&kratos_core::client::BrowserCookies::none());
    let (flow, set) = browser.create_login_flow(&NewFlow::new()).await.unwrap().into_parts();
    let mut jar = kratos_tests::http::Jar::default();
    crate::context::absorb(&mut jar, &set);
    let browser = it.client.browser(&crate::context::cookies(&jar));
    let body = LoginBody::password(&person.email, &person.password);
    let (outcome, set) = browser.submit_login_flow(&flow, body).await.unwrap().into_parts();
    assert!(!set.is_empty(), "the session cookie comes with the 422");
    let Submitted::Redirect(go_to) = outcome else { panic!("no step-up: {outcome:?}") };
    assert!(go_to.url.query().unwrap_or_default().contains("aal=aal2"), "{go_to:?}");
}

pub(crate) async fn expired(server: &'static Server) {
    let it = Context::new(server);
    if !it.is_strict() {
        return;
    }
    let person = server.sign_up().await;
    let native = it.client.native();
    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(6)).await;
    let error = native.get_login_flow(flow.id).await.unwrap_err();
    assert!(error.is_expired(), "{error:?}");
    let body = LoginBody::password(&person.email, &person.password);
    let outcome = native.submit_login_flow(&flow, body.clone()).await.unwrap();
    let Submitted::Expired(expired) = outcome else { panic!("not expired: {outcome:?}") };
    let next = expired.use_flow_id.expect("the flow that replaces it");
    let _ = done(native.submit_login_flow(next, body).await.unwrap());
}

/// Creates, confirms and uses backup codes.
async fn backup_codes(it: &Context, native: &kratos_core::client::Native<'_>, person: &Person) {
    let flow = native.create_settings_flow(&NewFlow::new()).await.unwrap();
    let body = SettingsBody::regenerate_lookup_secrets();
    let outcome = native.submit_settings_flow(&flow, body).await.unwrap();
    let flow = match outcome {
        Submitted::NextStep(flow) => flow,
        Submitted::Done(saved) => saved.flow.unwrap(),
        other => panic!("no codes: {other:?}"),
    };
    let code = flow.ui.nodes.iter().find_map(|node| match &node.attributes {
        kratos_core::model::flow::ui::Attributes::Text(text)
            if text.id.as_deref() == Some("lookup_secret_codes") =>
        {
            let secrets: Vec<serde_json::Value> = text.text.as_ref()?.context_value("secrets")?;
            Some(secrets.first()?["context"]["secret"].as_str()?.to_owned())
        }
        _ => None,
    });
    let code = code.expect("backup codes");
    let body = SettingsBody::confirm_lookup_secrets();
    let _ = done(native.submit_settings_flow(&flow, body).await.unwrap());
    let aal1 = SecretText::new(person.token().await);
    let native = it.client.native().with_session_token(&aal1);
    let flow = native.create_login_flow(&NewFlow::new().with_aal(&Aal::Aal2)).await.unwrap();
    let login = done(native.submit_login_flow(&flow, LoginBody::lookup_secret(&code)).await.unwrap());
    assert!(login.session.has_second_factor());
}
