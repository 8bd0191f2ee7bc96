//! `Require` around an `App`, a scope and a resource.

use std::{sync::Arc, time::Duration};

use actix_web::{
    App, HttpResponse,
    dev::{Service as _, ServiceResponse},
    http::{StatusCode, header::ContentType},
    middleware::{ErrorHandlerResponse, ErrorHandlers, Logger},
    test::{TestRequest, call_service, init_service, read_body, read_body_json},
    web,
};
use kratos_actix::{KratosMiddleware, Require, SessionError};
use kratos_core::{
    model::{Aal, Timestamp, VerifiableAddress},
    policy::{Audience, RefusalReason, Requirement},
};

use crate::doubles::{Counting, active, ada, all, linked, page, signed_in, verdict};

#[actix_web::test]
async fn it_goes_around_an_app_a_scope_and_a_resource() {
    let sessions = || KratosMiddleware::new(Counting::ada());
    let resource = || web::resource("/a").get(async || "hello");
    let guard = Require::signed_in;

    let around_resource = init_service(App::new().service(resource().wrap(guard())).wrap(sessions())).await;
    let scope = web::scope("").service(resource()).wrap(guard());
    let around_scope = init_service(App::new().service(scope).wrap(sessions())).await;
    let around_app = init_service(App::new().service(resource()).wrap(guard()).wrap(sessions())).await;

    macro_rules! check {
        ($app:expr) => {
            let anonymous = call_service(&$app, TestRequest::get().uri("/a").to_request()).await;
            assert_eq!(verdict(&anonymous), (StatusCode::UNAUTHORIZED, Some(RefusalReason::Anonymous)));
            let let_through = call_service(&$app, signed_in("/a").to_request()).await;
            assert_eq!(verdict(&let_through), (StatusCode::OK, None));
            assert_eq!(read_body(let_through).await, "hello");
        };
    }
    check!(around_resource);
    check!(around_scope);
    check!(around_app);
}

#[actix_web::test]
async fn every_constructor_asks_for_its_own() {
    use RefusalReason::{
        AddressNotVerified, AlreadySignedIn, Forbidden, SecondFactorRequired, SessionTooOld,
    };

    let mut weak = ada();
    weak.authenticator_assurance_level = Some(Aal::Aal1);
    let mut strong = ada();
    strong.authenticator_assurance_level = Some(Aal::Aal2);
    strong.authenticated_at = Some(Timestamp::from(time::OffsetDateTime::now_utc()));
    let mut identity = strong.identity().cloned().expect("Ada has an identity");
    let mut address = VerifiableAddress::default();
    address.verified = true;
    identity.verifiable_addresses.push(address);
    strong.identity = Some(Arc::new(identity));

    let hour = Duration::from_secs(3600);
    let strong_only = |session: &kratos_core::model::Session| session.has_second_factor();
    let table = [
        (Require::aal2(), SecondFactorRequired),
        (Require::authenticated_within(hour), SessionTooOld),
        (Require::verified_address(), AddressNotVerified),
        (Require::predicate(strong_only), Forbidden),
        (
            Require::new(Requirement::signed_in().with_authenticated_within(hour).with_aal2()),
            SecondFactorRequired,
        ),
    ];
    for (require, reason) in table {
        for (session, expected) in [(&weak, Some(reason)), (&strong, None)] {
            let kratos = Counting::new(Ok(active(session.clone())));
            let resource = web::resource("/").get(async || "hello").wrap(require.clone());
            let app = init_service(App::new().service(resource).wrap(KratosMiddleware::new(kratos))).await;
            let response = call_service(&app, signed_in("/").to_request()).await;
            let status = if expected.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
            assert_eq!(verdict(&response), (status, expected), "{require:?}");
        }
    }

    let resource = web::resource("/").get(async || "log in").wrap(Require::signed_out());
    let app = init_service(App::new().service(resource).wrap(KratosMiddleware::new(Counting::ada()))).await;
    let response = call_service(&app, signed_in("/").to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::BAD_REQUEST, Some(AlreadySignedIn)));
    let response = call_service(&app, TestRequest::get().uri("/").to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::OK, None));
}

#[actix_web::test]
async fn a_page_is_led_to_login_and_nothing_else_is() {
    let resource = web::resource("/a").to(async || "never").wrap(Require::signed_in());
    let sessions = KratosMiddleware::new(linked(Counting::ada()));
    let app = init_service(App::new().service(resource).wrap(sessions)).await;

    let response = call_service(&app, page("/a").to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::SEE_OTHER, Some(RefusalReason::Anonymous)));
    assert_eq!(all(&response, "cache-control"), ["no-store"]);
    assert_eq!(all(&response, "set-cookie").len(), 1, "the loop breaker counts");
    assert!(read_body(response).await.is_empty());

    for request in [
        TestRequest::get().uri("/a"),
        TestRequest::post().uri("/a"),
        TestRequest::default().method(actix_web::http::Method::OPTIONS).uri("/a"),
    ] {
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert!(all(&response, "location").is_empty());
        assert_eq!(all(&response, "content-type"), ["application/json"]);
        let body: serde_json::Value = read_body_json(response).await;
        assert_eq!(body["error"]["id"], "session_inactive");
    }

    let form = TestRequest::post().uri("/a").insert_header(("sec-fetch-mode", "navigate"));
    let response = call_service(&app, form.to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::UNAUTHORIZED, Some(RefusalReason::Anonymous)));
    assert!(all(&response, "location").is_empty());
    assert_eq!(all(&response, "content-type"), ["text/html; charset=utf-8"]);
    let page = read_body(response).await;
    let link = "<a href=\"https://auth.example/self-service/login/browser\">";
    assert!(String::from_utf8_lossy(&page).contains(link), "{page:?}");
}

