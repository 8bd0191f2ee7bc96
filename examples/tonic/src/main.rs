//! A gRPC service guarded by Ory Kratos: `cargo run`.
//!
//! Starts a Kratos in this process. `KRATOS_PUBLIC_URL` names a running one instead; `LISTEN` is the address to listen
//! on. Clients send their session token as the metadata `x-session-token`. A refusal is a gRPC status:
//! `UNAUTHENTICATED`, `PERMISSION_DENIED`, or `UNAVAILABLE` if Kratos is unreachable.
//!
//! The service is gRPC's health check, from the crate `tonic-health`; replace it by yours.

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
