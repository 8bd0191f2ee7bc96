//! A whole application with Ory Kratos: `cargo run`, then open <http://localhost:4455>.
//!
//! Starts a Kratos in this process, whose mail is at `/mailbox`. `KRATOS_PUBLIC_URL` names a running one instead, such
//! as that of `compose.yml`, and `KRATOS_BROWSER_URL` its URL for browsers if that differs. `LISTEN` is the address to
//! listen on, `APP_URL` the application's URL for browsers.

mod app;
mod pages;
mod sessions;
mod views;

use std::{env, error::Error, net::SocketAddr};

use kratos_axum::Kratos;
use kratos_testkit::demo::Demo;
use tokio::net::TcpListener;
use tracing_subscriber::filter::LevelFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // A wrong configuration is logged once, with the key to change.
    tracing_subscriber::fmt().with_max_level(LevelFilter::WARN).with_writer(std::io::stderr).init();
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:4455".to_owned());
    let listener = TcpListener::bind(listen).await?;
    let demo = Demo::from_env(listener.local_addr()?.port()).await?;
    let kratos =
        Kratos::new(demo.public_url())?.with_app(demo.app_url())?.with_browser_url(demo.browser_url())?;
    kratos.check()?.run().await.log();
    println!("# application: {}", demo.app_url());
    println!("# Kratos: {}", demo.public_url());
    println!("# ready; press Ctrl-C to stop");
    // The mailbox answers to this machine alone, so it needs the peer's address.
    let app = app::router(kratos, &demo).into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, app).await?)
}
