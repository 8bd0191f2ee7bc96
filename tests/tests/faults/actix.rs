//! Runs a cell in an actix-web application.

use actix_web::{
    App, Resource,
    body::to_bytes,
    middleware::Condition,
    test::{TestRequest, call_service, init_service},
    web,
};
use kratos_actix::{Identity, KratosMiddleware, Optional, Require, Session};
use kratos_core::{Kratos, policy::Requirement};

use super::cell::{Cell, Guard, Runs, Told};

pub async fn call(cell: &Cell, sessions: Kratos) -> Told {
    let runs = Runs::default();
    let requirement = cell.guard.requirement();
    let is_guarded = requirement.is_some();
    let guard = Require::new(requirement.unwrap_or_else(Requirement::signed_in));
    let page = handler(cell.guard, runs.clone()).wrap(Condition::new(is_guarded, guard));
    let app = init_service(App::new().service(page).wrap(KratosMiddleware::new(sessions))).await;
    let mut request = TestRequest::get().uri("/page?x=1");
    for header in cell.headers() {
        request = request.append_header(header);
    }
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let body = to_bytes(response.into_body()).await.unwrap();
    Told { status, headers, body: String::from_utf8_lossy(&body).into_owned(), ran: runs.ran() }
}

fn handler(guard: Guard, runs: Runs) -> Resource {
    let page = web::resource("/page");
    let count = move || {
        let runs = runs.clone();
        async move { runs.count() }
    };
    match guard {
        Guard::Session => page.to(move |_: Session| count()),
        Guard::Optional => page.to(move |_: Optional<Session>| count()),
        Guard::Identity => page.to(move |_: Identity| count()),
        _ => page.to(count),
    }
}
