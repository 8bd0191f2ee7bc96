//! An Ory Kratos inside the process: a server in the shape of Kratos 26.2.0 for tests and demos, without Docker.
//!
//! It is **for tests and demos alone**: it listens on 127.0.0.1 only, keeps everything in memory, hashes
//! passwords at the lowest cost and hands out sessions to whoever holds the handle.
//!
//! ```
//! use kratos_testkit::{Fault, Kratos};
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let kratos = Kratos::start().await?;
//!     let ada = kratos.identity("ada@example.org").with_password("correct horse").create();
//!     let session = kratos.session(&ada).create();
//!
//!     let whoami = format!("{}/sessions/whoami", kratos.public_url());
//!     let asked = reqwest::Client::new().get(&whoami).header("Cookie", session.cookie());
//!     let body: serde_json::Value = asked.send().await?.json().await?;
//!     assert_eq!(body["identity"]["traits"]["email"], "ada@example.org");
//!
//!     kratos.inject("/sessions/whoami", Fault::status(503).times(1));
//!     assert_eq!(reqwest::get(&whoami).await?.status(), 503);
//!     assert_eq!(kratos.count("/sessions/whoami"), 2);
//!     Ok(())
//! }
//! ```

mod admin;
mod builder;
mod clock;
mod config;
mod cors;
mod csrf;
mod exchange;
mod fault;
mod fixture;
mod journal;
mod kratos;
mod mailbox;
mod paging;
mod profile;
mod public;
mod schema;
mod serve;
mod service;
mod ui;
mod wire;
mod world;

pub use builder::Builder;
pub use clock::Clock;
pub use config::{LoginStyle, Methods, Proof, RequiredAal};
pub use exchange::Port;
pub use fault::Fault;
pub use fixture::{NewFlow, NewIdentity, NewSession, TestFlow, TestIdentity, TestSession};
pub use journal::Received;
pub use kratos::{Kratos, StartError};
pub use mailbox::Mail;
pub use service::KratosService;
pub use world::flow::FlowKind;
