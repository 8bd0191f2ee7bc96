//! Guards axum handlers with the sessions of [Ory Kratos](https://www.ory.sh/kratos).
//!
//! It offers
//! - extractors: [`Session`], [`Identity`], [`Traits<T>`](Traits), and `Option` of each, which is `None` only
//!   when nobody is signed in; [`Token<T>`](Token), the session as a JWT for the services behind this one;
//! - for self-service pages: [`LoginFlow`], [`RegistrationFlow`], [`SettingsFlow`], [`RecoveryFlow`],
//!   [`VerificationFlow`], [`FlowError`], and the handler [`log_out`];
//! - with the feature `ui`, all of those pages in one line, rendered by kratos-ui (module `ui`);
//! - [`SessionLayer`], which finds a request's session when something asks for it, and rejects nothing;
//! - [`RequireLayer`], which lets through only who is signed in, showed a second factor, showed a factor lately …
//!
//! ```no_run
//! use axum::{Router, routing::get};
//! use kratos_axum::{Identity, RequireLayer, SessionLayer, Sessions};
//! use kratos_core::{policy::Links, resolve::HttpResolver};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let kratos = HttpResolver::new("http://127.0.0.1:4433")?;
//!     let links = Links::new("http://127.0.0.1:3000", "http://127.0.0.1:4433")?;
//!     let app = Router::new()
//!         .route("/vault", get(async || "two factors"))
//!         .route_layer(RequireLayer::aal2())
//!         .route("/account", get(async |who: Identity| format!("hello, {}", who.id)))
//!         .route("/", get(async |who: Option<Identity>| format!("signed in: {}", who.is_some())))
//!         .layer(SessionLayer::new(Sessions::new(kratos).with_links(links)));
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
//!     Ok(axum::serve(listener, app).await?)
//! }
//! ```
//!
//! # Layers and order
//!
//! [`SessionLayer`] goes outside of everything that asks for sessions: with axum that is the `layer` call
//! furthest down. [`RequireLayer`] goes on routes, by `route_layer`: with `layer` it would also guard the
//! fallback and turn every 404 into a 401. A layer guards the routes that were added before it.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod extract;
mod flow;
mod layer;
mod rejection;
#[cfg(feature = "ui")]
#[cfg_attr(docsrs, doc(cfg(feature = "ui")))]
pub mod ui;

pub use extract::{Identity, Session, Token, Traits};
pub use flow::{
    FlowError, LoggingOut, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, log_out,
};
pub use kratos_core::Sessions;
pub use kratos_tower::{RequireLayer, SessionContext};
pub use layer::SessionLayer;
pub use rejection::SessionRejection;
