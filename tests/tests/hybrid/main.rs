//! One application with tokens and sessions, where the layer of each route picks who answers: a token or a cache on
//! cheap routes, Kratos itself on those that ask for a live session. One table through axum and actix-web.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot go on has failed, and it prints"
)]

mod actix;
mod axum;
mod kratos;
mod table;

use kratos::Issued;

/// What a framework answered: the session that its handler saw, or the error's id; and how often Kratos was asked.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    status: u16,
    told: String,
    asked: usize,
}

/// An error's id, or the whole text.
fn told(body: &[u8]) -> String {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let error = serde_json::from_str::<serde_json::Value>(&text).ok();
    error.and_then(|error| error["error"]["id"].as_str().map(str::to_owned)).unwrap_or(text)
}

#[tokio::test]
async fn the_layer_picks_who_answers() {
    let issued = Issued::new().await;
    let rows = table::rows();
    let mut wrong = Vec::new();
    for row in &rows {
        let expected = row.expected(&issued);
        for (framework, outcome) in
            [("axum", axum::run(row, &issued).await), ("actix", actix::run(row, &issued).await)]
        {
            if outcome != expected {
                wrong.push(format!("{framework}: {row:?}\n  expected {expected:?}\n  got {outcome:?}"));
            }
        }
    }
    println!("{} rows through axum and actix", rows.len());
    let first = &wrong[..wrong.len().min(5)];
    assert!(wrong.is_empty(), "{} differ, the first:\n{}", wrong.len(), first.join("\n"));
}
