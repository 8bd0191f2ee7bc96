//! The client for a browser: cookies, CSRF tokens, cookies to relay.

use std::time::Duration;

use kratos_core::client::__private::Operation as O;
use kratos_core::client::submit::{LoginBody, RegistrationBody, SettingsBody};
use kratos_core::client::{Era, NewFlow, RedirectReason, Submitted};
use kratos_core::credential::Credential;
use kratos_core::model::flow::Flow as _;
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use serde_json::json;

use crate::context::{Context, NewUser, absorb, cookies, done};

/// Returns the session cookie only, as a guard sends it to whoami.
fn session_cookie(jar: &Jar) -> Credential {
    let value = jar.get("ory_kratos_session").expect("a session cookie");
    Credential::cookie(format!("ory_kratos_session={value}"))
}

pub(crate) async fn sign_up_and_in(server: &'static Server) {
    let it = Context::new(server);
    let operations = [
        O::CreateBrowserRegistrationFlow,
        O::CreateBrowserLoginFlow,
        O::GetRegistrationFlow,
        O::GetLoginFlow,
        O::UpdateRegistrationFlow,
        O::UpdateLoginFlow,
    ];
    let ada = NewUser::new();
    let mut jar = Jar::default();
    let answer = it.client.browser(&cookies(&jar)).create_registration_flow(&NewFlow::new()).await;
    if it.lacks(&answer, &operations) {
        let logouts = [O::CreateBrowserLogoutFlow, O::UpdateLogoutFlow];
        it.not_offered(&logouts, "the testkit does not serve it");
        return;
    }
    let (flow, set) = answer.unwrap().into_parts();
    absorb(&mut jar, &set);
    let (again, set) =
        it.client.browser(&cookies(&jar)).get_registration_flow(flow.id).await.unwrap().into_parts();
    assert_eq!((again.id, set.is_empty() || it.is_old()), (flow.id, true));
    let browser = it.client.browser(&cookies(&jar));
    let weak = browser.submit_registration_flow(&flow, RegistrationBody::password(ada.traits(), "1")).await;
    let (weak, set) = weak.unwrap().into_parts();
    absorb(&mut jar, &set);
    let Submitted::Invalid(flow) = weak else { panic!("a weak password was accepted: {weak:?}") };
    let body = RegistrationBody::password(ada.traits(), &ada.password);
    let answer = it.client.browser(&cookies(&jar)).submit_registration_flow(&flow, body).await.unwrap();
    let (new, set) = answer.into_parts();
    let new = done(new);
    absorb(&mut jar, &set);
    assert_eq!(new.identity.traits::<serde_json::Value>().unwrap()["email"], ada.email);

    // A new browser signs in.
    let mut jar = Jar::default();
    let answer = it.client.browser(&cookies(&jar)).create_login_flow(&NewFlow::new()).await.unwrap();
    let (flow, set) = answer.into_parts();
    assert!(!set.is_empty(), "the CSRF cookie");
    assert!(flow.csrf_token().is_some());
    if !it.is_old() || it.era == Era::V0_7 {
        let error = it.client.browser(&cookies(&Jar::default())).get_login_flow(flow.id).await.unwrap_err();
        assert!(error.status().unwrap() == 403 && error.cookies().is_empty(), "{error:?}");
    }
    absorb(&mut jar, &set);
    let browser = it.client.browser(&cookies(&jar));
    assert_eq!(browser.get_login_flow(flow.id).await.unwrap().drop_cookies().id, flow.id);
    let wrong = browser.submit_login_flow(&flow, LoginBody::password(&ada.email, "wrong")).await.unwrap();
    let wrong = wrong.drop_cookies();
    assert!(matches!(wrong, Submitted::Invalid(_)), "{wrong:?}");
    let without = browser.submit_login_flow(flow.id, LoginBody::password(&ada.email, &ada.password)).await;
    match without {
        Err(error) => assert!(error.is_csrf(), "missing CSRF token: {error:?}"),
        // 0.6 redirects the browser to the error page.
        Ok(answer) => {
            assert!(it.era == Era::V0_6 && matches!(answer.peek(), Submitted::Redirect(_)), "{answer:?}");
        }
    }
    let body = LoginBody::password(&ada.email, &ada.password);
    let (login, set) = browser.submit_login_flow(&flow, body).await.unwrap().into_parts();
    let login = done(login);
    assert!(login.session_token.is_none(), "a browser receives a cookie, no session token");
    absorb(&mut jar, &set);
    let session = it.client.to_session(&session_cookie(&jar)).await.unwrap().drop_cookies();
    assert_eq!(session.identity().unwrap().id, new.identity.id);

    // With an active session only a refresh creates a login flow.
    let browser = it.client.browser(&cookies(&jar));
    let error = browser.create_login_flow(&NewFlow::new()).await.unwrap_err();
    assert!(
        error.is_already_signed_in() || error.redirect_browser_to().is_some() || error.is_invalid(),
        "{error:?}"
    );
    let refresh = browser.create_login_flow(&NewFlow::new().with_refresh()).await.unwrap().drop_cookies();
    assert!(refresh.is_refresh());
    it.passed(&operations);
    sign_out(&it, jar).await;
}

