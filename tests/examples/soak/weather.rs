//! Alternates between faults and none.

use std::time::Duration;

use kratos_testkit::{Fault, TestKratos};

/// The fault in every response of Kratos.
type Trouble = (&'static str, fn() -> Fault);

const TROUBLES: [Trouble; 11] = [
    ("slow", || Fault::delay(Duration::from_millis(150))),
    ("hang", Fault::hang),
    ("drop", Fault::drop_connection),
    ("500", || Fault::status(500)),
    ("503", || Fault::status(503)),
    ("429", || Fault::rate_limited(Duration::from_secs(7))),
    ("truncated", Fault::truncated),
    ("broken json", Fault::broken_json),
    ("2 MB body", || Fault::huge(2 * 1024 * 1024)),
    ("html", Fault::html),
    ("redirect", || Fault::redirect("http://127.0.0.1:9/login")),
];

/// The phases: each fault is followed by an equally long phase without one.
#[derive(Debug)]
pub(crate) struct Weather {
    turn: usize,
}

impl Weather {
    pub(crate) fn new() -> Self {
        Self { turn: 0 }
    }

    /// The next phase. Returns whether it has no fault.
    pub(crate) fn turn(&mut self, kratos: &TestKratos) -> bool {
        self.turn += 1;
        kratos.clear_faults();
        match self.trouble() {
            None => true,
            Some((_, fault)) => {
                kratos.inject("*", fault());
                false
            }
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.trouble().map_or("calm", |(name, _)| name)
    }

    /// Odd phases have no fault, as has the first.
    fn trouble(&self) -> Option<Trouble> {
        self.turn.is_multiple_of(2).then(|| TROUBLES[(self.turn / 2).wrapping_sub(1) % TROUBLES.len()])
    }
}
