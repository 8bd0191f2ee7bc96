use std::{collections::BTreeMap, time::Duration};

use ::metrics::with_local_recorder;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use kratos_core::{Kratos, resolve::StaticResolver};
use kratos_hooks::HookAuth;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

use crate::EventReceiver;

const KEY: &str = "sixteen-characters-or-more";

/// Sends a body as a stream's sender, and returns the status.
async fn send(receiver: &EventReceiver, key: &str, body: Option<&'static str>) -> u16 {
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {key}")).unwrap());
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = body.map(|text| Bytes::from_static(text.as_bytes()));
    receiver.receive(&headers, |_| async move { body }).await.status.as_u16()
}

#[test]
fn every_body_and_event_is_counted_once() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let receives = async {
        let uncached = Kratos::new("http://127.0.0.1:1").unwrap();
        let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_cache(Duration::from_secs(60));
        let auth = || HookAuth::bearer(KEY).unwrap();
        let receiver = EventReceiver::stream(&kratos, auth());
        let revoked = r#"{"name":"SessionRevoked"}"#;
        assert_eq!(send(&receiver, KEY, Some(revoked)).await, 200);
        assert_eq!(send(&receiver, KEY, Some(revoked)).await, 200);
        assert_eq!(send(&receiver, KEY, Some(r#"{"name":"SessionIssued"}"#)).await, 200);
        assert_eq!(send(&receiver, "another-key-of-any-length", Some(revoked)).await, 401);
        assert_eq!(send(&receiver, KEY, Some("{")).await, 400);
        assert_eq!(send(&receiver, KEY, None).await, 413);
        assert_eq!(send(&EventReceiver::stream(&uncached, auth()), KEY, Some(revoked)).await, 500);
        let never = receiver.with_timeout(Duration::ZERO);
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {KEY}")).unwrap());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let answer = never.receive(&headers, |_| std::future::pending()).await;
        assert_eq!(answer.status.as_u16(), 503);
    };
    with_local_recorder(&recorder, || runtime.block_on(receives));
    let counted: BTreeMap<String, u64> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .filter_map(|(key, _, _, value)| {
            let DebugValue::Counter(count) = value else { return None };
            let key = key.key();
            let labels: Vec<_> = key.labels().map(|label| label.value().to_owned()).collect();
            Some((format!("{} {}", key.name(), labels.join(" ")), count))
        })
        .collect();
    let expected = [
        ("kratos_event_bodies_total busy", 1),
        ("kratos_event_bodies_total lost", 2),
        ("kratos_event_bodies_total read", 3),
        ("kratos_event_bodies_total uncached", 1),
        ("kratos_event_bodies_total unproven", 1),
        ("kratos_events_total applied", 2),
        ("kratos_events_total ignored", 1),
    ];
    assert_eq!(counted, expected.map(|(name, count)| (name.to_owned(), count)).into());
}
