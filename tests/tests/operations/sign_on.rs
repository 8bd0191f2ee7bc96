//! Single sign-on with a provider that runs in this suite.

use kratos_core::client::__private::Operation as O;
use kratos_core::client::submit::{LoginBody, RegistrationBody};
use kratos_core::client::{Era, NewFlow, Submitted};
use kratos_core::credential::Credential;
use kratos_core::model::SecretText;
use kratos_core::model::flow::Flow;
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use kratos_tests::provider::{self, parameter};
use url::Url;

use crate::context::{Context, NewUser, absorb, cookies};

fn is_provider(it: &Context, url: &Url) -> bool {
    url.as_str().starts_with(provider::issuer_for(it.server))
}

fn to_provider<F: Flow>(it: &Context, outcome: Submitted<F>) -> Url {
    match outcome {
        Submitted::Redirect(go_to) => {
            assert!(is_provider(it, &go_to.url), "a submit redirected to {go_to:?}");
            go_to.url
        }
        other => panic!("not redirected to the provider: {other:?}"),
    }
}

async fn login_flow(it: &Context, jar: &mut Jar) -> kratos_core::model::flow::LoginFlow {
    let answer = it.client.browser(&cookies(jar)).create_login_flow(&NewFlow::new()).await.unwrap();
    let (flow, set) = answer.into_parts();
    absorb(jar, &set);
    flow
}

async fn signed_in_email(it: &Context, jar: &Jar) -> String {
    let cookie = jar.get("ory_kratos_session").expect("a session cookie");
    let credential = Credential::cookie(format!("ory_kratos_session={cookie}"));
    let session = it.client.to_session(&credential).await.unwrap().drop_cookies();
    session.identity().unwrap().traits::<serde_json::Value>().unwrap()["email"].as_str().unwrap().to_owned()
}

pub(crate) async fn browser(server: &'static Server) {
    let it = Context::new(server);
    let operations = [
        O::FollowLoginFlow,
        O::FollowRegistrationFlow,
        O::OidcCallback,
        O::OidcCallbackByPost,
        O::OidcCallbackOfAny,
    ];
    if it.is_old() {
        let known: Vec<_> = operations.into_iter().filter(|operation| it.offers(*operation)).collect();
        it.not_offered(&known, "single sign-on is not configured on the lab's 0.6 and 0.7");
        let error =
            it.client.browser(&cookies(&Jar::default())).oidc_callback("lab", &[("state", "x")]).await;
        assert!(error.unwrap_err().is_not_found(), "Kratos has no such provider");
        return;
    }
    provider::start_for(server).await;
    let ada = NewUser::new();

    // By the form. The callback registers the user, who has no account yet.
    let mut jar = Jar::default();
    let flow = login_flow(&it, &mut jar).await;
    let browser = it.client.browser(&cookies(&jar));
    let (outcome, set) = browser.submit_login_flow(&flow, LoginBody::oidc("lab")).await.unwrap().into_parts();
    absorb(&mut jar, &set);
    let url = to_provider(&it, outcome);
    let (code, state) = provider::code(&ada.email, &url).await;
    let query = [("code", code.as_str()), ("state", state.as_str())];
    let browser = it.client.browser(&cookies(&jar));
    // 1.3.1 accepts a post without a CSRF token for this provider only.
    let apple = if it.era < Era::V26 { "apple" } else { "lab" };
    let posted = browser.oidc_callback_by_post(apple, &query).await.unwrap().drop_cookies();
    assert!(posted.path().ends_with(&format!("/callback/{apple}")), "{}", posted.path());
    let (url, set) = browser.oidc_callback("lab", &query).await.unwrap().into_parts();
    absorb(&mut jar, &set);
    assert!(jar.get("ory_kratos_session").is_some(), "redirected to {} without a session", url.path());
    assert_eq!(signed_in_email(&it, &jar).await, ada.email);

    // By a link, and the callback without the provider's name.
    let mut jar = Jar::default();
    let id = login_flow(&it, &mut jar).await.id.to_string();
    let answer =
        it.client.browser(&cookies(&jar)).follow_login(&[("flow", &id), ("provider", "lab")]).await.unwrap();
    let (url, set) = answer.into_parts();
    absorb(&mut jar, &set);
    let (code, state) = provider::code(&ada.email, &url).await;
    let browser = it.client.browser(&cookies(&jar));
    let query = [("code", code.as_str()), ("state", state.as_str())];
    let answer = if it.offers(O::OidcCallbackOfAny) {
        browser.oidc_callback_of_any(&query).await.unwrap()
    } else {
        browser.oidc_callback("lab", &query).await.unwrap()
    };
    absorb(&mut jar, &answer.into_parts().1);
    assert_eq!(signed_in_email(&it, &jar).await, ada.email);

    // Registration, by a link and by the form.
    let mut jar = Jar::default();
    let answer = it.client.browser(&cookies(&jar)).create_registration_flow(&NewFlow::new()).await.unwrap();
    let (flow, set) = answer.into_parts();
    absorb(&mut jar, &set);
    let browser = it.client.browser(&cookies(&jar));
    let id = flow.id.to_string();
    let url = browser
        .follow_registration(&[("flow", &id), ("method", "oidc"), ("provider", "lab")])
        .await
        .unwrap()
        .drop_cookies();
    // With two-step registration 26.2.0 ignores the method of a link and redirects to the page.
    let two_steps = it.era >= Era::V26 && !it.is_strict() && url.path() == "/registration";
    assert!(is_provider(&it, &url) || two_steps, "a link redirected to {}", url.path());
    let outcome = browser.submit_registration_flow(&flow, RegistrationBody::oidc("lab")).await.unwrap();
    let _ = to_provider(&it, outcome.drop_cookies());

    // A callback without a flow.
    let url =
        it.client.browser(&cookies(&Jar::default())).oidc_callback("lab", &[("state", "x")]).await.unwrap();
    assert!(url.drop_cookies().path().contains("error"), "not redirected to the error page");
    let offered: Vec<_> = operations.into_iter().filter(|operation| it.offers(*operation)).collect();
    it.passed(&offered);
}

