//! AAL2.

use crate::app::scenarios;
use crate::app::{App, Site, active, assert_led, assert_refused, cookie, query, resolve};
use kratos_core::credential::Credential;
use kratos_core::model::Aal;
use kratos_core::resolve::Resolution;
use kratos_tests::suite::Scenario;

pub(crate) const ALL: &[Scenario] = scenarios![
    stepping_up: "an enrolled user must step up, then passes", [SecondFactor];
    stepping_up_natively: "a native app must step up, then passes", [SecondFactor];
    enrolling: "a user without a second factor is redirected to enrolment", [SecondFactor];
    unknown_levels: "an AAL2 route refuses sessions without assurance levels", [NoLevels];
];

async fn stepping_up(server: &Site) {
    let ada = server.sign_up_with_totp().await;
    let (app, mut jar) = (App::of(server).await, ada.browser().await);
    let Resolution::Aal2Required(demand) = resolve(server, &cookie(&jar)).await else { panic!("no step-up") };
    let to = demand.redirect_browser_to.expect("where to");
    assert_eq!(query(to.as_str(), "aal").as_deref(), Some("aal2"), "{to}");
    // Kratos requires AAL2 of all her sessions, so every guarded route does.
    for path in ["/vault", "/me?tab=1", "/deep/me"] {
        let led = app.page(path, &mut jar).await;
        assert_led(&led, server, "login", &[("aal", "aal2"), ("return_to", &app.return_to(path))]);
    }
    let refused = app.get("/maybe", &[("cookie", &jar.header().unwrap())]).await;
    assert_refused(&refused, 403, "session_aal2_required");

    let mut jar = ada.browser_aal2().await;
    let session = active(resolve(server, &cookie(&jar)).await);
    assert_eq!(session.authenticator_assurance_level, Some(Aal::Aal2));
    assert!(session.has_second_factor());
    assert_eq!(app.page("/vault", &mut jar).await.body, "aal2");
    assert_eq!(app.page("/me", &mut jar).await.body, ada.identity_id.to_string());
}

async fn stepping_up_natively(server: &Site) {
    let ada = server.sign_up_with_totp().await;
    let (app, token) = (App::of(server).await, ada.token().await);
    let found = resolve(server, &Credential::session_token(&token)).await;
    assert!(matches!(found, Resolution::Aal2Required(_)), "{found:?}");
    for path in ["/vault", "/me"] {
        let refused = app.get(path, &[("x-session-token", &token)]).await;
        assert_refused(&refused, 403, "session_aal2_required");
        let to = refused.json()["redirect_browser_to"].as_str().expect("where to").to_owned();
        assert_eq!(query(&to, "aal").as_deref(), Some("aal2"), "{to}");
    }
    let token = ada.token_aal2().await;
    assert_eq!(app.get("/vault", &[("x-session-token", &token)]).await.body, "aal2");
}

async fn enrolling(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar, token) = (App::of(server).await, ada.browser().await, ada.token().await);
    let led = app.page("/vault", &mut jar).await;
    assert_led(&led, server, "settings", &[("return_to", &app.return_to("/vault"))]);
    let refused = app.get("/vault", &[("x-session-token", &token)]).await;
    assert_refused(&refused, 403, "session_aal2_required");
    assert_eq!(app.page("/me", &mut jar).await.status, 200, "everything else is open");
}

async fn unknown_levels(server: &Site) {
    let ada = server.sign_up().await;
    let (app, mut jar, token) = (App::of(server).await, ada.browser().await, ada.token().await);
    // A browser gets a page, a program the error's id.
    let page = app.page("/vault", &mut jar).await;
    assert_eq!(page.status, 403);
    assert!(String::from_utf8_lossy(&page.body).contains("A second factor is required"));
    let refused = app.get("/vault", &[("x-session-token", &token)]).await;
    assert_refused(&refused, 403, "session_aal2_required");
    assert_eq!(app.page("/me", &mut jar).await.status, 200);
}
