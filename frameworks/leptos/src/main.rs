//! Kratos' pages as leptos components: `cargo run`, then open <http://localhost:4455/login>.
//!
//! The server renders each page; it works without a script. With `site/leptos_pages.js` in the current directory (README.md
//! says how it is built), the browser hydrates it with the same components.
//!
//! Starts a Kratos in this process. `KRATOS_PUBLIC_URL` names a running one instead.

use std::{env, error::Error};

use kratos_axum::Kratos;
use kratos_testkit::demo::Demo;
use tokio::net::TcpListener;

mod server;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::WARN).init();
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:4455".to_owned());
    let listener = TcpListener::bind(listen).await?;
    let demo = Demo::from_env_with_gateway(listener.local_addr()?.port()).await?;
    let kratos =
        Kratos::new(demo.public_url())?.with_app(demo.app_url())?.with_browser_url(demo.browser_url())?;
    kratos.check()?.log().await;
    println!("# ready at {}", demo.app_url());
    let app = server::router(kratos)?.into_make_service_with_connect_info::<std::net::SocketAddr>();
    Ok(axum::serve(listener, app).await?)
}