pub(crate) async fn native(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::ExchangeSessionToken) {
        return;
    }
    let none = it.client.native().exchange_session_token(&"none".into(), &"none".into()).await;
    if it.lacks(&none, &[O::ExchangeSessionToken]) {
        return;
    }
    assert!(none.unwrap_err().is_not_found());
    provider::start_for(server).await;
    let ada = NewUser::new();
    let native = it.client.native();
    let options = NewFlow::new().with_session_token_exchange_code().with_return_to(server.app_url.clone());
    let flow = native.create_login_flow(&options).await.unwrap();
    let init = flow.session_token_exchange_code.clone().expect("the first code");
    let url = to_provider(&it, native.submit_login_flow(&flow, LoginBody::oidc("lab")).await.unwrap());
    let (code, state) = provider::code(&ada.email, &url).await;
    // The provider redirects the system's browser, which has no cookies of this app.
    let browser = it.client.browser(&cookies(&Jar::default()));
    let back =
        browser.oidc_callback("lab", &[("code", &code), ("state", &state)]).await.unwrap().drop_cookies();
    let second =
        SecretText::new(parameter(&back, "code").unwrap_or_else(|| panic!("no code in {}", back.path())));
    let exchanged = native.exchange_session_token(&init, &second).await.unwrap().done().unwrap();
    let token = exchanged.session_token.expect("a session token");
    let session = it.client.to_session(&Credential::session_token(token.expose_secret())).await.unwrap();
    assert_eq!(session.drop_cookies().id, exchanged.session.id);
    it.passed(&[O::ExchangeSessionToken]);
}

pub(crate) async fn network_only(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::CreateFedcmFlow) {
        return;
    }
    let browser = it.client.browser(&cookies(&Jar::default()));
    assert!(browser.create_fedcm_flow().await.unwrap_err().is_unsupported());
    let posted = browser.submit_fedcm_flow("c", &"t".into(), None).await.unwrap_err();
    assert!(posted.is_unsupported() || posted.is_csrf(), "{posted:?}");
    it.not_offered(&[O::CreateFedcmFlow, O::UpdateFedcmFlow], "only the Ory Network serves it");
}
