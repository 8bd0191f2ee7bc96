//! `Kratos` in `app_data`, without middleware.

use actix_web::{
    App,
    http::StatusCode,
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use kratos_actix::{Identity, Kratos, KratosMiddleware, Require, Session};
use kratos_core::policy::RefusalReason;

use crate::doubles::{Counting, all, linked, page, signed_in, verdict};

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/guarded").get(async |_: Session, _: Identity| "hello").wrap(Require::signed_in()),
        )
        .route("/extracted", web::get().to(async |_: Session, _: Identity| "hello"));
}

#[actix_web::test]
async fn extractors_and_guards_find_it_as_it_is_and_as_data() {
    let kratos = Counting::ada();
    let bare = App::new().configure(routes).app_data(Kratos::from_resolver(kratos.clone()));
    let bare = init_service(bare).await;
    let data = App::new().configure(routes).app_data(web::Data::new(Kratos::from_resolver(kratos.clone())));
    let data = init_service(data).await;

    for path in ["/guarded", "/extracted"] {
        let before = kratos.calls();
        for response in [
            call_service(&bare, signed_in(path).to_request()).await,
            call_service(&data, signed_in(path).to_request()).await,
        ] {
            assert_eq!(response.status(), StatusCode::OK);
        }
        assert_eq!(kratos.calls() - before, 2, "one a request");
        for response in [
            call_service(&bare, TestRequest::get().uri(path).to_request()).await,
            call_service(&data, TestRequest::get().uri(path).to_request()).await,
        ] {
            assert_eq!(verdict(&response), (StatusCode::UNAUTHORIZED, Some(RefusalReason::Anonymous)));
        }
    }
}

#[actix_web::test]
async fn pages_are_led_to_login_as_with_middleware() {
    let app = init_service(App::new().configure(routes).app_data(linked(Counting::ada()))).await;
    let response = call_service(&app, page("/guarded").to_request()).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn the_nearest_scope_counts() {
    let (near, far) = (Counting::ada(), Counting::down());
    let scope = web::scope("/near").app_data(Kratos::from_resolver(near.clone())).configure(routes);
    let app = init_service(App::new().service(scope).app_data(Kratos::from_resolver(far.clone()))).await;
    let response = call_service(&app, signed_in("/near/extracted").to_request()).await;
    assert_eq!((response.status(), near.calls(), far.calls()), (StatusCode::OK, 1, 0));
}

#[actix_web::test]
async fn middleware_comes_before_app_data() {
    let (wrapped, registered) = (Counting::ada(), Counting::down());
    let app = App::new().configure(routes).app_data(Kratos::from_resolver(registered.clone()));
    let app = init_service(app.wrap(KratosMiddleware::new(wrapped.clone()))).await;
    let response = call_service(&app, signed_in("/extracted").to_request()).await;
    assert_eq!((response.status(), wrapped.calls(), registered.calls()), (StatusCode::OK, 1, 0));
}

/// What the crate's documentation says is lost.
#[actix_web::test]
async fn nothing_touches_the_response() {
    let app =
        init_service(App::new().configure(routes).app_data(Kratos::from_resolver(Counting::prolonged())))
            .await;
    let response = call_service(&app, signed_in("/extracted").to_request()).await;
    for name in ["set-cookie", "cache-control", "vary"] {
        assert!(all(&response, name).is_empty(), "{name}");
    }
    assert_eq!(read_body(response).await, "hello");
}
