//! Registers a demo user at a running Kratos.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use thiserror::Error;

/// Why there is no demo user. The message holds neither the password nor the session token.
#[derive(Debug, Error)]
pub(super) enum Failed {
    #[error("Kratos cannot be called: {0}")]
    Call(#[from] reqwest::Error),
    #[error("Kratos offers no native registration")]
    NoFlow,
    #[error("Kratos refused the registration, or its `session` hook is off")]
    NoSession,
}

/// Registers a new user as a native program and returns the session token. Each request times out after 5 seconds.
pub(super) async fn session_token(public_url: &str) -> Result<String, Failed> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    let base = public_url.trim_end_matches('/');
    let flow =
        http.get(format!("{base}/self-service/registration/api")).send().await?.json::<Value>().await?;
    let flow = flow.get("id").and_then(Value::as_str).ok_or(Failed::NoFlow)?;
    let submit =
        http.post(format!("{base}/self-service/registration")).query(&[("flow", flow)]).json(&form());
    let answer = submit.send().await?.json::<Value>().await?;
    let token = answer.get("session_token").and_then(Value::as_str).ok_or(Failed::NoSession)?;
    Ok(token.to_owned())
}

fn form() -> Value {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let unique = format!("{:x}", since.as_nanos());
    json!({
        "method": "password",
        // Kratos refuses a password that resembles the address.
        "password": unique.chars().rev().map(|digit| format!("{digit}!")).collect::<String>(),
        "traits": {"email": format!("demo-{unique}@example.org")},
    })
}
