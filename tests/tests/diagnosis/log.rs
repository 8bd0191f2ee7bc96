//! Records the warnings and errors of the target `kratos` in this process.

use std::{
    fmt::{Debug, Write as _},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tracing::{
    Event, Id, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Starts recording.
pub(crate) fn record() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
}

/// Returns the lines that contain this text.
pub(crate) fn with(text: &str) -> Vec<String> {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.iter().filter(|line| line.contains(text)).cloned().collect()
}

/// Returns the only line that contains this text. Waits for it: a scenario on another server may be logging it.
pub(crate) fn once(text: &str) -> String {
    for _ in 0..100 {
        if !with(text).is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let lines = with(text);
    assert_eq!(lines.len(), 1, "{text:?} in {:#?}", with(""));
    lines[0].clone()
}

struct Recorder;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target() == "kratos" && *about.level() <= Level::WARN
    }
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
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
