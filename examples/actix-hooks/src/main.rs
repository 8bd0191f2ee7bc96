//! Hooks of Ory Kratos in actix-web: `cargo run`, then try the commands that it prints.
//!
//! Starts a Kratos in this process that calls the hooks. With `KRATOS_PUBLIC_URL` it uses a running one instead, and prints
//! the fragment of `kratos.yml` that this one needs. `HOOK_KEY` is the key of the hooks, and `LISTEN` the address to listen
//! on.

mod app;
mod demo;
mod mail;
mod rules;

use std::{env, error::Error, net::TcpListener};

use kratos_actix::{Kratos, hooks::HookAuth};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let listener = TcpListener::bind(env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:4455".to_owned()))?;
    let url = format!("http://{}", listener.local_addr()?);
    let key = env::var("HOOK_KEY").unwrap_or_else(|_| "insecure-key-of-the-example".to_owned());
    let auth = HookAuth::api_key_header("X-Hook-Key", key.as_str())?;
    let (kratos, _in_process) = match env::var("KRATOS_PUBLIC_URL") {
        Ok(running) => {
            println!(
                "# add to kratos.yml, with the key of HOOK_KEY:\n{}# ready",
                app::config(&url, &auth)?.yaml()
            );
            (Kratos::new(&running)?, None)
        }
        Err(_) => {
            let server = demo::start(&url, &key).await?;
            print!("{}", demo::commands(server.public_url(), &url));
            (Kratos::new(server.public_url())?, Some(server))
        }
    };
    app::serve(listener, app::cached(kratos), auth).await
}