async fn sign_out(it: &Context, mut jar: Jar) {
    let credential = session_cookie(&jar);
    let browser = it.client.browser(&cookies(&jar));
    if it.offers(O::CreateBrowserLogoutFlow) {
        let anonymous =
            it.client.browser(&cookies(&Jar::default())).create_logout_flow(None).await.unwrap_err();
        assert!(anonymous.is_unauthenticated(), "{anonymous:?}");
        let (logout, set) = browser.create_logout_flow(None).await.unwrap().into_parts();
        absorb(&mut jar, &set);
        let token = logout.token().expect("a logout token");
        let wrong = browser.submit_logout_flow(&"ory_lo_wrong".into(), None).await.unwrap_err();
        assert!(!wrong.is_unavailable(), "{wrong:?}");
        let answer = it.client.browser(&cookies(&jar)).submit_logout_flow(&token, None).await.unwrap();
        let (_, set) = answer.into_parts();
        absorb(&mut jar, &set);
        it.passed(&[O::CreateBrowserLogoutFlow, O::UpdateLogoutFlow]);
    } else {
        let (url, set) = browser.logout(None).await.unwrap().into_parts();
        assert!(url.is_some());
        absorb(&mut jar, &set);
        it.passed(&[O::InitializeBrowserLogout]);
    }
    // In 0.6 and 0.7, logout deletes the cookie and does not end the session.
    if !it.is_old() {
        assert!(it.client.to_session(&credential).await.unwrap_err().is_unauthenticated());
    }
    assert!(jar.get("ory_kratos_session").is_none(), "the session cookie is deleted");
}

pub(crate) async fn settings(server: &'static Server) {
    let it = Context::new(server);
    let operations =
        [O::CreateBrowserSettingsFlow, O::GetSettingsFlow, O::UpdateSettingsFlow, O::FollowSettingsFlow];
    let anonymous = it.client.browser(&cookies(&Jar::default())).create_settings_flow(&NewFlow::new()).await;
    if it.lacks(&anonymous, &operations) {
        return;
    }
    let error = anonymous.unwrap_err();
    assert!(error.is_unauthenticated() || error.redirect_browser_to().is_some(), "{error:?}");
    let person = server.sign_up().await;
    let mut jar = person.browser().await;
    let browser = it.client.browser(&cookies(&jar));
    let (flow, set) = browser.create_settings_flow(&NewFlow::new()).await.unwrap().into_parts();
    absorb(&mut jar, &set);
    let browser = it.client.browser(&cookies(&jar));
    assert_eq!(browser.get_settings_flow(flow.id).await.unwrap().drop_cookies().id, flow.id);
    let traits = json!({"email": person.email, "name": {"first": "Grace", "last": "Hopper"}});
    let (saved, set) =
        browser.submit_settings_flow(&flow, SettingsBody::profile(traits)).await.unwrap().into_parts();
    absorb(&mut jar, &set);
    assert_eq!(
        done(saved).identity().unwrap().traits::<serde_json::Value>().unwrap()["name"]["first"],
        "Grace"
    );
    it.passed(&[O::CreateBrowserSettingsFlow, O::GetSettingsFlow, O::UpdateSettingsFlow]);

    let browser = it.client.browser(&cookies(&jar));
    let (flow, set) = browser.create_settings_flow(&NewFlow::new()).await.unwrap().into_parts();
    absorb(&mut jar, &set);
    if it.is_strict() {
        tokio::time::sleep(Duration::from_secs(3)).await;
        let new = SettingsBody::password("Zq9-another-one-0123456789");
        let answer = it.client.browser(&cookies(&jar)).submit_settings_flow(&flow, new).await.unwrap();
        let (outcome, set) = answer.into_parts();
        absorb(&mut jar, &set);
        let Submitted::Redirect(go_to) = outcome else { panic!("no refresh: {outcome:?}") };
        assert_eq!(go_to.reason, RedirectReason::Refresh);
        assert!(jar.get("ory_kratos_continuity").is_some(), "the continuity cookie is relayed");
        // After the refresh Kratos resumes the change.
        let refresh = NewFlow::new().with_refresh();
        let answer = it.client.browser(&cookies(&jar)).create_login_flow(&refresh).await.unwrap();
        let (login_flow, set) = answer.into_parts();
        absorb(&mut jar, &set);
        let body = LoginBody::password(&person.email, &person.password);
        let answer = it.client.browser(&cookies(&jar)).submit_login_flow(&login_flow, body).await.unwrap();
        let (login, set) = answer.into_parts();
        let _ = done(login);
        absorb(&mut jar, &set);
    }
    let id = flow.id.to_string();
    let answer = it.client.browser(&cookies(&jar)).follow_settings(&[("flow", &id)]).await;
    let answer = answer.unwrap();
    assert!(answer.peek().as_str().contains("/settings"), "{}", answer.peek().path());
    drop(answer.drop_cookies());
    if it.is_strict() {
        let flow = it.client.browser(&cookies(&jar)).get_settings_flow(flow.id).await.unwrap().drop_cookies();
        assert!(flow.is_done(), "the change was not resumed: {:?}", flow.state());
    }
    it.passed(&[O::FollowSettingsFlow]);
}
