//! Runs one table of scenarios through core and every framework crate: a new row tests them all.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod actix;
mod axum;
mod core;
mod outcome;
mod scenario;
mod table;
mod tower;

use outcome::Outcome;
use scenario::Scenario;

/// The traits that a handler extracts.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Person {
    #[allow(dead_code)]
    email: String,
}

#[tokio::test]
async fn table_holds_in_core_and_in_every_framework() {
    let scenarios = table::scenarios();
    let mut wrong = Vec::new();
    for scenario in &scenarios {
        let expected = core::run(scenario).await;
        wrong.extend(expected.check(scenario).err());
        same("tower", scenario, &expected, &tower::run(scenario).await, &mut wrong);
        same("axum", scenario, &expected, &axum::run(scenario).await, &mut wrong);
        same("actix", scenario, &expected, &actix::run(scenario).await, &mut wrong);
    }
    println!("{} scenarios through core, tower, axum and actix", scenarios.len());
    assert!(
        wrong.is_empty(),
        "{} differ, the first:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n")
    );
}

fn same(framework: &str, scenario: &Scenario, core: &Outcome, other: &Outcome, wrong: &mut Vec<String>) {
    if core != other {
        wrong.push(format!("{scenario}: {framework} differs\n  core {core:?}\n  {framework} {other:?}"));
    }
}
