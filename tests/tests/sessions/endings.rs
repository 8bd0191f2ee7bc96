//! The end of sessions, and their extension.

use crate::app::scenarios;
use crate::app::{App, Site, active, assert_refused, cookie, resolve, resolver};
use kratos_core::credential::Credential;
use kratos_core::resolve::{Freshness, Resolution, SessionResolver as _};
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use kratos_tests::suite::Scenario;
use std::time::Duration;

pub(crate) const ALL: &[Scenario] = scenarios![
    sign_out_token: "a signed-out session token is anonymous", [];
    sign_out_browser: "a signed-out cookie is anonymous", [];
    expired: "an expired session is anonymous", [Expiry];
    revoked: "a session revoked by an admin is anonymous, others remain", [AdminRevocation];
    revoked_elsewhere: "a session revoked from another device is anonymous", [OwnRevocation];
    deleted: "the session of a deleted identity is anonymous", [];
    inactive: "the session of a deactivated identity is anonymous", [IdentityState];
    extended: "a session cookie re-issued after an extension reaches the browser", [Extension, Reissue];
    nothing_else_relayed: "no other cookie of Kratos reaches the browser", [];
];

async fn assert_anonymous(server: &Server, app: &App, credential: &Credential) {
    let found = resolve(server, credential).await;
    assert!(matches!(found, Resolution::Anonymous), "{found:?}");
    let (name, value) = credential.to_header().unwrap();
    let header = [(name.as_str(), value.to_str().unwrap())];
    assert_refused(&app.get("/me", &header).await, 401, "session_inactive");
    assert_eq!(app.get("/maybe", &header).await.body, "anonymous");
}

async fn sign_out_token(server: &Site) {
    let ada = server.sign_up().await;
    let (app, token, other) = (App::of(server).await, ada.token().await, ada.token().await);
    assert_eq!(app.get("/me", &[("x-session-token", &token)]).await.status, 200);
    ada.sign_out_token(&token).await;
    assert_anonymous(server, &app, &Credential::session_token(&token)).await;
    assert_eq!(app.get("/me", &[("x-session-token", &other)]).await.status, 200, "another session remains");
}

async fn sign_out_browser(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar) = (App::of(server).await, ada.browser().await);
    let credential = cookie(&jar);
    assert_eq!(app.page("/me", &mut jar).await.status, 200);
    ada.sign_out_browser(&mut jar).await;
    assert_anonymous(server, &app, &credential).await;
}

async fn expired(server: &Site) {
    let kratos = server.testkit.as_ref().expect("the testkit, which can create an expired session");
    let ada = kratos.identity(&format!("p{}@example.org", uuid::Uuid::new_v4().simple())).create();
    let hours_ago = kratos.session(&ada).with_authenticated_ago(Duration::from_secs(7200));
    let session = hours_ago.with_expires_in(Duration::ZERO).create();
    let app = App::of(server).await;
    assert_anonymous(server, &app, &Credential::session_token(session.session_token())).await;
    assert_anonymous(server, &app, &Credential::cookie(session.cookie())).await;
}

async fn revoked(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar, token) = (App::of(server).await, ada.browser().await, ada.token().await);
    let session = ada.session_of_browser(&mut jar).await;
    ada.revoke(&session).await;
    assert_anonymous(server, &app, &cookie(&jar)).await;
    assert_eq!(app.get("/me", &[("x-session-token", &token)]).await.status, 200, "another session remains");
}

async fn revoked_elsewhere(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar, token) = (App::of(server).await, ada.browser().await, ada.token().await);
    let session = ada.session_of_browser(&mut jar).await;
    ada.revoke_own(&token, &session).await;
    assert_anonymous(server, &app, &cookie(&jar)).await;
    assert_eq!(app.get("/me", &[("x-session-token", &token)]).await.status, 200, "the other device remains");
}

async fn deleted(server: &Site) {
    let ada = server.sign_up().await;
    let (app, jar, token) = (App::of(server).await, ada.browser().await, ada.token().await);
    ada.delete().await;
    assert_anonymous(server, &app, &cookie(&jar)).await;
    assert_anonymous(server, &app, &Credential::session_token(&token)).await;
}

async fn inactive(server: &Site) {
    let ada = server.sign_up().await;
    let (app, token) = (App::of(server).await, ada.token().await);
    ada.set_state("inactive").await;
    assert_anonymous(server, &app, &Credential::session_token(&token)).await;
}

async fn extended(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar) = (App::of(server).await, ada.browser().await);
    let (before, first) = (jar.get("ory_kratos_session").unwrap().to_owned(), cookie(&jar));
    let session = ada.session_of_browser(&mut jar).await;
    let end = active(resolve(server, &first).await).expires_at;
    // Kratos re-issues a cookie whose expiry has changed, in whole seconds.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    ada.extend(&session).await;

    let resolver = resolver(server);
    let resolved = resolver.resolve(&first, Freshness::Live).await.unwrap();
    assert_eq!(resolved.cookies.len(), 1, "{resolved:?}");
    assert!(active(resolved.resolution).expires_at > end);

    let me = app.page("/me", &mut jar).await.expect(&[200]);
    let lines: Vec<_> = me.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    assert!(lines.len() == 1 && lines[0].starts_with("ory_kratos_session="), "{lines:?}");
    assert!(lines[0].contains("HttpOnly") && lines[0].contains("Path=/"), "as Kratos wrote it: {lines:?}");
    assert!(me.header("cache-control").unwrap().contains("private"), "{me:?}");
    assert_ne!(jar.get("ory_kratos_session").unwrap(), before, "the browser has the new one");
    assert_eq!(app.page("/me", &mut jar).await.body, ada.identity_id.to_string(), "and the new one is valid");
    assert!(app.page("/open", &mut jar).await.headers.get("set-cookie").is_none(), "an open page sets none");
}

async fn nothing_else_relayed(server: &Site) {
    let ada = server.sign_up().await;
    let (app, token, full) = (App::of(server).await, ada.token().await, ada.browser().await);
    let mut jar = Jar::default();
    jar.set("ory_kratos_session", full.get("ory_kratos_session").unwrap());
    // 0.6 and 0.7 set a new CSRF cookie in every whoami response if the request carries none.
    let mut answers = vec![app.page("/me", &mut jar).await, app.page("/maybe", &mut jar).await];
    answers.push(app.get("/me", &[("x-session-token", &token)]).await);
    answers.push(app.get("/me", &[("x-session-token", "ory_st_jz10viPZoqPkoQniUucDSkaekvrRDBmw")]).await);
    for answer in answers {
        let lines: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        assert!(lines.is_empty(), "{answer:?}: {lines:?}");
    }
}
