//! A whole application with Ory Kratos: `cargo run`, then open <http://localhost:4455>.
//!
//! Browsers reach Kratos through the application, at `/.ory/kratos`: one origin, one address to open.
//!
//! Starts a Kratos in this process, whose mail is at `/mailbox`. `KRATOS_PUBLIC_URL` names a running one instead, such
//! as that of `compose.yml`, and `KRATOS_BROWSER_URL` its `serve.public.base_url` if that is not the gateway. `LISTEN` is the
//! address to listen on, `APP_URL` the application's URL for browsers.

mod account;
mod app;
mod pages;
mod views;

use std::{env, error::Error, net::TcpListener};

use kratos_actix::Kratos;
use kratos_testkit::demo::Demo;
use tracing_subscriber::filter::LevelFilter;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // A wrong configuration is logged once, with the key to change.
    tracing_subscriber::fmt().with_max_level(LevelFilter::WARN).with_writer(std::io::stderr).init();
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:4455".to_owned());
    let listener = TcpListener::bind(listen)?;
    let demo = Demo::from_env_with_gateway(listener.local_addr()?.port()).await?;
    let kratos =
        Kratos::new(demo.public_url())?.with_app(demo.app_url())?.with_browser_url(demo.browser_url())?;
    kratos.check()?.log().await;
    println!("# application: {}", demo.app_url());
    println!("# Kratos: {}, for browsers at {}", demo.public_url(), demo.browser_url());
    println!("# ready; press Ctrl-C to stop");
    app::serve(listener, kratos, demo).await
}
