//! A hook's route: proof, time-out, remembered answers and response, around a handler that takes the decoded call.

use axum::{Router, body::Body, routing::post};
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::Request;
use kratos_axum::hooks::{
    AfterRegistration, Hook, HookAnswer, HookAuth, HookCall, HookIds, HookLayer, Idempotence, Reply,
};
use tower::{Service as _, ServiceExt};
use uuid::Uuid;

use crate::alternate::{self, Measured, Subject};

pub const AXUM: &str = "axum, the whole route";
pub const ACTIX: &str = "actix, the whole route";
pub const DECODE: &str = "decoding the call";

/// A request of Kratos 26.2.0.
const RECORDED: &str = include_str!("../../tests/captures/hooks/26.2.0/registration-after-parse.json");
const KEY: &str = "a-key-of-22-characters";
const PATH: &str = "/hooks/registered";

type Answer = Reply<HookAnswer<AfterRegistration>>;

/// Returns the bytes of the decoded body, and the figures.
pub fn measure() -> (usize, Vec<Measured>) {
    let recorded: serde_json::Value = serde_json::from_str(RECORDED).unwrap();
    let body = Bytes::from(recorded["body"].to_string());
    let auth = HookAuth::api_key_header("x-hook-key", KEY).unwrap();
    let guard = HookLayer::new(auth.clone()).with_idempotence(Idempotence::new());
    let mut axum = Router::new()
        .route(PATH, post(async |hook: Hook<AfterRegistration>| Reply(hook.proceed()) as Answer))
        .layer(guard);
    let actix = actix(auth);
    // The time-out of a handler needs a runtime.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let _entered = runtime.enter();
    let ask = || {
        let request = Request::post(PATH).header("x-hook-key", KEY).header(HookIds::TRIGGER_HEADER, id());
        request.body(Body::from(body.clone())).unwrap()
    };
    let subjects = vec![
        Subject::new(AXUM, ask, |request| {
            let ready = ServiceExt::<Request<Body>>::ready(&mut axum).now_or_never().unwrap().unwrap();
            let response =
                ready.call(request).now_or_never().expect("the response is ready at once").unwrap();
            assert_eq!(response.status(), 204);
        }),
        Subject::new(ACTIX, || actix_request(&body), actix),
        Subject::new(
            DECODE,
            || (),
            |()| HookCall::<AfterRegistration>::decode(HookIds::default(), &body).unwrap(),
        ),
    ];
    let measured = alternate::alternate(subjects, 100, 100);
    (body.len(), measured)
}

/// Another call each time.
fn id() -> String {
    Uuid::new_v4().to_string()
}

fn actix(auth: HookAuth) -> impl FnMut(actix_http::Request) {
    use actix_web::{App, dev::Service, test::init_service, web};
    use kratos_actix::hooks::{Hook, HookMiddleware, Reply};
    let guard = HookMiddleware::new(auth).with_idempotence(Idempotence::new());
    let route = web::post().to(async |hook: Hook<AfterRegistration>| Reply(hook.proceed()));
    let app = App::new().service(web::scope("").route(PATH, route).wrap(guard));
    let service = actix_web::rt::System::new().block_on(init_service(app));
    move |request| {
        let response = service.call(request).now_or_never().expect("the response is ready at once").unwrap();
        assert_eq!(response.status(), 204);
    }
}

fn actix_request(body: &Bytes) -> actix_http::Request {
    actix_web::test::TestRequest::post()
        .uri(PATH)
        .insert_header(("x-hook-key", KEY))
        .insert_header((HookIds::TRIGGER_HEADER, id()))
        .set_payload(body.clone())
        .to_request()
}
