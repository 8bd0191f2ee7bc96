//! Runs the rows through an axum router.

use axum::{
    Router,
    body::{Body, to_bytes},
    routing::any,
};
use http::{HeaderValue, Request};
use kratos_axum::{KratosLayer, RequireLayer, Session};
use tower::ServiceExt as _;

use super::{
    Outcome,
    kratos::{FakeKratos, Issued},
    table::Row,
};

pub async fn run(row: &Row, issued: &Issued) -> Outcome {
    let kratos = FakeKratos::new(row.says, issued);
    let route = match row.route.requirement() {
        Some(requirement) => {
            any(async |session: Session| session.id.to_string()).layer(RequireLayer::new(requirement))
        }
        None => any(async || "open"),
    };
    let app = Router::new().route("/page", route).layer(KratosLayer::new(kratos.sessions(issued)));
    let mut request = Request::post("/page").body(Body::empty()).unwrap();
    for (name, value) in row.headers(issued) {
        request.headers_mut().append(name, HeaderValue::from_str(&value).unwrap());
    }
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Outcome { status: parts.status.as_u16(), told: super::told(&body), asked: kratos.asked() }
}
