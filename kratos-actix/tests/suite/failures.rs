//! The known failures of other crates, which must not come back.

use std::time::Duration;

use actix_web::{
    App, HttpRequest,
    http::{StatusCode, header::HeaderValue},
    middleware::from_fn,
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use kratos_actix::{
    Identity, Kratos, KratosExt as _, KratosMiddleware, Optional, Require, Session, SessionError, Traits,
};
use kratos_core::{
    credential::CredentialReader,
    policy::RefusalReason,
    resolve::{HttpResolver, ResolveError},
};
use tokio::{io::AsyncReadExt as _, net::TcpListener};

use crate::doubles::{Counting, all, explanation, linked, page, signed_in, verdict};

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/guard").to(async || "never").wrap(Require::signed_in()))
        .service(web::resource("/out").to(async || "never").wrap(Require::signed_out()))
        .route("/session", web::get().to(async |_: Session| "never"))
        .route("/identity", web::get().to(async |_: Identity| "never"))
        .route("/traits", web::get().to(async |_: Traits<()>| "never"))
        .route("/optional", web::get().to(async |_: Optional<Session>| "never"))
        .route(
            "/ext",
            web::get().to(async |request: HttpRequest| {
                request.kratos_request()?.session().await.map(|_| "never").map_err(SessionError::from)
            }),
        );
}

const EVERY: [&str; 7] = ["/guard", "/out", "/session", "/identity", "/traits", "/optional", "/ext"];

#[actix_web::test]
async fn an_outage_is_503_and_never_401_or_anonymous_or_a_redirect() {
    let app = App::new().configure(routes).wrap(KratosMiddleware::new(linked(Counting::down())));
    let app = init_service(app).await;
    for path in EVERY {
        for request in [signed_in(path), page(path).insert_header(("cookie", "ory_kratos_session=MTcw"))] {
            let response = call_service(&app, request.to_request()).await;
            let expected = (StatusCode::SERVICE_UNAVAILABLE, Some(RefusalReason::Unavailable));
            assert_eq!(verdict(&response), expected, "{path}");
            assert!(all(&response, "location").is_empty(), "{path}");
        }
    }
}

#[actix_web::test]
async fn a_rate_limit_says_when_to_come_back() {
    let limited = ResolveError::rate_limited(Some(Duration::from_millis(1500)));
    let app = App::new().configure(routes).wrap(KratosMiddleware::new(Counting::new(Err(limited))));
    let response = call_service(&init_service(app).await, signed_in("/session").to_request()).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(all(&response, "retry-after"), ["2"]);
}

#[actix_web::test]
async fn byte_ff_in_any_header_is_no_panic() {
    let kratos = Counting::ada();
    let app = App::new().configure(routes).wrap(KratosMiddleware::new(linked(kratos.clone())));
    let app = init_service(app).await;
    let hostile =
        HeaderValue::from_bytes(b"\xff=\xff; ory_kratos_session\xff=\xff").expect("a header may hold it");
    let headers = [
        "cookie",
        "authorization",
        "x-session-token",
        "accept",
        "sec-fetch-mode",
        "hx-request",
        "hx-current-url",
        "referer",
        "host",
    ];
    for path in EVERY {
        for name in headers {
            let response = call_service(
                &app,
                TestRequest::get().uri(path).insert_header((name, hostile.clone())).to_request(),
            )
            .await;
            let signed_out = path == "/out" || path == "/optional";
            let expected = if signed_out { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
            assert_eq!(response.status(), expected, "{path} {name}");
        }
    }
    assert_eq!(kratos.calls(), 0, "none of it is a credential");

    // Beside it, a real credential still counts, byte for byte.
    let both = HeaderValue::from_bytes(b"a=\xff; ory_kratos_session=MT\xfcw").expect("a header may hold it");
    let app = App::new().route("/", web::get().to(async |_: Session| "hello"));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos.clone()))).await;
    let response =
        call_service(&app, TestRequest::get().uri("/").insert_header(("cookie", both)).to_request()).await;
    assert_eq!((response.status(), kratos.calls()), (StatusCode::OK, 1));
}

#[actix_web::test]
async fn a_post_is_never_redirected() {
    let app = App::new().configure(routes).wrap(KratosMiddleware::new(linked(Counting::ada())));
    let app = init_service(app).await;
    let request = TestRequest::post()
        .uri("/guard")
        .insert_header(("sec-fetch-mode", "navigate"))
        .insert_header(("accept", "text/html"))
        .set_form([("amount", "100")]);
    let response = call_service(&app, request.to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::UNAUTHORIZED, Some(RefusalReason::Anonymous)));
    assert!(all(&response, "location").is_empty());
    assert_eq!(all(&response, "content-type"), ["text/html; charset=utf-8"]);
    let page = String::from_utf8_lossy(&read_body(response).await).into_owned();
    let login = page.split_once("<a href=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a link").0;
    assert!(login.starts_with("https://auth.example/self-service/login/browser"), "{login}");
    assert!(!login.contains("guard"), "login must not return to the URL of a POST: {login}");
}

