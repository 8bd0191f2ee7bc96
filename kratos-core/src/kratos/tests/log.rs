//! Keeps the log lines of this thread.

use std::{
    fmt::{Debug, Write as _},
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Id, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
};

/// Runs `test` and returns the warnings and errors that it logs.
pub(crate) fn during<T>(test: impl FnOnce() -> T) -> (T, Vec<String>) {
    let lines = Arc::<Mutex<Vec<String>>>::default();
    let outcome = tracing::subscriber::with_default(Keeper(Arc::clone(&lines)), || {
        // Another thread may have cached that nothing listens.
        tracing::callsite::rebuild_interest_cache();
        test()
    });
    let lines = lines.lock().unwrap().clone();
    (outcome, lines)
}

struct Keeper(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Keeper {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "kratos" && *metadata.level() <= Level::WARN
    }
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
