//! Kratos' pages as dioxus components: `cargo run`, then open <http://localhost:4455/login>.
//!
//! The server renders each page; it works without a script. The components of `page` and `fields` need nothing of the server,
//! and run in a dioxus application of any other platform.
//!
//! Starts a Kratos in this process. `KRATOS_PUBLIC_URL` names a running one instead.

mod fields;
mod page;
mod server;

use std::{env, error::Error, net::SocketAddr};

use kratos_axum::Kratos;
use kratos_testkit::demo::Demo;
use tokio::net::TcpListener;
use tracing_subscriber::filter::LevelFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_max_level(LevelFilter::WARN).with_writer(std::io::stderr).init();
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:4455".to_owned());
    let listener = TcpListener::bind(listen).await?;
    let demo = Demo::from_env_with_gateway(listener.local_addr()?.port()).await?;
    let kratos =
        Kratos::new(demo.public_url())?.with_app(demo.app_url())?.with_browser_url(demo.browser_url())?;
    kratos.check()?.log().await;
    println!("# ready at {}", demo.app_url());
    let app = server::router(kratos)?.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, app).await?)
}