#[actix_web::test]
async fn a_missing_middleware_is_500_and_names_the_fix() {
    let app = init_service(App::new().configure(routes)).await;
    for path in EVERY {
        for request in [signed_in(path), TestRequest::get().uri(path), page(path)] {
            let response = call_service(&app, request.to_request()).await;
            let expected = (StatusCode::INTERNAL_SERVER_ERROR, Some(RefusalReason::Misconfigured));
            assert_eq!(verdict(&response), expected, "{path}");
            let fix = explanation(&response);
            assert!(fix.contains("wrap the App in it"), "{fix}");
            let body = String::from_utf8_lossy(&read_body(response).await).into_owned();
            assert!(body.contains("The server is misconfigured; see its log."), "{body}");
            assert!(!body.contains("wrap the App in it"), "the log alone names the fix: {body}");
        }
    }
}

/// A guard of the `App` that was wrapped last runs first: it must not let through, nor panic.
#[actix_web::test]
async fn the_wrong_order_is_500_at_every_level() {
    async fn ask(
        _: Session,
        request: actix_web::dev::ServiceRequest,
        next: actix_web::middleware::Next<impl actix_web::body::MessageBody>,
    ) -> Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
        next.call(request).await
    }
    let sessions = || KratosMiddleware::new(Counting::ada());
    let route = || web::resource("/").get(async || "never");

    let app = init_service(App::new().service(route()).wrap(sessions()).wrap(Require::signed_in())).await;
    assert_eq!(call_service(&app, signed_in("/").to_request()).await.status(), 500);

    let scope = web::scope("").service(route()).wrap(sessions()).wrap(Require::signed_in());
    let app = init_service(App::new().service(scope)).await;
    assert_eq!(call_service(&app, signed_in("/").to_request()).await.status(), 500);

    // The session in a scope, the guard around the app.
    let scope = web::scope("").service(route()).wrap(sessions());
    let app = init_service(App::new().service(scope).wrap(Require::signed_in())).await;
    assert_eq!(call_service(&app, signed_in("/").to_request()).await.status(), 500);

    let app = init_service(App::new().service(route()).wrap(sessions()).wrap(from_fn(ask))).await;
    let error = actix_web::test::try_call_service(&app, signed_in("/").to_request()).await.err();
    assert_eq!(error.expect("it has no session").error_response().status(), 500);
}

#[actix_web::test]
async fn two_credentials_before_a_strict_reader_are_400() {
    let kratos = Counting::ada();
    let strict = Kratos::from_resolver(kratos.clone()).with_credentials(
        CredentialReader::default().with_ambiguous(kratos_core::credential::Ambiguous::Reject),
    );
    let app = init_service(App::new().configure(routes).wrap(KratosMiddleware::new(strict))).await;
    for path in EVERY {
        let request = signed_in(path).insert_header(("authorization", "Bearer ory_st_abc"));
        let response = call_service(&app, request.to_request()).await;
        let expected = (StatusCode::BAD_REQUEST, Some(RefusalReason::AmbiguousCredentials));
        assert_eq!(verdict(&response), expected, "{path}");
    }
    assert_eq!(kratos.calls(), 0);
}

/// Takes every connection, reads, and never answers.
async fn hang(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        actix_web::rt::spawn(async move {
            let mut buffer = [0; 1024];
            while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
        });
    }
}

#[actix_web::test]
async fn a_hanging_kratos_is_503_in_time_and_holds_up_nobody_else() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    actix_web::rt::spawn(hang(listener));
    let kratos = HttpResolver::new(&url).expect("a URL").with_timeout(Duration::from_millis(300));
    let app = App::new().configure(routes).route("/public", web::get().to(async || "public"));
    let app = init_service(app.wrap(KratosMiddleware::new(kratos))).await;

    // On one thread, as in a worker: the public page is answered while the other waits.
    let (guarded, public) = (
        call_service(&app, signed_in("/session").to_request()),
        call_service(&app, signed_in("/public").to_request()),
    );
    let mut guarded = std::pin::pin!(guarded);
    tokio::select! {
        biased;
        _ = &mut guarded => panic!("Kratos does not answer, so nothing can be said yet"),
        response = public => assert_eq!(response.status(), StatusCode::OK),
    }
    let response = tokio::time::timeout(Duration::from_secs(10), guarded).await.expect("it ends by itself");
    assert_eq!(verdict(&response), (StatusCode::SERVICE_UNAVAILABLE, Some(RefusalReason::Unavailable)));
}

#[actix_web::test]
async fn a_kratos_that_is_not_there_is_503() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    drop(listener);
    let app = App::new().configure(routes);
    let app = init_service(app.wrap(KratosMiddleware::new(HttpResolver::new(&url).expect("a URL")))).await;
    let response = call_service(&app, signed_in("/guard").to_request()).await;
    assert_eq!(verdict(&response), (StatusCode::SERVICE_UNAVAILABLE, Some(RefusalReason::Unavailable)));
}
