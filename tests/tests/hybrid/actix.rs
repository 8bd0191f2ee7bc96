//! Runs the rows through an actix-web app.

use actix_web::{
    App,
    body::to_bytes,
    test::{TestRequest, call_service, init_service},
    web::resource,
};
use kratos_actix::{KratosMiddleware, Require, Session};

use super::{
    Outcome,
    kratos::{FakeKratos, Issued},
    table::Row,
};

pub async fn run(row: &Row, issued: &Issued) -> Outcome {
    let kratos = FakeKratos::new(row.says, issued);
    let app = App::new().wrap(KratosMiddleware::new(kratos.sessions(issued)));
    let app = match row.route.requirement() {
        Some(requirement) => {
            let page = resource("/page").to(async |session: Session| session.id.to_string());
            app.service(page.wrap(Require::new(requirement)))
        }
        None => app.service(resource("/page").to(async || "open")),
    };
    let app = init_service(app).await;
    let mut request = TestRequest::post().uri("/page");
    for header in row.headers(issued) {
        request = request.append_header(header);
    }
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body()).await.unwrap();
    Outcome { status, told: super::told(&body), asked: kratos.asked() }
}
