//! Runs a test Kratos until interrupted:
//! `cargo run -p kratos-testkit --example serve -- plain 4433 4434 [APP_URL] [MAILBOX]`.

#![allow(clippy::print_stdout, reason = "prints its URLs")]

use kratos_testkit::TestKratosBuilder;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let profile = words.next().unwrap_or_else(|| "plain".into());
    let mut port = || words.next().map_or(Ok(0), |word| word.parse::<u16>());
    let (public, admin) = (port()?, port()?);
    let app = words.next().unwrap_or_else(|| "http://localhost:4455".into());
    let builder =
        if profile == "strict" { TestKratosBuilder::strict(&app) } else { TestKratosBuilder::plain(&app) };
    let builder = builder.with_ports(public, admin);
    let builder = match words.next() {
        Some(file) => builder.with_mailbox_file(file),
        None => builder,
    };
    let kratos = builder.start().await?;
    println!("{profile}: public {}, admin {}", kratos.public_url(), kratos.admin_url());
    std::future::pending().await
}
