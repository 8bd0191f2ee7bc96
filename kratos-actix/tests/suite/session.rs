//! `KratosMiddleware`: lazy, once a request, and what it does to responses.

use actix_web::{
    App, Error, HttpResponse,
    body::MessageBody,
    cookie::Cookie,
    dev::{ServiceRequest, ServiceResponse},
    error::ErrorGone,
    http::header::HeaderValue,
    middleware::{Next, from_fn},
    test::{TestRequest, call_service, init_service, try_call_service},
    web,
};
use kratos_actix::{Identity, KratosExt as _, KratosMiddleware, Optional, Require, Session, SessionError};

use crate::doubles::{Counting, all, linked, page, signed_in};

#[actix_web::test]
async fn a_public_route_asks_nobody_and_is_left_as_it_is() {
    let kratos = Counting::prolonged();
    let app = App::new().route("/", web::get().to(async || "public"));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos.clone()))).await;

    let response = call_service(&app, signed_in("/").to_request()).await;
    assert_eq!(kratos.calls(), 0);
    assert!(all(&response, "set-cookie").is_empty());
    assert!(all(&response, "cache-control").is_empty());
    assert!(all(&response, "vary").is_empty());
}

#[actix_web::test]
async fn a_request_without_a_credential_asks_nobody() {
    let kratos = Counting::ada();
    let app = App::new().route("/", web::get().to(async |_: Session| "never"));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos.clone()))).await;

    let response = call_service(&app, TestRequest::get().uri("/").to_request()).await;
    assert_eq!((response.status().as_u16(), kratos.calls()), (401, 0));
    // Personal all the same: with a cookie it would be another answer.
    assert_eq!(all(&response, "vary"), ["cookie, authorization, x-session-token"]);
}

#[actix_web::test]
async fn guard_middleware_extractors_and_handler_cost_one_question() {
    for (kratos, status) in [(Counting::ada(), 200), (Counting::down(), 503), (Counting::anonymous(), 401)] {
        async fn look(
            request: ServiceRequest,
            next: Next<impl MessageBody>,
        ) -> Result<ServiceResponse<impl MessageBody>, Error> {
            let _ = request.kratos_request()?.optional_session().await;
            next.call(request).await
        }
        let handler =
            async |request: actix_web::HttpRequest, _: Session, _: Identity, _: Optional<Session>| {
                request.kratos_request()?.session().await.map(|_| "hello").map_err(SessionError::from)
            };
        let app = App::new()
            .service(web::resource("/").get(handler).wrap(Require::signed_in()))
            .wrap(from_fn(look))
            .wrap(KratosMiddleware::new(kratos.clone()));
        let response = call_service(&init_service(app).await, signed_in("/").to_request()).await;
        assert_eq!((response.status().as_u16(), kratos.calls()), (status, 1));
    }
}

#[actix_web::test]
async fn two_extractors_at_once_cost_one_question() {
    let kratos = Counting::ada();
    let app = App::new().route("/", web::get().to(async |_: Session, _: Identity| "hello"));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos.clone()))).await;
    let response = call_service(&app, signed_in("/").to_request()).await;
    assert_eq!((response.status().as_u16(), kratos.calls()), (200, 1));
}

#[actix_web::test]
async fn a_prolonged_cookie_reaches_the_browser() {
    let app = App::new().route("/", web::get().to(async |_: Session| "hello"));
    let app = init_service(app.wrap(KratosMiddleware::new(Counting::prolonged()))).await;
    let response = call_service(&app, signed_in("/").to_request()).await;
    assert_eq!(all(&response, "set-cookie"), ["ory_kratos_session=new; Path=/; HttpOnly"]);
    assert_eq!(all(&response, "cache-control"), ["private"]);
}

#[actix_web::test]
async fn the_handlers_own_headers_win() {
    let handler = async |_: Session| {
        HttpResponse::Ok()
            .insert_header(("cache-control", "no-store"))
            .insert_header(("vary", "accept"))
            .cookie(Cookie::new("theme", "dark"))
            .cookie(Cookie::new("ory_kratos_session", "")) // a logout
            .finish()
    };
    let app = App::new().route("/", web::get().to(handler));
    let app = init_service(app.wrap(KratosMiddleware::new(Counting::prolonged()))).await;
    let response = call_service(&app, signed_in("/").to_request()).await;
    let cookies = all(&response, "set-cookie");
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    assert!(!cookies.iter().any(|line| line.contains("=new")), "{cookies:?}");
    assert_eq!(all(&response, "cache-control"), ["no-store"]);
    assert_eq!(all(&response, "vary"), ["accept", "cookie, authorization, x-session-token"]);
}

