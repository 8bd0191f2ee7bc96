//! An application that accepts JWTs and sessions, where each route's layer selects the resolver: a JWT or the cache on
//! cheap routes, Kratos on routes that require a live session. One table through axum and actix-web.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod actix;
mod axum;
mod kratos;
mod table;

use kratos::Issued;

/// A framework's response: the session that its handler received or the error's id, and the number of whoami calls.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    status: u16,
    told: String,
    asked: usize,
}

/// The error's id, or the whole text.
fn told(body: &[u8]) -> String {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let error = serde_json::from_str::<serde_json::Value>(&text).ok();
    error.and_then(|error| error["error"]["id"].as_str().map(str::to_owned)).unwrap_or(text)
}

#[tokio::test]
async fn the_layer_selects_the_resolver() {
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
