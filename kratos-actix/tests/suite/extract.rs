//! Extractors, and their optional form.

use std::sync::Arc;

use actix_web::{
    App,
    http::StatusCode,
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use kratos_actix::{Identity, KratosMiddleware, Optional, Session, SessionError, Traits};
use kratos_core::{
    model,
    policy::RefusalReason,
    resolve::{Aal2Required, Resolution, ResolveError, Resolved},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::doubles::{Counting, active, signed_in, verdict};

#[derive(Deserialize)]
struct Person {
    email: String,
}

#[derive(Deserialize)]
struct Robot {
    #[allow(dead_code)]
    serial: u32,
}

async fn session(who: Session) -> String {
    format!("session {}", who.id.as_u128())
}
async fn identity(who: Identity) -> String {
    format!("identity {}", who.id.as_u128())
}
async fn traits(who: Traits<Person>) -> String {
    format!("traits {}", who.email)
}
async fn maybe_session(Optional(who): Optional<Session>) -> String {
    who.map_or("anonymous".into(), |who| format!("session {}", who.id.as_u128()))
}
async fn maybe_identity(who: Optional<Identity>) -> String {
    who.as_ref().map_or("anonymous".into(), |who| format!("identity {}", who.id.as_u128()))
}
async fn maybe_traits(Optional(who): Optional<Traits<Person>>) -> String {
    who.map_or("anonymous".into(), |who| format!("traits {}", who.into_inner().email))
}
async fn robot(_: Traits<Robot>) -> &'static str {
    "never"
}
async fn maybe_robot(_: Optional<Traits<Robot>>) -> &'static str {
    "never"
}
/// actix-web's own: every error is `None`.
async fn swallowing(who: Option<Session>) -> &'static str {
    who.map_or("anonymous", |_| "user")
}
/// actix-web's own: the error is the handler's to answer.
async fn own_words(who: Result<Session, SessionError>) -> String {
    who.map_or_else(|error| format!("{:?}", error.refusal().reason()), |_| "user".into())
}

const MUST: [&str; 3] = ["/session", "/identity", "/traits"];
const MAY: [&str; 3] = ["/maybe/session", "/maybe/identity", "/maybe/traits"];

fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/session", web::get().to(session))
        .route("/identity", web::get().to(identity))
        .route("/traits", web::get().to(traits))
        .route("/maybe/session", web::get().to(maybe_session))
        .route("/maybe/identity", web::get().to(maybe_identity))
        .route("/maybe/traits", web::get().to(maybe_traits))
        .route("/robot", web::get().to(robot))
        .route("/maybe/robot", web::get().to(maybe_robot))
        .route("/swallowing", web::get().to(swallowing))
        .route("/own", web::get().to(own_words));
}

type Got = (StatusCode, Option<RefusalReason>, String);

async fn ask(kratos: Counting, request: TestRequest) -> Got {
    let app = App::new().configure(routes).wrap(KratosMiddleware::new(kratos));
    let response = call_service(&init_service(app).await, request.to_request()).await;
    let (status, reason) = verdict(&response);
    let body = read_body(response).await;
    let body = if status.is_success() { String::from_utf8_lossy(&body).into_owned() } else { String::new() };
    (status, reason, body)
}

fn ok(body: &str) -> Got {
    (StatusCode::OK, None, body.to_owned())
}

fn refused(status: StatusCode, reason: RefusalReason) -> Got {
    (status, Some(reason), String::new())
}

#[actix_web::test]
async fn a_user_is_signed_in() {
    for prefix in ["", "/maybe"] {
        for (what, said) in
            [("session", "session 1"), ("identity", "identity 7"), ("traits", "traits ada@example.org")]
        {
            assert_eq!(ask(Counting::ada(), signed_in(&format!("{prefix}/{what}"))).await, ok(said));
        }
    }
}

#[actix_web::test]
async fn nobody_is_signed_in() {
    for path in MUST {
        let anonymous = refused(StatusCode::UNAUTHORIZED, RefusalReason::Anonymous);
        assert_eq!(ask(Counting::anonymous(), signed_in(path)).await, anonymous);
        assert_eq!(ask(Counting::ada(), TestRequest::get().uri(path)).await, anonymous);
    }
    for path in MAY {
        assert_eq!(ask(Counting::anonymous(), signed_in(path)).await, ok("anonymous"));
        assert_eq!(ask(Counting::ada(), TestRequest::get().uri(path)).await, ok("anonymous"));
    }
}

