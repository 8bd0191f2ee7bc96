//! Runs a cell in an axum application.

use std::sync::LazyLock;

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    routing::{MethodRouter, any},
};
use http::Request;
use kratos_axum::{Identity, KratosLayer, RequireLayer, Session};
use kratos_core::Kratos;
use tower::{Layer as _, ServiceExt as _};

use super::cell::{Cell, GUARDS, Guard, Runs, Told};

/// One application for each requirement. Each cell brings its own source of sessions.
static APPS: LazyLock<Vec<(Guard, Router)>> = LazyLock::new(|| {
    let app = |&guard: &Guard| {
        let mut route = handler(guard);
        if let Some(requirement) = guard.requirement() {
            route = route.layer(RequireLayer::new(requirement));
        }
        (guard, Router::new().route("/page", route))
    };
    GUARDS.iter().map(app).collect()
});

pub async fn call(cell: &Cell, sessions: Kratos) -> Told {
    let runs = Runs::default();
    let (_, app) = APPS.iter().find(|(guard, _)| *guard == cell.guard).unwrap();
    let app = KratosLayer::new(sessions).layer(app.clone());
    let mut request = Request::builder().uri("/page?x=1").extension(runs.clone());
    for (name, value) in cell.headers() {
        request = request.header(name, &value);
    }
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(Body::new(body), usize::MAX).await.unwrap();
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

fn handler(guard: Guard) -> MethodRouter {
    match guard {
        Guard::Session => any(async |_: Session, runs: Extension<Runs>| runs.count()),
        Guard::Optional => any(async |_: Option<Session>, runs: Extension<Runs>| runs.count()),
        Guard::Identity => any(async |_: Identity, runs: Extension<Runs>| runs.count()),
        _ => any(async |runs: Extension<Runs>| runs.count()),
    }
}
