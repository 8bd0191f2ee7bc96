//! A cell in an axum application.

use axum::{
    Router,
    body::{Body, to_bytes},
    routing::{MethodRouter, any},
};
use http::Request;
use kratos_axum::{Identity, RequireLayer, Session, SessionLayer};
use kratos_core::Sessions;
use tower::ServiceExt as _;

use super::cell::{Cell, Guard, Runs, Told};

pub async fn call(cell: &Cell, sessions: Sessions) -> Told {
    let runs = Runs::default();
    let mut route = handler(cell.guard, runs.clone());
    if let Some(requirement) = cell.guard.requirement() {
        route = route.layer(RequireLayer::new(requirement));
    }
    let app = Router::new().route("/page", route).layer(SessionLayer::new(sessions));
    let mut request = Request::builder().uri("/page?x=1");
    for (name, value) in cell.headers() {
        request = request.header(name, &value);
    }
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let headers = parts.headers.iter();
    Told {
        status: parts.status.as_u16(),
        headers: headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
        ran: runs.ran(),
    }
}

fn handler(guard: Guard, runs: Runs) -> MethodRouter {
    match guard {
        Guard::Session => any(move |_: Session| async move { runs.count() }),
        Guard::Optional => any(move |_: Option<Session>| async move { runs.count() }),
        Guard::Identity => any(move |_: Identity| async move { runs.count() }),
        _ => any(move || async move { runs.count() }),
    }
}
