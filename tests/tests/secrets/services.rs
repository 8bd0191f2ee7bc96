//! Services and their futures, while a request is in progress.

use std::{convert::Infallible, future::Ready};

use actix_web::{
    HttpResponse,
    dev::{Service as _, ServiceRequest, ServiceResponse, Transform as _},
};
use axum::body::Body;
use http::{Request, Response};
use kratos_tower::{KratosLayer, RequireLayer};
use tower::{Layer as _, Service as _, service_fn};

use crate::{
    applications::{cookie, sessions},
    shown::{debugged, secret},
};

fn request() -> Request<Body> {
    Request::builder()
        .uri(format!("/?code={}", secret("code")))
        .header("cookie", cookie())
        .body(Body::from(secret("body")))
        .unwrap()
}

/// Answers with a secret body.
fn hello(_: Request<Body>) -> Ready<Result<Response<Body>, Infallible>> {
    std::future::ready(Ok(Response::new(Body::from(secret("answer")))))
}

pub async fn of_tower() {
    let guarded = RequireLayer::signed_in().layer(service_fn(hello as fn(_) -> _));
    debugged(&guarded);
    let mut service = KratosLayer::new(sessions()).layer(guarded);
    debugged(&service);
    let future = service.call(request());
    debugged(&future);
    let response = future.await.unwrap();
    debugged(response.body());
}

/// Formats a service and all its futures.
#[derive(Debug)]
struct Hello;

impl actix_web::dev::Service<ServiceRequest> for Hello {
    type Response = ServiceResponse;
    type Error = actix_web::Error;
    type Future = Ready<Result<ServiceResponse, actix_web::Error>>;

    actix_web::dev::always_ready!();

    fn call(&self, request: ServiceRequest) -> Self::Future {
        std::future::ready(Ok(request.into_response(HttpResponse::Ok().body(secret("answer")))))
    }
}

pub async fn of_actix() {
    let asked = || {
        actix_web::test::TestRequest::default()
            .uri(&format!("/?code={}", secret("code")))
            .insert_header(("cookie", cookie().to_str().unwrap()))
            .app_data(sessions())
            .to_srv_request()
    };
    let guarded = kratos_actix::Require::signed_in().new_transform(Hello).await.unwrap();
    debugged(&guarded);
    debugged(&guarded.call(asked()));
    let service = kratos_actix::KratosMiddleware::new(sessions()).new_transform(guarded).await.unwrap();
    debugged(&service);
    let future = service.call(asked());
    debugged(&future);
    assert_eq!(future.await.unwrap().status(), 200);
}