#[actix_web::test]
async fn the_applications_rendering_is_used_everywhere() {
    let sessions = linked(Counting::down()).with_rejection_response(|answer, _| {
        if answer.audience == Audience::Page {
            answer.headers.insert("content-type", http::HeaderValue::from_static("text/html"));
            answer.headers.append("x-seen", http::HeaderValue::from_static("once"));
            answer.body = format!("<p>{}</p>", answer.refusal.explanation()).into();
        }
    });
    let app = App::new()
        .service(web::resource("/guard").get(async || "never").wrap(Require::signed_in()))
        .route("/extractor", web::get().to(async |_: kratos_actix::Session| "never"))
        .wrap(KratosMiddleware::new(sessions));
    let app = init_service(app).await;
    for path in ["/guard", "/extractor"] {
        let request = page(path).insert_header(("cookie", "ory_kratos_session=MTcw"));
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(verdict(&response), (StatusCode::SERVICE_UNAVAILABLE, Some(RefusalReason::Unavailable)));
        assert_eq!(all(&response, "content-type"), ["text/html"]);
        assert_eq!(all(&response, "x-seen"), ["once"]);
        assert_eq!(read_body(response).await, "<p>the session cannot be checked at present</p>");
    }
}

/// The guard would have checked the outer session, and the handler would see the inner one.
#[actix_web::test]
async fn a_guard_around_a_nested_middleware_of_another_kratos_is_500() {
    let outer = linked(Counting::ada());
    let inner = || KratosMiddleware::new(linked(Counting::ada()));
    let handler = || web::get().to(async |_: kratos_actix::Session| "hello");
    let misused = web::scope("/misused").route("", handler()).wrap(inner()).wrap(Require::signed_in());
    let apart = web::scope("/apart").service(web::scope("/in").route("", handler()).wrap(inner()));
    let right = web::scope("/right").route("", handler()).wrap(Require::signed_in()).wrap(inner());
    let same = web::scope("/same").route("", handler()).wrap(KratosMiddleware::new(outer.clone()));
    let app = App::new()
        .service(misused)
        .service(apart.wrap(Require::signed_in()))
        .service(right)
        .service(same.wrap(Require::signed_in()))
        .wrap(KratosMiddleware::new(outer));
    let app = init_service(app).await;
    for (path, status) in [("/misused", 500), ("/apart/in", 500), ("/right", 200), ("/same", 200)] {
        let response = app.call(signed_in(path).to_request()).await;
        let status_of = |error: &actix_web::Error| error.as_response_error().status_code();
        let told = response.as_ref().map_or_else(status_of, ServiceResponse::status);
        assert_eq!(told.as_u16(), status, "{path}");
        if let Err(error) = response {
            let body = actix_web::body::to_bytes(error.error_response().into_body()).await.unwrap();
            assert!(String::from_utf8_lossy(&body).contains("invalid_configuration"), "{body:?}");
        }
    }
}

/// actix-web's own middleware works on refusals: they are responses, with the error in them.
#[actix_web::test]
async fn outer_middleware_sees_a_response_with_its_error() {
    fn page<B: 'static>(response: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
        let error = response.response().error().and_then(|error| error.as_error::<SessionError>());
        let reason = error.map(|error| format!("{:?}", error.refusal().reason())).unwrap_or_default();
        let (request, _) = response.into_parts();
        let html = HttpResponse::Unauthorized().content_type(ContentType::html()).body(reason);
        let response = ServiceResponse::new(request, html.map_into_right_body());
        Ok(ErrorHandlerResponse::Response(response))
    }
    let app = App::new()
        .service(web::resource("/").get(async || "never").wrap(Require::signed_in()))
        .wrap(KratosMiddleware::new(Counting::ada()))
        .wrap(ErrorHandlers::new().handler(StatusCode::UNAUTHORIZED, page))
        .wrap(Logger::default());
    let response = call_service(&init_service(app).await, TestRequest::get().uri("/").to_request()).await;
    assert_eq!(read_body(response).await, "Anonymous");
}

#[actix_web::test]
async fn around_the_app_it_hides_what_is_not_there() {
    let app = App::new().wrap(Require::signed_in()).wrap(KratosMiddleware::new(Counting::ada()));
    let app = init_service(app).await;
    let response = call_service(&app, TestRequest::get().uri("/nowhere").to_request()).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);

    let resource = web::resource("/a").get(async || "never").wrap(Require::signed_in());
    let app = init_service(App::new().service(resource).wrap(KratosMiddleware::new(Counting::ada()))).await;
    let response = call_service(&app, TestRequest::get().uri("/nowhere").to_request()).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}
