//! The same request before core, axum and actix-web: the answers must not differ.

use actix_web::{App, test as actix_test, web};
use axum::{
    Router,
    body::{Body, to_bytes},
    routing::{get, post},
};
use http::{HeaderMap, Request};
use kratos_core::Sessions;
use tower::ServiceExt as _;

/// What a browser gets, as far as it matters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) cookies: Vec<String>,
    pub(crate) cache_control: String,
    /// The id of the flow that is shown, or the error.
    pub(crate) body: String,
}

pub(crate) async fn axum(sessions: Sessions, method: &str, path: &str, headers: &HeaderMap) -> Got {
    use kratos_axum::{
        LoginFlow, RecoveryFlow, RegistrationFlow, SessionLayer, SettingsFlow, VerificationFlow,
    };
    let app = Router::new()
        .route("/login", get(async |flow: LoginFlow| flow.id.to_string()))
        .route("/registration", get(async |flow: RegistrationFlow| flow.id.to_string()))
        .route("/settings", get(async |flow: SettingsFlow| flow.id.to_string()))
        .route("/recovery", get(async |flow: RecoveryFlow| flow.id.to_string()))
        .route("/verification", get(async |flow: VerificationFlow| flow.id.to_string()))
        .route("/logout", post(kratos_axum::log_out).get(kratos_axum::log_out))
        .layer(SessionLayer::new(sessions));
    let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    *request.headers_mut() = headers.clone();
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let text = |name: &str| {
        let values = parts.headers.get_all(name).iter().map(|value| value.to_str().unwrap().to_owned());
        values.collect::<Vec<_>>()
    };
    got(parts.status.as_u16(), text, &body)
}

pub(crate) async fn actix(sessions: Sessions, method: &str, path: &str, headers: &HeaderMap) -> Got {
    use kratos_actix::{
        LoginFlow, RecoveryFlow, RegistrationFlow, SessionMiddleware, SettingsFlow, VerificationFlow,
    };
    let app = App::new()
        .route("/login", web::get().to(async |flow: LoginFlow| flow.id.to_string()))
        .route("/registration", web::get().to(async |flow: RegistrationFlow| flow.id.to_string()))
        .route("/settings", web::get().to(async |flow: SettingsFlow| flow.id.to_string()))
        .route("/recovery", web::get().to(async |flow: RecoveryFlow| flow.id.to_string()))
        .route("/verification", web::get().to(async |flow: VerificationFlow| flow.id.to_string()))
        .route("/logout", web::to(kratos_actix::log_out))
        .wrap(SessionMiddleware::new(sessions));
    let app = actix_test::init_service(app).await;
    let mut request = actix_test::TestRequest::with_uri(path).method(method.parse().unwrap());
    for (name, value) in headers {
        request = request.append_header((name.as_str(), value.as_bytes()));
    }
    let response = actix_test::call_service(&app, request.to_request()).await;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = actix_test::read_body(response).await;
    let text = |name: &str| headers.get_all(name).map(|value| value.to_str().unwrap().to_owned()).collect();
    got(status, text, &body)
}

fn got(status: u16, text: impl Fn(&str) -> Vec<String>, body: &[u8]) -> Got {
    Got {
        status,
        location: text("location").concat(),
        // Two questions may bring a CSRF cookie of two values.
        cookies: text("set-cookie").iter().map(|line| line.split('=').next().unwrap().to_owned()).collect(),
        cache_control: text("cache-control").concat(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}