#[actix_web::test]
async fn an_error_of_inner_middleware_carries_the_cookie_too() {
    async fn fail(
        _: Session,
        _: ServiceRequest,
        _: Next<impl MessageBody>,
    ) -> Result<ServiceResponse, Error> {
        Err(ErrorGone("gone"))
    }
    let app = App::new().route("/", web::get().to(async || "never"));
    let app = app.wrap(from_fn(fail)).wrap(KratosMiddleware::new(Counting::prolonged()));
    let error = try_call_service(&init_service(app).await, signed_in("/").to_request()).await.err();

    // As actix-web answers it, outside of all middleware.
    let error = error.expect("the middleware fails");
    assert_eq!(error.to_string(), "gone");
    let response = error.error_response();
    assert_eq!(response.status(), 410);
    assert_eq!(
        response.headers().get("set-cookie").map(HeaderValue::as_bytes),
        Some(&b"ory_kratos_session=new; Path=/; HttpOnly"[..])
    );
    assert_eq!(response.headers().get("cache-control").map(HeaderValue::as_bytes), Some(&b"private"[..]));
}

#[actix_web::test]
async fn an_error_before_a_guard_asked_stays_itself() {
    #[derive(Debug)]
    struct Own;
    impl std::fmt::Display for Own {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("own")
        }
    }
    impl actix_web::ResponseError for Own {}
    async fn fail(_: ServiceRequest, _: Next<impl MessageBody>) -> Result<ServiceResponse, Error> {
        Err(Own.into())
    }
    let app = App::new().route("/", web::get().to(async || "never"));
    let app = app.wrap(from_fn(fail)).wrap(KratosMiddleware::new(Counting::prolonged()));
    let error = try_call_service(&init_service(app).await, signed_in("/").to_request()).await.err();
    assert!(error.expect("the middleware fails").as_error::<Own>().is_some());
}

#[actix_web::test]
async fn people_come_back_to_the_full_path_of_a_nested_scope() {
    let inner = web::scope("/{team}")
        .service(web::resource("/boards/{board}").get(async || "never").wrap(Require::signed_in()));
    let app = App::new().service(web::scope("/teams").service(inner));
    let app = init_service(app.wrap(KratosMiddleware::new(linked(Counting::ada())))).await;
    let response = call_service(&app, page("/teams/a%20b/boards/7?tab=open&q=x%26y").to_request()).await;
    assert_eq!(response.status(), 303);
    assert_eq!(
        all(&response, "location"),
        ["https://auth.example/self-service/login/browser?return_to=\
          https%3A%2F%2Fapp.example%2Fteams%2Fa%2520b%2Fboards%2F7%3Ftab%3Dopen%26q%3Dx%2526y"]
    );
}

/// HTTP/2 requests have no `Host`.
#[actix_web::test]
async fn a_further_app_is_found_by_the_authority_of_the_uri() {
    let kratos = linked(Counting::anonymous()).with_further_app("https://two.example").expect("a URL");
    let app = App::new().route("/a", web::get().to(async |_: Session| "never"));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos))).await;
    for (uri, back) in [("https://two.example/a", "two"), ("https://evil.example/a", "app"), ("/a", "app")] {
        let response = call_service(&app, page(uri).to_request()).await;
        let location = all(&response, "location").concat();
        assert!(
            location.ends_with(&format!("return_to=https%3A%2F%2F{back}.example%2Fa")),
            "{uri}: {location}"
        );
    }
}

/// actix-web panics when a middleware keeps a clone of the request while a scope routes it.
#[actix_web::test]
async fn routing_goes_on_after_every_kind_of_middleware() {
    async fn extracting(
        _: Session,
        request: ServiceRequest,
        next: Next<impl MessageBody>,
    ) -> Result<ServiceResponse<impl MessageBody>, Error> {
        next.call(request).await
    }
    let scope = web::scope("/teams/{team}").app_data(web::Data::new(7_u8)).wrap(Require::signed_in()).route(
        "/{id}",
        web::get()
            .to(async |path: web::Path<(String, u8)>, seven: web::Data<u8>| format!("{path:?} {seven:?}")),
    );
    let app = App::new()
        .service(scope)
        .wrap(Require::signed_in())
        .wrap(from_fn(extracting))
        .wrap(KratosMiddleware::new(Counting::ada()));
    let response = call_service(&init_service(app).await, signed_in("/teams/red/3").to_request()).await;
    assert_eq!(response.status(), 200);
}

#[actix_web::test]
async fn the_innermost_middleware_counts() {
    let (outer, inner) = (Counting::down(), Counting::ada());
    let scope = web::scope("/in").route("", web::get().to(async |_: Session| "hello"));
    let app = App::new().service(scope.wrap(KratosMiddleware::new(inner.clone())));
    let app = init_service(app.wrap(KratosMiddleware::new(outer.clone()))).await;
    let response = call_service(&app, signed_in("/in").to_request()).await;
    assert_eq!((response.status().as_u16(), outer.calls(), inner.calls()), (200, 0, 1));
}
