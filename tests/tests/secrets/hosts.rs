//! Kratos' internal address appears in no response, whatever Kratos answers, and in no `Debug` of what an application keeps.

use axum::{
    Router,
    body::{Body, to_bytes},
    routing::{get, post},
};
use http::Request;
use kratos_axum::{
    FlowError, Kratos, KratosLayer, KratosRequest, LoginFlow, RequireLayer, SessionRejection, logout,
};
use kratos_testkit::{Fault, TestKratos};
use tower::ServiceExt as _;

/// A name that only this process resolves.
const HOST: &str = "kratos-of-the-inner-network.example";

pub async fn of_kratos_stay_inside() {
    let server = TestKratos::start().await.unwrap();
    let ada = server.sign_in("ada@example.org");
    let port = server.public_url().rsplit(':').next().unwrap().parse::<u16>().unwrap();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .resolve(HOST, ([127, 0, 0, 1], port).into())
        .build()
        .unwrap();
    let kratos = Kratos::new(&format!("http://{HOST}:{port}"))
        .unwrap()
        .with_http_client(client)
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url("https://auth.example")
        .unwrap();
    let layer = KratosLayer::new(kratos.clone());
    for shown in [format!("{kratos:?}"), format!("{layer:?}"), format!("{:?}", kratos.lazy_session())] {
        assert!(!shown.contains(HOST), "{shown}");
    }
    let jwt = async |request: KratosRequest| {
        request.jwt("no-such-template").await?;
        Ok::<_, SessionRejection>("a JWT")
    };
    let app = Router::new()
        .route("/guarded", get(async || "in").layer(RequireLayer::signed_in()))
        .route("/login", get(async |_: LoginFlow| "a flow"))
        .route("/error", get(async |_: FlowError| "an error"))
        .route("/jwt", get(jwt))
        .route("/logout", post(logout))
        .layer(layer);
    let faults = [
        None,
        Some(Fault::status(400)),
        Some(Fault::status(403)),
        Some(Fault::status(404)),
        Some(Fault::status(500)),
        Some(Fault::drop_connection()),
        Some(Fault::truncated()),
        Some(Fault::broken_json()),
        Some(Fault::html()),
        Some(Fault::huge(2 * 1024 * 1024)),
        Some(Fault::redirect(format!("http://{HOST}/elsewhere"))),
    ];
    let mut failures = 0;
    for fault in faults {
        server.clear_faults();
        if let Some(fault) = &fault {
            server.inject("/*", fault.clone());
        }
        let flow = "9f425a8d-7efc-4768-8f23-7647a74fdf15";
        for (method, path) in [
            ("GET", "/guarded".to_owned()),
            ("GET", format!("/login?flow={flow}")),
            ("GET", format!("/error?id={flow}")),
            ("GET", "/jwt".to_owned()),
            ("POST", "/logout".to_owned()),
        ] {
            for accept in ["text/html", "application/json"] {
                let request = Request::builder().method(method).uri(&path).header("accept", accept);
                let request = request.header("cookie", ada.cookie()).header("sec-fetch-site", "same-origin");
                let request = request.body(Body::empty()).unwrap();
                let (parts, body) = app.clone().oneshot(request).await.unwrap().into_parts();
                let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
                failures += u32::from(parts.status.is_server_error());
                let sent = format!("{:?} {body}", parts.headers);
                assert!(!sent.contains(HOST), "{fault:?}, {path}: {} {sent}", parts.status);
            }
        }
    }
    assert!(failures > 20, "{failures}: hardly anything failed");
}
