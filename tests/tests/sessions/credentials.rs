//! The selected credential and its session.

use crate::app::scenarios;
use crate::app::{App, Site, active, assert_led, assert_refused, cookie as shown, error_id, resolve};
use kratos_core::credential::Credential;
use kratos_core::resolve::Resolution;
use kratos_tests::http::{Answer, Jar};
use kratos_tests::suite::Scenario;

pub(crate) const ALL: &[Scenario] = scenarios![
    none: "no credential: a program gets 401, a page is redirected to login, a public route is open", [];
    token: "a session token opens the session", [];
    bearer: "a bearer token opens the session", [];
    cookie: "a session cookie opens the session", [];
    garbage: "an invalid credential is anonymous", [];
    foreign: "foreign credentials are not sent to Kratos", [];
    explicit_wins: "a session token takes precedence over a cookie", [];
    among_others: "a session cookie is found among others, even with non-text bytes", [];
    duplicate_after: "an unreadable cookie after the session cookie does not lock the user out", [];
    duplicate_before: "an unreadable cookie before the session cookie does not lock the user out", [];
    duplicate_signed_out: "a signed-out cookie beside a valid one is a session or anonymous", [];
    typed_traits: "traits deserialize into the application's type, and a mismatch keeps the session", [];
    jwt: "a JWT is not a credential by default", [Tokenize];
];

async fn none(server: &Site) {
    let app = App::of(server).await;
    assert_refused(&app.get("/me", &[]).await, 401, "session_inactive");
    assert_eq!(app.get("/maybe", &[]).await.body, "anonymous");
    assert_eq!(app.get("/open", &[]).await.body, "open");

    let led = app.page("/me?tab=1&x=%C3%A4", &mut Jar::default()).await;
    assert_led(&led, server, "login", &[("return_to", &app.return_to("/me?tab=1&x=%C3%A4"))]);
    let led = app.page("/deep/me", &mut Jar::default()).await;
    assert_led(&led, server, "login", &[("return_to", &app.return_to("/deep/me"))]);
    let posted = app.request(reqwest::Method::POST, "/me").header("accept", "text/html");
    assert_eq!(Answer::of(posted).await.status, 401, "a form is never redirected");
}

async fn token(server: &Site) {
    let ada = server.sign_up().await;
    let token = ada.token().await;
    let session = active(resolve(server, &Credential::session_token(&token)).await);
    let identity = session.identity.as_ref().unwrap();
    assert_eq!(identity.id, ada.identity_id);
    assert_eq!(identity.traits.as_ref().unwrap().to_value()["email"], ada.email);
    assert!(session.authenticated_at.is_some() && session.expires_at.is_some(), "{session:?}");

    let app = App::of(server).await;
    let told = app.get("/session", &[("x-session-token", &token)]).await.expect(&[200]);
    assert_eq!(told.json(), ada.session_of_token(&token).await, "exactly as Kratos sent it");
    assert!(told.header("cache-control").unwrap().contains("private"), "{told:?}");
    assert!(!told.asked.contains(&token));
}

async fn bearer(server: &Site) {
    let ada = server.sign_up().await;
    let (app, bearer) = (App::of(server).await, format!("Bearer {}", ada.token().await));
    assert_eq!(app.get("/me", &[("authorization", &bearer)]).await.body, ada.identity_id.to_string());
}

async fn in_a_browser(server: &Site) -> (kratos_tests::driver::Person, Jar, App) {
    let ada = server.sign_up().await;
    let jar = ada.browser().await;
    (ada, jar, App::of(server).await)
}

async fn cookie(server: &Site) {
    let (ada, mut jar, app) = in_a_browser(server).await;
    assert_eq!(active(resolve(server, &shown(&jar)).await).identity.as_ref().unwrap().id, ada.identity_id);
    let me = app.page("/me", &mut jar).await.expect(&[200]);
    assert_eq!(me.body, ada.identity_id.to_string());
    assert_eq!(app.page("/deep/me", &mut jar).await.body, ada.identity_id.to_string());
}

async fn garbage(server: &Site) {
    let app = App::of(server).await;
    for token in ["ory_st_jz10viPZoqPkoQniUucDSkaekvrRDBmw", "KP7o636YNw1B7hNdWw7lisMe9OtlPZ8f"] {
        let found = resolve(server, &Credential::session_token(token)).await;
        assert!(matches!(found, Resolution::Anonymous), "{found:?}");
        assert_refused(&app.get("/me", &[("x-session-token", token)]).await, 401, "session_inactive");
        assert_eq!(app.get("/maybe", &[("x-session-token", token)]).await.body, "anonymous");
    }
    for value in ["MTcwNDA2NzIwMHxnYXJiYWdlfDEyMzQ=", "x", "%00%ff", "\"quoted\""] {
        let cookies = format!("ory_kratos_session={value}");
        let found = resolve(server, &Credential::cookie(&cookies)).await;
        assert!(matches!(found, Resolution::Anonymous), "{value}: {found:?}");
        assert_refused(&app.get("/me", &[("cookie", &cookies)]).await, 401, "session_inactive");
    }
}

