//! Signing out.

use super::frameworks::BOTH;
use super::page::{cached, headers, location, sessions, sessions_at};
use kratos_core::policy::GuardResponse as Answered;
use kratos_core::policy::{RequestView, Requirement};
use kratos_core::{Kratos, Rejection};
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;

pub(crate) const ALL: &[Scenario] = scenarios![
    by_post: "signing out revokes the session, deletes the cookie and redirects back", [];
    by_handlers: "the handlers of axum and actix-web sign out alike", [];
    from_the_cache: "signing out drops the cached session, in axum and actix-web, and no other", [];
    across_sites: "another site can neither sign a user out nor choose the redirect", [];
];

async fn logout(
    sessions: Kratos,
    method: &str,
    path: &str,
    headers: &http::HeaderMap,
) -> Result<Answered, Answered> {
    let session = sessions.request(headers);
    session.bind(&RequestView::new(method, path, headers)).logout().await.map_err(Rejection::into_response)
}

async fn whoami(server: &Server, jar: &Jar) -> u16 {
    let request =
        client().get(server.public("/sessions/whoami")).header("cookie", jar.header().unwrap_or_default());
    Answer::of(request.header("accept", "application/json")).await.status.as_u16()
}

async fn by_post(server: &'static Server) {
    let jar = server.sign_up().await.browser().await;
    let path = format!("/logout?return_to={}/goodbye", server.app_url);
    let same_site = headers(&jar, &[("sec-fetch-site", "same-origin")]);
    // If Kratos is unreachable, the user stays signed in.
    let away = logout(sessions_at(server, "http://127.0.0.1:9"), "POST", &path, &same_site).await;
    assert_eq!(away.unwrap_err().status, 503);
    assert_eq!(whoami(server, &jar).await, 200);

    let answer = logout(sessions(server), "POST", &path, &same_site).await.unwrap();
    assert_eq!(location(&answer).as_str(), format!("{}/goodbye", server.app_url));
    assert_eq!(whoami(server, &jar).await, 401, "the session is revoked, with or without its cookie");
    let mut after = jar;
    after.absorb(&answer.headers);
    // Signing out twice is not an error.
    let again = headers(&after, &[("origin", &server.app_url)]);
    let answer = logout(sessions(server), "POST", "/logout", &again).await.unwrap();
    assert_eq!(location(&answer).as_str(), format!("{}/", server.app_url));
}

/// The handlers of axum and actix-web behave alike.
async fn by_handlers(server: &'static Server) {
    let ada = server.sign_up().await;
    for framework in BOTH {
        let jar = ada.browser().await;
        let (foreign, own) = (headers(&jar, &[("sec-fetch-site", "cross-site")]), headers(&jar, &[]));
        let got = framework.ask(sessions(server), "GET", "/logout", &own).await;
        assert_eq!(got.status, 405, "{framework:?}: a link does not sign out");
        for (headers, status) in [(foreign, 403), (own, 303)] {
            let got = framework.ask(sessions(server), "POST", "/logout", &headers).await;
            assert_eq!(got.status, status, "{framework:?}: {got:?}");
            if status == 303 {
                // `selfservice.flows.logout.after.default_browser_return_url` of every server.
                assert_eq!(got.header("location"), format!("{}/login", server.app_url));
            }
        }
        assert_eq!(whoami(server, &jar).await, 401, "{framework:?}");
    }
}

/// The session would stay cached for an hour.
async fn from_the_cache(server: &'static Server) {
    let ada = server.sign_up().await;
    for framework in BOTH {
        let (jar, token) = (ada.browser().await, ada.token().await);
        let kratos = cached(server);
        let (by_cookie, both) = (headers(&jar, &[]), headers(&jar, &[("x-session-token", &token)]));
        let by_token = headers(&Jar::default(), &[("x-session-token", &token)]);
        let is_signed_in = async |headers: &http::HeaderMap| {
            let request = RequestView::new("GET", "/", headers);
            kratos.request(headers).require(&Requirement::signed_in(), &request).await.is_ok()
        };
        assert!(is_signed_in(&by_cookie).await && is_signed_in(&by_token).await, "{framework:?}");
        let reply = framework.ask(kratos.clone(), "POST", "/logout", &both).await;
        assert_eq!(reply.status, 303, "{framework:?}: {reply:?}");
        assert!(!is_signed_in(&by_cookie).await, "{framework:?}: served from the cache after the logout");
        assert!(is_signed_in(&by_token).await, "{framework:?}: another session remains");
    }
}

async fn across_sites(server: &'static Server) {
    let jar = server.sign_up().await.browser().await;
    for (method, foreign) in [
        ("GET", &[("sec-fetch-site", "same-origin")][..]),
        ("POST", &[("sec-fetch-site", "cross-site")]),
        ("POST", &[("sec-fetch-site", "same-site")]),
        ("POST", &[("origin", "https://evil.example")]),
        ("POST", &[("origin", "null")]),
    ] {
        let foreign = headers(&jar, foreign);
        let answer = logout(sessions(server), method, "/logout", &foreign).await.unwrap_err();
        assert_eq!(answer.status, 403, "{method}");
        assert_eq!(whoami(server, &jar).await, 200);
    }
    for elsewhere in ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"] {
        let path = format!("/logout?return_to={elsewhere}");
        let headers = headers(&Jar::default(), &[]);
        let answer = logout(sessions(server), "POST", &path, &headers).await.unwrap();
        assert_eq!(location(&answer).as_str(), format!("{}/", server.app_url), "{elsewhere}");
    }
}
