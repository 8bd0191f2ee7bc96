//! actix-web handlers guarded by Ory Kratos: `cargo run -p actix-quickstart`.
//!
//! Without settings it starts a Kratos inside the process. `KRATOS_PUBLIC_URL` names a real one (and
//! `KRATOS_BROWSER_URL` where browsers reach it, if elsewhere); `LISTEN` is the address to listen on, `APP_URL`
//! where browsers reach it.

mod app;
mod demo;

use std::{env, error::Error, net::TcpListener};

use demo::Demo;
use tracing_subscriber::filter::LevelFilter;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // What is configured wrongly is told there, with the key to change.
    tracing_subscriber::fmt().with_max_level(LevelFilter::WARN).with_writer(std::io::stderr).init();
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(listen)?;
    let address = format!("http://{}", listener.local_addr()?);
    let app_url = env::var("APP_URL").unwrap_or_else(|_| address.clone());

    let demo = match env::var("KRATOS_PUBLIC_URL") {
        Ok(url) => Demo::on_a_real_kratos(url).await?,
        Err(_) => Demo::inside_this_process().await?,
    };
    let browser_url = env::var("KRATOS_BROWSER_URL").unwrap_or_else(|_| demo.public_url().to_owned());

    demo.explain(&address);
    app::serve(listener, demo.public_url(), &browser_url, &app_url).await
}
