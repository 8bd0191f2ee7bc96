//! One application in axum and in actix-web: a guarded route, the pages, and a route outside the layer.

use actix_web::{App, test as actix_test, web};
use axum::{
    Router,
    body::{Body, to_bytes},
    routing::get,
};
use http::Request;
use kratos_core::Kratos;
use kratos_ui::Theme;
use tower::ServiceExt as _;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Framework {
    Axum,
    Actix,
}

pub(crate) const BOTH: [Framework; 2] = [Framework::Axum, Framework::Actix];

/// A guarded route.
pub(crate) const GUARDED: &str = "/guarded";
/// A guarded route outside the layer.
pub(crate) const MISPLACED: &str = "/misplaced";

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// The header of a page navigation.
pub(crate) const PAGE: (&str, &str) = ("accept", "text/html");

impl Framework {
    pub(crate) async fn get(self, sessions: &Kratos, path: &str, headers: &[(&str, &str)]) -> Reply {
        match self {
            Self::Axum => axum(sessions.clone(), path, headers).await,
            Self::Actix => actix(sessions.clone(), path, headers).await,
        }
    }
}

async fn axum(sessions: Kratos, path: &str, headers: &[(&str, &str)]) -> Reply {
    use kratos_axum::{Identity, KratosLayer, ui::Pages};
    let pages = Pages::new(&sessions, Theme::new());
    let app: Router = Router::new()
        .route(GUARDED, get(async |_: Identity| "in"))
        .merge(pages)
        .layer(KratosLayer::new(sessions))
        .route(MISPLACED, get(async |_: Identity| "in"));
    let request = headers
        .iter()
        .fold(Request::builder().uri(path), |request, (name, value)| request.header(*name, *value));
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Reply { status, body: String::from_utf8(body.to_vec()).unwrap() }
}

async fn actix(sessions: Kratos, path: &str, headers: &[(&str, &str)]) -> Reply {
    use kratos_actix::{Identity, KratosMiddleware, ui::Pages};
    let pages = Pages::new(&sessions, Theme::new());
    let guarded = web::resource(GUARDED).to(async |_: Identity| "in");
    let layered = web::scope("").wrap(KratosMiddleware::new(sessions)).service(guarded);
    let app = App::new()
        .service(web::resource(MISPLACED).to(async |_: Identity| "in"))
        .service(layered.service(pages));
    let app = actix_test::init_service(app).await;
    let request = headers
        .iter()
        .fold(actix_test::TestRequest::with_uri(path), |request, header| request.insert_header(*header));
    let response = actix_test::call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let body = actix_test::read_body(response).await;
    Reply { status, body: String::from_utf8(body.to_vec()).unwrap() }
}
