//! A gRPC service guarded by Ory Kratos: `cargo run -p tonic-example`.
//!
//! Without settings it starts a Kratos inside the process; `KRATOS_PUBLIC_URL` names a real one, `LISTEN` the address to
//! listen on. Clients show their session token as metadata, `x-session-token`, and get gRPC's own status:
//! `UNAUTHENTICATED`, `PERMISSION_DENIED`, or `UNAVAILABLE` when Kratos cannot be asked.
//!
//! The service is gRPC's health check, which comes as a crate; put yours in its place.

mod server;

use std::{env, error::Error};

use kratos_testkit::TestKratos;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:50051".to_owned());
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    println!("# gRPC: {address}");
    match env::var("KRATOS_PUBLIC_URL") {
        Ok(kratos) => server::serve(listener, &kratos).await,
        Err(_) => {
            let kratos = TestKratos::start().await?;
            let ada = kratos.sign_in("ada@example.org");
            let (call, method) = ("grpcurl -plaintext", "grpc.health.v1.Health/Check");
            println!("{call} {address} {method} # Unauthenticated");
            println!("{call} -H 'x-session-token: {}' {address} {method} # SERVING", ada.session_token());
            server::serve(listener, kratos.public_url()).await
        }
    }
}
