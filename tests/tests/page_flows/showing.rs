//! Rendering flows.

use super::page::{ask, headers, location, parameter, sessions, sessions_at};
use http::StatusCode;
use kratos_core::model::flow::{
    LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, ui::NodeGroup,
};
use kratos_core::pages::PageFlow;
use kratos_core::policy::RequestView;
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;

pub(crate) const ALL: &[Scenario] = scenarios![
    every_flow: "a page shows the flow that Kratos redirected the browser with", [];
    without: "a page without a flow redirects to a new one, and keeps every parameter", [];
    unknown: "an unknown or malformed flow is replaced", [];
    another_browser: "a flow of another browser is replaced, where Kratos refuses it", [];
    expired: "an expired flow is replaced, and its return_to is kept", [ShortLogin];
    settings_without_session: "settings without a session redirect to login and back", [];
    looping: "a browser that loses its cookies is not redirected forever", [];
    error_page: "an error page without an error redirects home", [];
    outage: "Kratos unreachable: 503", [];
];

/// Follows Kratos to the page of a new flow and returns the page's path and query.
async fn start(server: &Server, kind: &str, query: &str, jar: &mut Jar) -> String {
    let url = server.public(&format!("/self-service/{kind}/browser{query}"));
    let answer: Answer = jar.send(client().get(url).header("accept", "text/html")).await;
    let page = url::Url::parse(answer.location()).unwrap();
    format!("{}?{}", page.path(), page.query().unwrap_or_default())
}

async fn shows<F: PageFlow>(server: &Server, jar: &mut Jar) {
    let mut page = start(server, F::NAME, "", jar).await;
    let mut outcome = ask::<F>(server, &page, jar).await;
    // Its login flows live five seconds, which a busy machine may exceed: until one is read in time.
    let mut tries = 0;
    while server.profile == "strict" && outcome.is_err() && tries < 20 {
        tries += 1;
        page = start(server, F::NAME, "", jar).await;
        outcome = ask::<F>(server, &page, jar).await;
    }
    let flow = outcome.unwrap_or_else(|answer| panic!("{page}: {answer:?}"));
    assert!(page.contains(&flow.id().to_string()));
    assert!(flow.csrf_token().is_some(), "a browser's flow has a CSRF token");
    assert!(flow.ui().nodes.iter().any(|node| node.group != NodeGroup::Default));
}

async fn every_flow(server: &'static Server) {
    let mut jar = Jar::default();
    shows::<LoginFlow>(server, &mut jar).await;
    shows::<RegistrationFlow>(server, &mut jar).await;
    shows::<RecoveryFlow>(server, &mut jar).await;
    shows::<VerificationFlow>(server, &mut jar).await;
    let mut jar = server.sign_up().await.browser().await;
    shows::<SettingsFlow>(server, &mut jar).await;
}

async fn without(server: &'static Server) {
    let kept =
        "return_to=https%3A%2F%2Fa.example%2F%3Fx%3D1%262&login_challenge=c&aal=aal2&refresh=true&new=1";
    let answer = ask::<LoginFlow>(server, &format!("/login?{kept}"), &mut Jar::default()).await.unwrap_err();
    let to = location(&answer);
    assert_eq!(to.as_str(), format!("{}/self-service/login/browser?{kept}", server.public_url));
    let answer = ask::<RecoveryFlow>(server, "/recovery", &mut Jar::default()).await.unwrap_err();
    assert!(location(&answer).as_str().ends_with("/self-service/recovery/browser"));
}

async fn unknown(server: &'static Server) {
    for flow in ["00000000-0000-4000-8000-000000000000", "x", "%00", "../../sessions"] {
        let path = format!("/login?flow={flow}&return_to=%2Fa");
        let answer = ask::<LoginFlow>(server, &path, &mut Jar::default()).await.unwrap_err();
        let to = location(&answer);
        assert_eq!(parameter(&to, "return_to").as_deref(), Some("/a"), "{to}");
        assert_eq!(parameter(&to, "flow"), None);
    }
}

/// Since Kratos 0.7 reading a flow needs the CSRF cookie of the browser that created it.
async fn another_browser(server: &'static Server) {
    let page = start(server, "login", "", &mut Jar::default()).await;
    let mut other = Jar::default();
    let _ = start(server, "login", "", &mut other).await;
    let before = other.header();
    let outcome = ask::<LoginFlow>(server, &page, &mut other).await;
    if !server.is_since(0, 7) {
        outcome.unwrap();
        return;
    }
    assert!(location(&outcome.unwrap_err()).path().ends_with("/self-service/login/browser"));
    let csrf = |cookies: Option<String>| {
        cookies
            .unwrap()
            .split("; ")
            .filter(|pair| pair.contains("csrf"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        csrf(other.header()),
        csrf(before),
        "a failed read does not replace the cookie of an open form"
    );
}

async fn expired(server: &'static Server) {
    let mut jar = Jar::default();
    let back = format!("{}/kept", server.app_url);
    let page = start(server, "login", &format!("?return_to={back}"), &mut jar).await;
    match &server.testkit {
        Some(kratos) => kratos.clock().advance(std::time::Duration::from_secs(6)),
        None => tokio::time::sleep(std::time::Duration::from_secs(6)).await,
    }
    let answer = ask::<LoginFlow>(server, &page, &mut jar).await.unwrap_err();
    let to = location(&answer);
    assert!(to.path().ends_with("/self-service/login/browser"), "{to}");
    assert_eq!(parameter(&to, "return_to"), Some(back));
}

async fn settings_without_session(server: &'static Server) {
    let mut jar = server.sign_up().await.browser().await;
    let page = start(server, "settings", "", &mut jar).await;
    let answer = ask::<SettingsFlow>(server, &page, &mut Jar::default()).await.unwrap_err();
    let to = location(&answer);
    assert!(to.path().ends_with("/self-service/login/browser"), "{to}");
    assert_eq!(parameter(&to, "return_to"), Some(format!("{}{page}", server.app_url)));
}

async fn looping(server: &'static Server) {
    let mut jar = Jar::default();
    let mut statuses = Vec::new();
    for number in 0..6 {
        let path = format!("/login?flow=00000000-0000-4000-8000-00000000000{number}");
        statuses.push(ask::<LoginFlow>(server, &path, &mut jar).await.unwrap_err().status.as_u16());
    }
    assert_eq!(statuses, [303, 303, 303, 303, 403, 403]);
}

async fn error_page(server: &'static Server) {
    for path in ["/error", "/error?id=00000000-0000-4000-8000-000000000000"] {
        let headers = headers(&Jar::default(), &[]);
        let answer = sessions(server)
            .request(&headers)
            .flow_error(&RequestView::new("GET", path, &headers))
            .await
            .unwrap_err()
            .into_response();
        assert_eq!(location(&answer).as_str(), format!("{}/", server.app_url));
    }
}

async fn outage(server: &'static Server) {
    let headers = headers(&Jar::default(), &[]);
    let view = RequestView::new("GET", "/login?flow=00000000-0000-4000-8000-000000000000", &headers);
    let down = sessions_at(server, "http://127.0.0.1:9").request(&headers);
    let answer = down.flow::<LoginFlow, _>(&view).await.unwrap_err();
    assert_eq!(answer.response().status, StatusCode::SERVICE_UNAVAILABLE);
    let answer = down
        .flow_error(&RequestView::new("GET", "/error?id=9f425a8d-7efc-4768-8f23-7647a74fdf13", &headers))
        .await
        .unwrap_err();
    assert_eq!(answer.response().status, StatusCode::SERVICE_UNAVAILABLE);
}
