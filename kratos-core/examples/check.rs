//! Checks the configuration of a Kratos server and prints what prevents users from signing in.
//!
//! ```text
//! cargo run -p kratos-core --example check -- http://127.0.0.1:4433 --app http://127.0.0.1:4455
//! ```
//! `--browser URL` sets Kratos' URL for browsers if it differs, `--admin URL` the admin API.
//! Exits with 1 if there is a problem.

#![allow(clippy::print_stdout, reason = "a command-line program prints")]

use std::process::ExitCode;

use kratos_core::Kratos;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let public =
        arguments.next().ok_or("usage: check PUBLIC_URL [--app URL] [--browser URL] [--admin URL]")?;
    let (mut kratos, mut admin) = (Kratos::new(&public)?, None);
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match name.as_str() {
            "--app" => kratos = kratos.with_app(&value)?,
            "--browser" => kratos = kratos.with_browser_url(&value)?,
            "--admin" => admin = Some(value),
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let mut check = kratos.check()?;
    if let Some(admin) = admin {
        check = check.with_admin_url(&admin)?;
    }
    let report = check.run().await;
    print!("{report}");
    Ok(if report.is_usable() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
