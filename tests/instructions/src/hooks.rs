//! A call of a hook.

use std::rc::Rc;

use axum::{Router, body::Body, routing::post};
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::Request;
use kratos_axum::hooks::{
    AfterRegistration, Hook, HookAuth, HookCall, HookIds, HookLayer, Idempotence, Reply,
};
use tower::{Service as _, ServiceExt};
use uuid::Uuid;

use crate::Run;

/// A request of Kratos 26.2.0.
const RECORDED: &str = include_str!("../../captures/hooks/26.2.0/registration-after-parse.json");
const KEY: &str = "a-key-of-22-characters";

fn body() -> Bytes {
    let recorded: serde_json::Value = serde_json::from_str(RECORDED).unwrap();
    recorded["body"].to_string().into()
}

/// The whole route: proof, time-out, remembered answer, decoding and response.
pub(crate) fn route() -> Run {
    let auth = HookAuth::api_key_header("x-hook-key", KEY).unwrap();
    let app = Router::new()
        .route("/hook", post(async |hook: Hook<AfterRegistration>| Reply(hook.proceed())))
        .layer(HookLayer::new(auth).with_idempotence(Idempotence::new()));
    let runtime = Rc::new(tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap());
    let body = body();
    let mut number = 0_u128;
    Box::new(move |times| {
        let mut one = || -> Box<dyn FnOnce()> {
            number += 1;
            let request = Request::post("/hook")
                .header("x-hook-key", KEY)
                .header(HookIds::TRIGGER_HEADER, Uuid::from_u128(number).to_string())
                .body(Body::from(body.clone()))
                .unwrap();
            let (mut app, runtime) = (app.clone(), Rc::clone(&runtime));
            Box::new(move || {
                // The time-out of a handler needs a runtime.
                let _entered = runtime.enter();
                let ready = ServiceExt::<Request<Body>>::ready(&mut app).now_or_never().unwrap().unwrap();
                let response = ready.call(request).now_or_never().unwrap().unwrap();
                assert_eq!(response.status(), 204);
            })
        };
        (0..times).map(|_| one()).collect()
    })
}

/// What the route does with the body.
pub(crate) fn decoding() -> Run {
    let body = body();
    Box::new(move |times| {
        let one = |_| -> Box<dyn FnOnce()> {
            let body = body.clone();
            Box::new(move || {
                drop(HookCall::<AfterRegistration>::decode(HookIds::default(), &body).unwrap());
            })
        };
        (0..times).map(one).collect()
    })
}
