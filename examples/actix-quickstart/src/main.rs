//! actix-web handlers guarded by Ory Kratos: `cargo run`, then try the commands that it prints or open
//! <http://localhost:4455>.
//!
//! Starts a Kratos in this process. `KRATOS_PUBLIC_URL` names a running one instead, `KRATOS_BROWSER_URL` its URL for
//! browsers if that differs. `LISTEN` is the address to listen on, `APP_URL` the application's URL for browsers.

mod app;

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
    let demo = Demo::from_env(listener.local_addr()?.port()).await?;
    let kratos =
        Kratos::new(demo.public_url())?.with_app(demo.app_url())?.with_browser_url(demo.browser_url())?;
    kratos.check()?.log().await;
    print!("{}", demo.curl_commands().await);
    app::serve(listener, kratos).await
}
