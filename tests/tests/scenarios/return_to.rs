//! The check of `return_to`.

use crate::visitor::{Visitor, error_id, person, signed_in_script};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;

pub(crate) const ALL: &[Scenario] = scenarios![
    allowed: "return_to within the application", [Modern];
    relative: "a path as return_to", [Newest];
    forbidden: "a foreign return_to is refused", [Modern];
    suffix_of_host: "a longer host name is a foreign one", [Modern];
    forbidden_page: "a page with a forbidden return_to is redirected to the error page", [Modern];
    followed_by_page: "a page is redirected to return_to", [Modern];
    followed_by_script: "a script gets return_to", [Newest];
    kept_by_each_kind: "every kind of flow keeps return_to", [Modern];
    forbidden_for_each_kind: "every kind of flow checks return_to", [Modern];
];

async fn begin(server: &'static Server, to: &str) -> kratos_tests::http::Answer {
    let encoded: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
    Visitor::script(server).get(&format!("/self-service/login/browser?return_to={encoded}")).await
}

async fn allowed(server: &'static Server) {
    for path in ["/", "/deep/page?a=b#c"] {
        let to = format!("{}{path}", server.app_url);
        let flow = begin(server, &to).await.expect(&[200]).json();
        assert_eq!(flow["return_to"], to);
    }
}

async fn relative(server: &'static Server) {
    let flow = begin(server, "/page").await.expect(&[200]).json();
    assert_eq!(flow["return_to"], "/page");
}

async fn forbidden(server: &'static Server) {
    let app = server.app_url.as_str();
    let tricks = [
        "http://evil.test/".to_owned(),
        "//evil.test".to_owned(),
        format!("{app}@evil.test"),
        app.replacen("http:", "https:", 1) + "/",
        "http://localhost:4456/".to_owned(),
        "javascript:alert(1)".to_owned(),
    ];
    for trick in tricks {
        let answer = begin(server, &trick).await.expect(&[400]);
        assert_eq!(error_id(&answer), "self_service_flow_return_to_forbidden", "{trick}");
    }
}

async fn suffix_of_host(server: &'static Server) {
    let _ = begin(server, &format!("{}.evil.test", server.app_url)).await.expect(&[400]);
}

async fn forbidden_page(server: &'static Server) {
    let to = Visitor::page(server)
        .get("/self-service/login/browser?return_to=http://evil.test/")
        .await
        .expect(&[303]);
    assert!(to.location().starts_with(&format!("{}/error?id=", server.app_url)), "{to:?}");
}

async fn followed_by_page(server: &'static Server) {
    let person = person(server).await;
    let mut page = Visitor::page(server);
    let back = format!("{}/orders/7", server.app_url);
    let flow = page.begin("login", &format!("?return_to={back}")).await;
    let to = page.submit("login", &flow, person.password_body()).await.expect(&[303]);
    assert_eq!(to.location(), back);
}

async fn followed_by_script(server: &'static Server) {
    let person = person(server).await;
    let mut script = Visitor::script(server);
    let back = format!("{}/orders/7", server.app_url);
    let flow = script.begin("login", &format!("?return_to={back}")).await;
    let done = script.submit("login", &flow, person.password_body()).await.expect(&[200]).json();
    assert_eq!(done["continue_with"][0]["redirect_browser_to"], back);
}

async fn kept_by_each_kind(server: &'static Server) {
    let back = format!("{}/here", server.app_url);
    let mut script = Visitor::script(server);
    for kind in ["registration", "recovery", "verification"] {
        let flow = script.begin(kind, &format!("?return_to={back}")).await;
        assert_eq!(flow["return_to"], back, "{kind}");
    }
    let (_, mut script) = signed_in_script(server).await;
    assert_eq!(script.begin("settings", &format!("?return_to={back}")).await["return_to"], back);
}

async fn forbidden_for_each_kind(server: &'static Server) {
    for kind in ["registration", "recovery", "verification"] {
        let path = format!("/self-service/{kind}/browser?return_to=http://evil.test/");
        let answer = Visitor::script(server).get(&path).await.expect(&[400]);
        assert_eq!(error_id(&answer), "self_service_flow_return_to_forbidden", "{kind}");
    }
}