#[actix_web::test]
async fn optional_forms_keep_every_error() {
    let outcomes = [
        (
            Err(ResolveError::unavailable("connection refused")),
            refused(StatusCode::SERVICE_UNAVAILABLE, RefusalReason::Unavailable),
        ),
        (
            Err(ResolveError::rate_limited(None)),
            refused(StatusCode::TOO_MANY_REQUESTS, RefusalReason::RateLimited),
        ),
        (
            Err(ResolveError::misconfigured("wrong URL")),
            refused(StatusCode::INTERNAL_SERVER_ERROR, RefusalReason::Misconfigured),
        ),
        (
            Ok(Resolved::new(Resolution::Aal2Required(Box::new(Aal2Required::new(None))))),
            refused(StatusCode::FORBIDDEN, RefusalReason::SecondFactorRequired),
        ),
    ];
    for (outcome, expected) in outcomes {
        for path in MUST.into_iter().chain(MAY) {
            assert_eq!(ask(Counting::new(outcome.clone()), signed_in(path)).await, expected, "{path}");
        }
    }
}

/// Why [`Optional`] exists. Should this ever fail, actix-web has mended it, and the documentation can say so.
#[actix_web::test]
async fn actix_webs_own_option_swallows_an_outage() {
    assert_eq!(ask(Counting::down(), signed_in("/swallowing")).await, ok("anonymous"));
    assert_eq!(ask(Counting::down(), signed_in("/own")).await, ok("Unavailable"));
}

#[actix_web::test]
async fn traits_of_another_type_are_our_mistake() {
    for path in ["/robot", "/maybe/robot"] {
        let expected = refused(StatusCode::INTERNAL_SERVER_ERROR, RefusalReason::Misconfigured);
        assert_eq!(ask(Counting::ada(), signed_in(path)).await, expected);
    }
    // And do not lose the session.
    assert_eq!(ask(Counting::ada(), signed_in("/session")).await, ok("session 1"));
}

#[actix_web::test]
async fn a_session_without_its_identity_is_no_anonymous_one() {
    let kratos = Counting::new(Ok(active(model::Session::new(Uuid::from_u128(1)))));
    for path in ["/identity", "/maybe/identity", "/traits", "/maybe/traits"] {
        let expected = refused(StatusCode::SERVICE_UNAVAILABLE, RefusalReason::Unavailable);
        assert_eq!(ask(kratos.clone(), signed_in(path)).await, expected);
    }
    assert_eq!(ask(kratos, signed_in("/session")).await, ok("session 1"));
}

#[actix_web::test]
async fn what_is_extracted_is_shared_and_not_copied() {
    let resolved = active(crate::doubles::ada());
    let Resolution::Active(known) = resolved.resolution.clone() else { panic!("it is active") };
    let handler = move |who: Session| {
        let same = std::ptr::eq(&*who, Arc::as_ptr(&known));
        async move { same.to_string() }
    };
    let app = App::new().route("/", web::get().to(handler));
    let app = init_service(app.wrap(KratosMiddleware::new(Counting::new(Ok(resolved))))).await;
    assert_eq!(read_body(call_service(&app, signed_in("/").to_request()).await).await, "true");
}

#[test]
fn an_optional_value_is_taken_out_and_an_error_has_the_status_of_its_response() {
    use actix_web::ResponseError as _;

    assert_eq!((Optional(Some(7)).into_inner(), Optional::<u8>(None).into_inner()), (Some(7), None));
    for (refusal, status) in [
        (kratos_core::policy::Refusal::forbidden("no"), StatusCode::FORBIDDEN),
        (
            kratos_core::policy::Refusal::from(&ResolveError::unavailable("gone")),
            StatusCode::SERVICE_UNAVAILABLE,
        ),
    ] {
        let audience = kratos_core::policy::Audience::Program;
        let rejection =
            kratos_core::Rejection::from(kratos_core::policy::GuardResponse::refuse(&refusal, audience));
        let error = SessionError::from(rejection);
        assert_eq!((error.status_code(), error.error_response().status()), (status, status));
    }
}

/// An application that mounts its pages one by one mounts the assets alone.
#[cfg(feature = "ui")]
#[actix_web::test]
async fn pages_and_assets_are_configured() {
    use kratos_actix::ui::{Pages, Theme};

    let kratos = kratos_core::Kratos::from_resolver(kratos_core::resolve::StaticResolver::anonymous());
    let pages = Pages::new(&kratos, Theme::new());
    let all = init_service(App::new().configure(|app| pages.configure(app))).await;
    let assets = init_service(App::new().configure(|app| pages.configure_assets(app))).await;
    for (path, is_asset) in [("/kratos-ui/kratos-ui.css", true), ("/login", false)] {
        let ask = || TestRequest::get().uri(path).to_request();
        assert_ne!(call_service(&all, ask()).await.status(), StatusCode::NOT_FOUND, "{path}");
        let found = call_service(&assets, ask()).await.status() != StatusCode::NOT_FOUND;
        assert_eq!(found, is_asset, "{path}");
    }
}
