//! Spans of calls contain operation, status and duration, and no secret.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};

use http::HeaderMap;
use tracing::{Event, Metadata, Subscriber, field, span};

use super::{super::*, Recorder};
use crate::model::SecretText;

/// Records every field of every span and event.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl field::Visit for Log {
    fn record_debug(&mut self, field: &field::Field, value: &dyn Debug) {
        self.0.lock().unwrap().push(format!("{}={value:?}", field.name()));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

fn logged(status: u16, body: &'static str) -> String {
    let log = Log::default();
    let recorder = Recorder::new([(status, HeaderMap::new(), body)]);
    let mut client = Client::new("http://k.example").unwrap();
    client.connection.recorder = Some(recorder);
    let submit = || async {
        let token = SecretText::new("ory_st_s3cret");
        let native = client.native().with_session_token(&token);
        let body = submit::LoginBody::password("s3cret@example.org", "s3cret");
        let _ = native.submit_login_flow(uuid::Uuid::from_u128(1), body).await;
        let query = [("flow", "f"), ("token", "s3cret")];
        let _ = client.browser(&BrowserCookies::new("a=s3cret")).follow_recovery(&query).await;
    };
    // The first call has no subscriber. `tracing` caches the interest in a callsite at its first use, which may happen on
    // the thread of another test.
    super::table::now(submit());
    tracing::subscriber::with_default(log.clone(), || super::table::now(submit()));
    log.0.lock().unwrap().join(" ")
}

#[test]
fn a_call_is_a_span_without_secrets() {
    let log = logged(403, r#"{"error":{"message":"m","reason":"s3cret"}}"#);
    for field in ["operation=updateLoginFlow", "operation=followRecoveryFlow", "method=POST", "status=403"] {
        assert!(log.contains(field), "{field} in {log}");
    }
    assert!(log.contains("elapsed_ms=") && !log.contains(" elapsed=") && !log.contains("s3cret"), "{log}");
    let odd = logged(200, r#"{"session":{"id":"s3cret"}}"#);
    assert!(odd.contains("status=200") && !odd.contains("s3cret"), "{odd}");
}
