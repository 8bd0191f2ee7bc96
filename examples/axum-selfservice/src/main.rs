//! A whole application with Ory Kratos: `cargo run -p axum-selfservice`, then open <http://localhost:4455>.
//!
//! Without settings it starts a Kratos inside the process, whose mail is at `/mailbox`. `KRATOS_PUBLIC_URL` names a
//! real one (`kratos.yml` and `compose.yml` beside this are for it), `KRATOS_BROWSER_URL` where browsers reach that
//! one, if elsewhere; `LISTEN` is the address to listen on, `APP_URL` where browsers reach the application.

mod app;
mod pages;
mod server;
mod sessions;
mod views;

use std::{env, error::Error};

use server::Server;
use tokio::net::TcpListener;
use tracing_subscriber::filter::LevelFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // What is configured wrongly is told there, with the key to change.
    tracing_subscriber::fmt().with_max_level(LevelFilter::WARN).with_writer(std::io::stderr).init();
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:4455".to_owned());
    let listener = TcpListener::bind(listen).await?;
    let server = Server::from_env(listener.local_addr()?.port()).await?;
    println!("# application: {}", server.app_url);
    println!("# Kratos: {}", server.kratos_url);
    println!("# ready; press Ctrl-C to stop");
    Ok(axum::serve(listener, app::router(&server)?).await?)
}