async fn foreign(server: &Site) {
    let (ada, jar, app) = in_a_browser(server).await;
    let cookies = jar.header().unwrap();
    for foreign in [
        ("authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSJ9.c2ln"),
        ("authorization", "Basic YWRhOmxvdmVsYWNl"),
        ("x-session-token", "token-of-another-system"),
    ] {
        let me = app.get("/me", &[foreign, ("cookie", &cookies)]).await;
        assert_eq!(me.body, ada.identity_id.to_string(), "{foreign:?}: {me:?}");
        assert_refused(&app.get("/me", &[foreign]).await, 401, "session_inactive");
    }
}

async fn explicit_wins(server: &Site) {
    let (ada, jar, app) = in_a_browser(server).await;
    let bob = server.sign_up().await;
    let (token, cookies) = (bob.token().await, jar.header().unwrap());
    let bearer = format!("Bearer {token}");
    for header in [("x-session-token", token.as_str()), ("authorization", &bearer)] {
        let me = app.get("/me", &[header, ("cookie", &cookies)]).await;
        assert_eq!(me.body, bob.identity_id.to_string(), "{me:?}");
    }
    assert_ne!(ada.identity_id, bob.identity_id);
}

async fn among_others(server: &Site) {
    let (ada, jar, app) = in_a_browser(server).await;
    let session = jar.get("ory_kratos_session").unwrap();
    for cookies in [
        format!("a=1; ory_kratos_session={session}; b=2"),
        format!("csrf_token_x=a+/=;ory_kratos_session={session}"),
        format!("; =; junk; ory_kratos_session={session}; ory_kratos_session_other=x"),
    ] {
        assert_eq!(
            app.get("/me", &[("cookie", &cookies)]).await.body,
            ada.identity_id.to_string(),
            "{cookies}"
        );
    }
    let mut bytes = b"strange=\xff\xfe; ory_kratos_session=".to_vec();
    bytes.extend_from_slice(session.as_bytes());
    let cookies = http::HeaderValue::from_bytes(&bytes).unwrap();
    let asked = Answer::of(app.request(reqwest::Method::GET, "/me").header("cookie", cookies)).await;
    assert_eq!(asked.body, ada.identity_id.to_string());
}

const GARBAGE: &str = "MTcwNDA2NzIwMHxnYXJiYWdlfDEyMzQ=";

async fn duplicate_after(server: &Site) {
    let (ada, jar, app) = in_a_browser(server).await;
    let cookies = format!("{}; ory_kratos_session={GARBAGE}", jar.header().unwrap());
    let me = app.get("/me", &[("cookie", &cookies)]).await;
    assert_eq!(me.body, ada.identity_id.to_string(), "{me:?}");
}

async fn duplicate_before(server: &Site) {
    let (ada, jar, app) = in_a_browser(server).await;
    let cookies = format!("ory_kratos_session={GARBAGE}; {}", jar.header().unwrap());
    let me = app.get("/me", &[("cookie", &cookies)]).await;
    assert_eq!(me.body, ada.identity_id.to_string(), "{me:?}");
}

async fn duplicate_signed_out(server: &Site) {
    let (ada, jar, app) = in_a_browser(server).await;
    let valid = jar.get("ory_kratos_session").unwrap();
    let mut other = ada.browser().await;
    let ended = other.get("ory_kratos_session").unwrap().to_owned();
    ada.sign_out_browser(&mut other).await;
    // Both decode, and Kratos reads one of them: the outcome is a session or anonymous.
    for (first, second) in [(valid, ended.as_str()), (ended.as_str(), valid)] {
        let cookies = format!("ory_kratos_session={first}; ory_kratos_session={second}");
        let me = app.get("/me", &[("cookie", &cookies)]).await;
        let in_or_out = me.status == 200 || (me.status == 401 && error_id(&me) == "session_inactive");
        assert!(in_or_out, "{me:?}");
    }
}

async fn typed_traits(server: &Site) {
    let ada = server.sign_up().await;
    let (app, token) = (App::of(server).await, ada.token().await);
    let credential = [("x-session-token", token.as_str())];
    let traits = app.get("/traits", &credential).await.expect(&[200]);
    assert_eq!(traits.body, format!("Ada {}", ada.email));
    let wrong = app.get("/ship", &credential).await;
    assert_refused(&wrong, 500, "invalid_configuration");
    assert!(!String::from_utf8_lossy(&wrong.body).contains(&ada.email), "{wrong:?}");
    assert_eq!(
        app.get("/me", &credential).await.body,
        ada.identity_id.to_string(),
        "the session is not lost"
    );
}

async fn jwt(server: &Site) {
    let ada = server.sign_up().await;
    let (app, token) = (App::of(server).await, ada.token().await);
    let template = server.token_template.as_deref().expect("a template");
    let asked = server.public(&format!("/sessions/whoami?tokenize_as={template}"));
    let asked = kratos_tests::http::client().get(asked).header("x-session-token", &token);
    let jwt = Answer::of(asked).await.expect(&[200]).json()["tokenized"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {jwt}");
    for header in [("authorization", bearer.as_str()), ("x-session-token", &jwt)] {
        assert_refused(&app.get("/me", &[header]).await, 401, "session_inactive");
    }
}
