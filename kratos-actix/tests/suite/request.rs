//! `KratosExt`, on requests in handlers and in middleware.

use actix_web::{
    App, Error, HttpRequest,
    body::MessageBody,
    dev::{Service as _, ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::{Next, from_fn},
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use kratos_actix::{KratosExt as _, KratosMiddleware, SessionError};
use kratos_core::{
    credential::{Credential, CredentialKind},
    policy::{RefusalReason, Requirement},
};

use crate::doubles::{Counting, linked, page, signed_in, verdict};

async fn everything(request: HttpRequest) -> Result<String, SessionError> {
    let bound = request.kratos_request()?;
    let session = bound.session().await?;
    let identity = session.identity().expect("a session with its identity");
    let optional = bound.optional_session().await?;
    let kind = bound.credential().ok().flatten().map(Credential::kind);
    assert_eq!(kind, Some(CredentialKind::Cookie));
    Ok(format!("{} {} {}", session.id.as_u128(), identity.id.as_u128(), optional.is_some()))
}

#[actix_web::test]
async fn a_handler_asks_its_request() {
    let kratos = Counting::ada();
    let app = App::new().route("/", web::get().to(everything));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos.clone()))).await;
    let response = call_service(&app, signed_in("/").to_request()).await;
    assert_eq!(read_body(response).await, "1 7 true");
    assert_eq!(kratos.calls(), 1);

    let response = call_service(&app, TestRequest::get().uri("/").to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::UNAUTHORIZED, Some(RefusalReason::Anonymous)));
}

#[actix_web::test]
async fn a_handler_steps_up_on_its_way() {
    async fn transfer(request: HttpRequest) -> Result<&'static str, SessionError> {
        request.kratos_request()?.require(&Requirement::signed_in().with_predicate(|_| false)).await?;
        Ok("never")
    }
    async fn delete(request: HttpRequest) -> Result<&'static str, SessionError> {
        request
            .kratos_request()?
            .require(&Requirement::signed_in().with_authenticated_within(std::time::Duration::from_secs(60)))
            .await?;
        Ok("never")
    }
    let app = App::new().route("/transfer", web::get().to(transfer)).route("/delete", web::get().to(delete));
    let app = init_service(app.wrap(KratosMiddleware::new(linked(Counting::ada())))).await;
    let response = call_service(&app, signed_in("/transfer").to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::FORBIDDEN, Some(RefusalReason::Forbidden)));

    let request = page("/delete").insert_header(("cookie", "ory_kratos_session=MTcw"));
    let response = call_service(&app, request.to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::SEE_OTHER, Some(RefusalReason::SessionTooOld)));
}

#[actix_web::test]
async fn middleware_asks_its_request() {
    async fn greet(
        request: ServiceRequest,
        next: Next<impl MessageBody>,
    ) -> Result<ServiceResponse<impl MessageBody>, Error> {
        let name = request
            .kratos_request()?
            .optional_session()
            .await
            .map_err(SessionError::from)?
            .map_or("anonymous", |_| "user");
        let mut response = next.call(request).await?;
        let name = actix_web::http::header::HeaderValue::from_static(name);
        response.headers_mut().insert(actix_web::http::header::HeaderName::from_static("x-who"), name);
        Ok(response)
    }
    for (kratos, who) in [(Counting::ada(), "user"), (Counting::anonymous(), "anonymous")] {
        let app = App::new().route("/", web::get().to(async || "hello")).wrap(from_fn(greet));
        let app = init_service(app.wrap(KratosMiddleware::new(kratos))).await;
        let response = call_service(&app, signed_in("/").to_request()).await;
        assert_eq!(crate::doubles::all(&response, "x-who"), [who]);
    }

    // An outage is the middleware's error, and is answered as everywhere.
    let app = App::new().route("/", web::get().to(async || "never")).wrap(from_fn(greet));
    let app = init_service(app.wrap(KratosMiddleware::new(Counting::down()))).await;
    let error = app.call(signed_in("/").to_request()).await.err().expect("it cannot know");
    assert_eq!(error.error_response().status(), StatusCode::SERVICE_UNAVAILABLE);
}
