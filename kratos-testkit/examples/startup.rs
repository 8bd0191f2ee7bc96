//! Measures the time of a start: `cargo run --release -p kratos-testkit --example startup`.

#![allow(clippy::print_stdout, reason = "prints the measurement")]

use std::time::Instant;

use kratos_testkit::TestKratos;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    const STARTS: u32 = 200;
    let before = Instant::now();
    let mut running = Vec::new();
    for _ in 0..STARTS {
        running.push(TestKratos::start().await?);
    }
    let each = before.elapsed() / STARTS;
    println!("{STARTS} servers started one after another, {each:?} each");
    Ok(())
}
