//! What many requests write into the log: a line, not one each.

#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

use std::sync::{Mutex, PoisonError};

use kratos_hooks::{BeforeLogin, HookAuth, HookCall, HookGuard, HookIds};
use tracing::{
    Event, Id, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Recorder;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn lines_with(text: &str) -> usize {
    LINES.lock().unwrap().iter().filter(|line| line.contains(text)).count()
}

#[tokio::test(start_paused = true)]
async fn a_caller_cannot_fill_the_log() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
    let auth = HookAuth::api_key_header("x-key", "a-key-of-22-characters").unwrap();
    let guard = HookGuard::new(auth);
    for number in 0..10_000 {
        // As a layer does it.
        let guard = guard.clone();
        assert!(guard.admit([format!("a guess {number}").as_bytes()], HookIds::default()).is_err());
        kratos_hooks::__private::log_unguarded("add the layer");
    }
    assert_eq!(lines_with("did not prove its caller"), 1);
    assert_eq!(lines_with("add the layer"), 1);
    assert_eq!(lines_with("guess"), 0);
    // One of each other guard.
    let other = guard.with_body_limit(1);
    let other = HookGuard::new(other.auth().clone());
    assert!(other.admit([], HookIds::default()).is_err());
    assert_eq!(lines_with("did not prove its caller"), 2);

    let body = br#"{"flow":{"id":"74ef89a6-80da-4ce1-b7be-895e4bd7a5e2"},"request_cookies":{"a":"S3CRET"}}"#;
    for _ in 0..100 {
        let _ = HookCall::<BeforeLogin>::decode(HookIds::default(), body);
    }
    assert_eq!(lines_with("holds the user's cookies"), 1);
    assert_eq!(lines_with("S3CRET"), 0);
}
