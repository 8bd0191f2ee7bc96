//! Values that the testkit returns and accepts.

use std::time::Duration;

use actix_web::FromRequest as _;
use kratos_core::{
    Kratos,
    client::{AdminClient, BrowserCookies, Client, ListSessions, NewFlow, Submitted, submit},
    credential::Credential,
    resolve::HttpResolver,
    tokenize::{JwtTemplate, SessionTokenizer},
};
use kratos_testkit::{AsUser as _, Fault, FlowKind, Methods, TestKratos, TestSsoProvider, demo::Demo};
use tower::{Layer as _, ServiceExt as _};

use crate::shown::{clean, debugged, secret};

pub async fn returned_values() {
    let kratos = TestKratos::start().await.unwrap();
    let password = secret("password");
    let ada = kratos.identity("ada@example.org").with_password(&password).with_totp().with_backup_codes();
    debugged(&ada);
    let ada = ada.create();
    let session = kratos.session(&ada);
    debugged(&session);
    let session = session.create();
    let flow = kratos.flow(FlowKind::Login).with_query("aal", "aal1");
    debugged(&flow);
    let flow = flow.create().unwrap();
    debugged(&ada);
    debugged(&session);
    debugged(&flow);
    debugged(&kratos);
    debugged(&kratos.public_service());
    debugged(&TestKratos::builder());
    debugged(&Fault::status(500));
    debugged(&Methods::default());
    debugged(&TestSsoProvider::start(0).await.unwrap());
    // The application's response is meant to be visible to the test's author.
    let app = axum::Router::new().route("/", axum::routing::get(async || "hello"));
    debugged(&kratos_testkit::call(&app, http::Request::get("/").as_user(&session)).await);
    debugged(&TestKratos::builder().with_ports(1, 1).build_without_sockets());
    let taken: u16 = kratos.public_url().rsplit(':').next().unwrap().parse().unwrap();
    debugged(&TestKratos::builder().with_ports(taken, taken).start().await.unwrap_err());
    debugged(&Demo::with_kratos("http://localhost:4455", kratos.public_url()));
    debugged(&Demo::in_process("not a URL").await.unwrap_err());
    for (what, shown) in [
        ("a person", format!("{ada:?}")),
        ("a session", format!("{session:?}")),
        ("a flow", format!("{flow:?}")),
        ("a server", format!("{kratos:?}")),
    ] {
        clean(what, &shown);
        let cookie = session.cookie().split_once('=').unwrap().1;
        for known in [session.session_token(), cookie, flow.cookie(), flow.csrf_token()] {
            assert!(!shown.contains(known), "{what} contains {known}: {shown}");
        }
    }
}

/// Values from requests: lists, session tokens, mail, and outcomes of submits.
pub async fn values_from_requests() {
    let hour = Duration::from_secs(3600);
    let kratos = TestKratos::builder().with_jwt_template("t", hour).start().await.unwrap();
    let client = Client::new(kratos.public_url()).unwrap();
    let admin = AdminClient::new(kratos.admin_url()).unwrap();
    let ada = kratos.identity("ada@example.org").with_password(secret("password")).create();
    let old = kratos.session(&ada).with_authenticated_ago(hour).create();
    let mut list = admin.list_sessions(ListSessions::new()).unwrap();
    debugged(&list);
    debugged(&list.next_page().await.unwrap());

    let exchange = SessionTokenizer::new(client.clone());
    debugged(&exchange.jwt(&Credential::session_token(old.session_token()), "t").await.unwrap());
    let sessions =
        Kratos::from_resolver(HttpResolver::new(kratos.public_url()).unwrap()).with_tokenizer(exchange);
    debugged(&sessions);
    as_arguments(&sessions, old.cookie()).await;

    // A settings page whose authentication is too old redirects to a refresh; an expired one ends.
    let (mut headers, cookies) = (http::HeaderMap::new(), BrowserCookies::new(old.cookie()));
    let flow =
        client.browser(&cookies).create_settings_flow(&NewFlow::new()).await.unwrap().relay(&mut headers);
    let csrf: Vec<&str> = headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap().split(';').next().unwrap())
        .collect();
    let cookies = BrowserCookies::new(format!("{}; {}", old.cookie(), csrf.join("; ")));
    let word = || submit::SettingsBody::password(&secret("new-password"));
    let submitted = client.browser(&cookies).submit_settings_flow(&flow, word()).await.unwrap();
    assert!(matches!(submitted.peek(), Submitted::Redirect(_)), "{submitted:?}");
    debugged(&submitted);
    let fresh = kratos.session(&ada).create();
    let native = client.native().with_session_token(&fresh.session_token().into());
    let flow = native.create_settings_flow(&NewFlow::new()).await.unwrap();
    kratos.clock().advance(hour * 2);
    let submitted = native.submit_settings_flow(&flow, word()).await.unwrap();
    assert!(matches!(submitted, Submitted::Expired(_)), "{submitted:?}");
    debugged(&submitted);

    let flow = client.native().create_recovery_flow(&NewFlow::new()).await.unwrap();
    let code = submit::RecoveryBody::code().with_email("ada@example.org");
    debugged(&client.native().submit_recovery_flow(&flow, code).await.unwrap());
    let mail = kratos.last_mail_to("ada@example.org").unwrap();
    debugged(&mail);
    let shown = format!("{mail:?}");
    assert!(!shown.contains(mail.code().unwrap()), "a mail contains its code: {shown}");
}

struct Template;

impl JwtTemplate for Template {
    const NAME: &'static str = "t";
}

/// A session token as a handler gets it.
async fn as_arguments(sessions: &Kratos, cookie: &str) {
    let handler = axum::routing::get(async |token: kratos_axum::Jwt<Template>| debugged(&token));
    let app = kratos_axum::KratosLayer::new(sessions.clone()).layer(axum::Router::new().route("/", handler));
    let request = http::Request::get("/").header("cookie", cookie).body(axum::body::Body::empty()).unwrap();
    assert_eq!(app.oneshot(request).await.unwrap().status(), 200);
    let request = actix_web::test::TestRequest::default()
        .app_data(sessions.clone())
        .insert_header(("cookie", cookie))
        .to_http_request();
    debugged(&kratos_actix::Jwt::<Template>::extract(&request).await.unwrap());
}
