//! Runs the examples in a real Chromium: `KRATOS_BROWSER=1 cargo test -p kratos-tests --test browser`.
//!
//! - `KRATOS_BROWSER` enables the suite; without it, every trial is ignored. Requires Chromium and chromedriver:
//!   `apt-get install chromium chromium-driver`.
//! - `KRATOS_LAB` adds real servers (see `kratos_tests::lab`); the example then listens at the URL that they expect.
//! - `HYDRA_PROGRAM` and `KRATOS_PROGRAM` add real servers to the provider's examples.
//! - `KRATOS_BROWSER_SHOTS` is a directory for pictures of every page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod by_hand;
mod gallery;
mod hostile;
mod page;
mod place;
mod provider;
mod scripts;
mod served;
mod suite;
mod tour;
mod visit;
mod walks;
mod webdriver;

use std::process::ExitCode;
use std::sync::Arc;

use kratos_tests::{examples, hydra};
use libtest_mimic::Arguments;
use page::Ledger;
use place::EXAMPLES;
use provider::PROVIDERS;
use suite::Suite;
use tour::Tour;
use webdriver::Scripts;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let suite = Arc::new(Suite::default());
    if suite::is_wanted() && !arguments.list {
        // If the requested browser is missing, fail once.
        if let Err(missing) = suite.chromedriver() {
            println!("{missing}");
            return ExitCode::FAILURE;
        }
        // Before the trials, whose time is limited.
        let _ = examples::executable(EXAMPLES[0]);
    }
    let tour = Tour::new();
    let mut trials = tour.trials(&suite);
    let mut ledgers = Vec::new();
    let mut ledger = |place: &str| {
        ledgers.push(Arc::new(Ledger::new(place)));
        Arc::clone(&ledgers[ledgers.len() - 1])
    };
    for example in EXAMPLES {
        let pages = ledger(&format!("{example} alone"));
        for scripts in [Scripts::On, Scripts::Off] {
            let name = format!("{example} alone: by hand, with its mailbox{}", tour::told(scripts));
            let pages = Arc::clone(&pages);
            trials.push(suite.trial(&name, scripts, async move |browser| {
                by_hand::walk(example, browser, &pages).await;
                Ok(())
            }));
        }
    }
    let programs: Vec<_> = std::iter::once(None).chain(hydra::named().into_iter().map(Some)).collect();
    for (example, servers) in PROVIDERS.into_iter().flat_map(|it| programs.iter().map(move |on| (it, on))) {
        let place = provider::place(example, servers.as_ref());
        let pages = ledger(&place);
        for scripts in [Scripts::On, Scripts::Off] {
            let name = format!("{place}: a relying party's user{}", tour::told(scripts));
            let (pages, servers) = (Arc::clone(&pages), servers.clone());
            trials.push(suite.trial(&name, scripts, async move |browser| {
                provider::walk(example, servers.as_ref(), browser, &pages).await;
                Ok(())
            }));
        }
    }
    let pages = ledger("kratos-ui");
    trials.push(suite.trial("recorded flows as pages", Scripts::On, async move |browser| {
        gallery::look(browser, &pages).await;
        Ok(())
    }));
    let pages = ledger("kratos-ui, languages");
    trials.push(suite.trial(
        "pages in every language, from left to right and from right to left",
        Scripts::On,
        async move |browser| {
            gallery::languages(browser, &pages).await;
            Ok(())
        },
    ));
    trials.push(suite.trial("accessibility trees", Scripts::On, async |browser| {
        gallery::trees(browser).await;
        Ok(())
    }));
    trials.push(suite.trial("the script of the pages", Scripts::On, async |browser| {
        scripts::run(browser).await;
        Ok(())
    }));
    trials.push(suite.trial("hostile flows: nothing executes", Scripts::On, async |browser| {
        hostile::nothing_executes(browser).await;
        Ok(())
    }));
    let list = arguments.list;
    let conclusion = libtest_mimic::run(&arguments, trials);
    suite.close();
    if !list && !suite::is_wanted() {
        println!("browser: not run. To run it: KRATOS_BROWSER=1 cargo test -p kratos-tests --test browser");
        println!("         (needs Chromium: apt-get install chromium chromium-driver)");
    }
    if !list && suite::is_wanted() {
        let lines = ledgers.iter().flat_map(|ledger| ledger.lines());
        lines.chain(tour.lines()).for_each(|line| println!("{line}"));
    }
    conclusion.exit_code()
}
