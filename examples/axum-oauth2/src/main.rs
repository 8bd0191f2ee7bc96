//! An OAuth2 and OpenID Connect provider with Ory Kratos and Ory Hydra, and a relying party: `cargo run`, then open
//! <http://127.0.0.1:4456>.
//!
//! Starts Kratos and Hydra in this process. `KRATOS_PUBLIC_URL`, `HYDRA_ADMIN_URL` and `HYDRA_PUBLIC_URL` name running ones
//! instead. `LISTEN` and `LISTEN_SHOP` are the addresses to listen on.

mod app;
mod servers;
mod shop;

use std::{env, error::Error, net::TcpListener};

use kratos_axum::Kratos;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let listener =
        |name, default: &str| TcpListener::bind(env::var(name).unwrap_or_else(|_| default.to_owned()));
    let (provider, party) =
        (listener("LISTEN", "127.0.0.1:4455")?, listener("LISTEN_SHOP", "127.0.0.1:4456")?);
    // Two hosts, so that neither sees the cookies of the other.
    let app = format!("http://localhost:{}", provider.local_addr()?.port());
    let shop = format!("http://127.0.0.1:{}", party.local_addr()?.port());
    let servers = servers::Servers::from_env(&app, &shop).await?;
    let kratos = Kratos::new(&servers.kratos)?.with_app(&app)?;
    print!("{}", app::commands(&app, &shop));
    app::serve(kratos, &servers, &shop, [provider, party]).await
}
