//! Who is refused, and what a refusal costs.

use std::{io::Write as _, time::Duration};

use kratos_axum::{
    Kratos,
    events::{EventReceiver, HookAuth},
};

use crate::{
    apps::{self, Sent},
    forgotten::{Forgotten, Notes},
};

pub(crate) const KEY: &str = "a-key-of-22-characters";
const PROTOBUF: (&str, &str) = ("content-type", "application/x-protobuf");
const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
const GZIP: (&str, &str) = ("content-encoding", "gzip");
pub(crate) const PROVEN: (&str, &str) = ("authorization", "Bearer a-key-of-22-characters");

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Asserts the status in both frameworks, and what it made the cache forget.
async fn check(
    receiver: &EventReceiver,
    notes: &Notes,
    name: &str,
    sent: &Sent,
    status: u16,
    forgot: &[Forgotten],
) {
    for (framework, answered) in
        [("axum", apps::axum(receiver, sent).await), ("actix-web", apps::actix(receiver, sent).await)]
    {
        // actix-web's router has no route of another method, and says so itself.
        let expected = if framework == "actix-web" && status == 405 { 404 } else { status };
        assert_eq!(answered.0, expected, "{name} in {framework}: {answered:?}");
        assert!(!format!("{answered:?}").contains("a-key"), "{name} in {framework}");
        if status == 200 {
            assert_eq!(
                answered.1,
                sent.headers.iter().find(|it| it.0 == "content-type").unwrap().1.split(';').next().unwrap()
            );
        }
    }
    assert_eq!(notes.take(), [forgot, forgot].concat(), "{name}");
}

#[tokio::test]
async fn traces_are_answered_as_otlp_says() {
    let notes = Notes::default();
    let receiver =
        EventReceiver::traces(&notes.kratos(), HookAuth::bearer(KEY).unwrap()).with_body_limit(64 * 1024);
    let all = [Forgotten::All];
    let bomb = gzip(&vec![0; 8 << 20]);
    let basic = ("authorization", "Basic a3JhdG9zOmEta2V5LW9mLTIyLWNoYXJhY3RlcnM=");
    let large = vec![0; 65 * 1024];
    for (name, sent, status, forgot) in [
        ("an empty export", Sent::new(&[PROVEN, PROTOBUF], ""), 200, &[][..]),
        ("an empty export, packed", Sent::new(&[PROVEN, PROTOBUF, GZIP], gzip(b"")), 200, &[]),
        ("no proof", Sent::new(&[PROTOBUF], ""), 401, &[]),
        ("another proof", Sent::new(&[basic, PROTOBUF], ""), 401, &[]),
        ("two proofs", Sent::new(&[PROVEN, PROVEN, PROTOBUF], ""), 401, &[]),
        ("no proof and too large", Sent::new(&[PROTOBUF], large.clone()), 401, &[]),
        ("no proof and a bomb", Sent::new(&[PROTOBUF, GZIP], bomb.clone()), 401, &[]),
        ("GET", Sent { method: "GET", ..Sent::new(&[PROVEN, PROTOBUF], "") }, 405, &[]),
        ("JSON", Sent::new(&[PROVEN, JSON], "{}"), 415, &all),
        ("no media type", Sent::new(&[PROVEN], ""), 415, &all),
        ("another coding", Sent::new(&[PROVEN, PROTOBUF, ("content-encoding", "br")], ""), 415, &all),
        ("not protobuf", Sent::new(&[PROVEN, PROTOBUF], "hello"), 400, &all),
        ("not gzip", Sent::new(&[PROVEN, PROTOBUF, GZIP], "hello"), 400, &all),
        ("too large", Sent::new(&[PROVEN, PROTOBUF], large), 413, &all),
        ("a bomb", Sent::new(&[PROVEN, PROTOBUF, GZIP], bomb), 413, &all),
    ] {
        check(&receiver, &notes, name, &sent, status, forgot).await;
    }
}

#[tokio::test]
async fn an_event_of_the_network_is_received() {
    let notes = Notes::default();
    let receiver = EventReceiver::stream(&notes.kratos(), HookAuth::bearer(KEY).unwrap());
    let id = uuid::Uuid::from_u128(7);
    let event = format!(r#"{{"name":"SessionRevoked","eventAttributes":{{"SessionID":"{id}"}}}}"#);
    let session = [Forgotten::Session(id)];
    for (name, sent, status, forgot) in [
        ("a revocation", Sent::new(&[PROVEN, JSON], event.clone()), 200, &session[..]),
        ("another event", Sent::new(&[PROVEN, JSON], r#"{"name":"New","eventAttributes":{}}"#), 200, &[]),
        ("no proof", Sent::new(&[JSON], event), 401, &[]),
        ("no event", Sent::new(&[PROVEN, JSON], "[]"), 400, &[Forgotten::All]),
    ] {
        check(&receiver, &notes, name, &sent, status, forgot).await;
    }
}

#[tokio::test]
async fn a_kratos_without_a_cache_is_misuse() {
    let kratos = Kratos::new("http://127.0.0.1:1").unwrap();
    let sent = Sent::new(&[PROVEN, PROTOBUF], "");
    for (kratos, status) in [(kratos.clone(), 500), (kratos.with_cache(Duration::from_secs(1)), 200)] {
        let receiver = EventReceiver::traces(&kratos, HookAuth::bearer(KEY).unwrap());
        assert_eq!(apps::axum(&receiver, &sent).await.0, status);
        assert_eq!(apps::actix(&receiver, &sent).await.0, status);
    }
}

/// Bodies that do not come occupy no more than their places, and each of them for a limited time.
#[tokio::test]
async fn slow_bodies_are_bounded_in_number_and_time() {
    let notes = Notes::default();
    let receiver = EventReceiver::traces(&notes.kratos(), HookAuth::bearer(KEY).unwrap())
        .with_concurrency(2)
        .with_timeout(Duration::from_millis(50));
    let mut headers = axum::http::HeaderMap::new();
    for (name, value) in [PROVEN, PROTOBUF] {
        headers.insert(name, value.parse().unwrap());
    }
    let slow = || receiver.receive(&headers, |_| std::future::pending());
    let quick = async {
        tokio::task::yield_now().await;
        receiver.receive(&headers, async |_| Some(bytes::Bytes::new())).await
    };
    let (first, second, third) = tokio::join!(slow(), slow(), quick);
    assert_eq!([first.status, second.status, third.status], [503; 3]);
    assert_eq!(third.retry_after, Some(1));
    let after = receiver.receive(&headers, async |_| Some(bytes::Bytes::new())).await;
    assert_eq!(after.status, 200);
    // A caller that hangs up gives its place back.
    drop(tokio::time::timeout(Duration::from_millis(1), async { tokio::join!(slow(), slow()) }).await);
    assert_eq!(receiver.receive(&headers, async |_| Some(bytes::Bytes::new())).await.status, 200);
    assert_eq!(notes.take(), []);
}
