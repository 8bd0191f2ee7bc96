//! Receivers of events, and what they answer.

use axum::body::Body;
use kratos_axum::{
    Kratos,
    events::{EventReceiver, HookAuth},
};
use tower::Service as _;

use crate::shown::{clean, debugged, secret};

/// A body with secrets, from a proven sender and from another.
pub async fn receivers() {
    let key = secret("events-key-of-16-or-more");
    let kratos = Kratos::new("http://127.0.0.1:1").unwrap().with_cache(std::time::Duration::from_secs(1));
    let auth = HookAuth::bearer(&key).unwrap();
    debugged(&auth);
    for receiver in [EventReceiver::traces(&kratos, auth.clone()), EventReceiver::stream(&kratos, auth)] {
        debugged(&receiver);
        for (proof, kind) in [
            (format!("Bearer {key}"), "application/json"),
            (format!("Bearer {key}"), "application/x-protobuf"),
            (secret("other"), "application/json"),
        ] {
            let request = http::Request::post(format!("/?x={}", secret("query")))
                .header("authorization", proof)
                .header("content-type", kind);
            let (head, ()) = request.body(()).unwrap().into_parts();
            let body = bytes::Bytes::from(format!("{{\"names\":{:?}}}", secret("body")));
            let answer = receiver.receive(&head.headers, async |_| Some(body.clone())).await;
            debugged(&answer);
            clean("an answer", &String::from_utf8_lossy(&answer.body));
            let future = receiver.clone().call(http::Request::from_parts(head, Body::from(body)));
            debugged(&future);
            assert!(future.await.unwrap().status().is_client_error());
        }
    }
}
