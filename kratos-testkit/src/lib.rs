//! An Ory Kratos inside the process: a server in the shape of Kratos 26.2.0 for tests and demos, without Docker.
//!
//! It is **for tests and demos alone**: it listens on 127.0.0.1 only, keeps everything in memory, hashes
//! passwords at the lowest cost and hands out sessions to whoever holds the handle.
//!
//! ```
//! use axum::{Router, extract::State, http::{HeaderMap, Request}, routing::get};
//! use kratos_testkit::{AsUser, Kratos, call};
//!
//! async fn me(State(kratos): State<String>, headers: HeaderMap) -> Result<String, String> {
//!     let ask = reqwest::Client::new().get(kratos + "/sessions/whoami").headers(headers);
//!     let session = ask.send().await.map_err(|error| error.to_string())?;
//!     session.text().await.map_err(|error| error.to_string())
//! }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let kratos = Kratos::start().await?;
//!     let app: Router = Router::new().route("/me", get(me)).with_state(kratos.public_url().to_owned());
//!     let ada = kratos.sign_in("ada@example.org");
//!     let page = call(&app, Request::get("/me").as_user(&ada)).await;
//!     assert_eq!(page.json()["identity"]["traits"]["email"], "ada@example.org");
//!     kratos.revoke(ada.id());
//!     assert_eq!(call(&app, Request::get("/me").as_user(&ada)).await.json()["error"]["code"], 401);
//!     Ok(())
//! }
//! ```
//!
//! # What it offers
//!
//! - **The whole of self-service**: registration in one step or two, login by password, code and identifier first,
//!   TOTP and backup codes, confirming a session, settings with pending changes, recovery and verification by code
//!   and link, logout and errors; as browser, script and native program. With CSRF cookies, expiry, `return_to` rules
//!   and the order and labels of form fields.
//! - **Sessions and operators**: whoami with its headers, lists, revocation, extension, JWTs with a JWKS at
//!   `/.well-known/jwks.json`; identities with import, patch, batch and pages, recovery links and codes, mail.
//! - **Shortcuts for tests**: [`Kratos::identity`], [`Kratos::session`] and [`Kratos::flow`] make what a test needs
//!   directly; [`Kratos::clock`] is moved by hand; [`Kratos::mail_to`] reads mail; [`Kratos::inject`] breaks answers;
//!   [`Kratos::requests`] tells what was asked.
//! - **No socket**, if that is better: [`Kratos::public_service`] is a tower service.
//!
//! Passkeys, security keys and single sign-on are drawn in forms when they are on ([`Methods`]), but their ceremonies
//! need a real server. Web hooks, organizations, OAuth2 and multi-tenancy are not there.
//!
//! # Features
//!
//! - `actix`: [`AsUser`] for actix-web's `TestRequest`.

mod admin;
mod app;
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
mod other_port;
mod paging;
mod profile;
mod public;
mod schema;
mod serve;
mod service;
mod ui;
mod wire;
mod world;

pub use app::{AsUser, Page, call};
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
