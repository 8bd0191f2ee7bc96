//! Runs every walk at every place and counts the results.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kratos_tests::lab;
use libtest_mimic::Trial;

use crate::page::Ledger;
use crate::place::{EXAMPLES, Place, Source};
use crate::suite::Suite;
use crate::visit::Visit;
use crate::walks::{Takes, WALKS, Walk};
use crate::webdriver::{Browser, Scripts};

/// The results of an example's walks on a server.
#[derive(Debug, Default)]
struct Count {
    passed: BTreeMap<Scripts, usize>,
    not_offered: BTreeMap<&'static str, usize>,
}

impl Count {
    fn is_empty(&self) -> bool {
        self.passed.is_empty() && self.not_offered.is_empty()
    }
}

/// An example on a server.
#[derive(Debug)]
struct Stop {
    example: &'static str,
    source: Source,
    ledger: Ledger,
    count: Mutex<Count>,
}

/// All examples and servers.
#[derive(Debug)]
pub(crate) struct Tour(Vec<Arc<Stop>>);

impl Tour {
    /// Both examples, on the testkit and on the servers of `KRATOS_LAB` since 1.0.
    pub(crate) fn new() -> Self {
        let stop = |example, source: Source| {
            let ledger = Ledger::new(&format!("{example} on {}", source.server().name));
            Arc::new(Stop { example, source, ledger, count: Mutex::default() })
        };
        let mut stops = Vec::new();
        for example in EXAMPLES {
            let lab = lab::lab_servers().iter().filter(|server| server.is_since(1, 0));
            let sources = lab::testkits().iter().map(Source::TestkitLike).chain(lab.map(Source::Lab));
            stops.extend(sources.map(|source| stop(example, source)));
        }
        Self(stops)
    }

    /// A trial for each walk, with and without JavaScript.
    pub(crate) fn trials(&self, suite: &Arc<Suite>) -> Vec<Trial> {
        let mut trials = Vec::new();
        for walk in WALKS {
            for stop in &self.0 {
                for scripts in [Scripts::On, Scripts::Off] {
                    if scripts == Scripts::Off && walk.takes == Takes::Scripts {
                        continue;
                    }
                    let name = format!("{}: {}{}", stop.ledger.place(), walk.name, told(scripts));
                    let stop = Arc::clone(stop);
                    trials.push(
                        suite.trial(&name, scripts, async move |browser| stop.walk(walk, browser).await),
                    );
                }
            }
        }
        trials
    }

    /// The inspected pages, and a line for each example on each server.
    pub(crate) fn lines(&self) -> Vec<String> {
        let visited = self.0.iter().filter(|stop| !stop.counted().is_empty());
        visited.flat_map(|stop| stop.ledger.lines().into_iter().chain([stop.line()])).collect()
    }
}

/// A suffix for a walk's name.
pub(crate) fn told(scripts: Scripts) -> &'static str {
    if scripts == Scripts::On { "" } else { " (scripts off)" }
}

impl Stop {
    async fn walk(&self, walk: &Walk, browser: &Browser) -> Result<(), &'static str> {
        if let Some(reason) = self.lacks(walk) {
            *self.counted().not_offered.entry(reason).or_default() += 1;
            return Err(reason);
        }
        let place = Place::start(self.example, self.source).await;
        (walk.run)(&Visit { browser, place: &place, ledger: &self.ledger }).await;
        *self.counted().passed.entry(browser.scripts()).or_default() += 1;
        Ok(())
    }

    fn counted(&self) -> std::sync::MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lacks(&self, walk: &Walk) -> Option<&'static str> {
        let server = self.source.server();
        walk.needs.iter().find_map(|feature| server.lacks(*feature))
    }

    fn line(&self) -> String {
        let count = self.counted();
        let passed = |scripts| count.passed.get(&scripts).copied().unwrap_or_default();
        let not_offered: usize = count.not_offered.values().sum();
        let mut line = format!(
            "{}: {} walks passed, and {} with scripts off; {not_offered} not offered",
            self.ledger.place(),
            passed(Scripts::On),
            passed(Scripts::Off)
        );
        if not_offered > 0 {
            let reasons: Vec<_> =
                count.not_offered.iter().map(|(why, times)| format!("{times}: {why}")).collect();
            line += &format!(" ({})", reasons.join("; "));
        }
        line
    }
}
