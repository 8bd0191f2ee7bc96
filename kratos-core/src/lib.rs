//! Sessions, policy and the API of [Ory Kratos](https://www.ory.sh/kratos) for any Rust framework.
//!
//! It offers
//! - [`credential`]: the one credential of a request;
//! - [`resolve`]: from a credential to a session, asking a running Kratos of any release from 0.6.3 to 26.2.0,
//!   and [`CachingResolver`](resolve::CachingResolver), which remembers what another resolver found;
//! - with the feature `jwt`, `resolve::TokenResolver`: sessions from Kratos' tokenised JWTs, without asking Kratos;
//! - [`exchange`]: a session as a JWT, for the services behind this one;
//! - [`policy`]: a pure table that decides what happens with a request;
//! - [`Sessions`]: the three put together, for the layers of `kratos-tower`, `kratos-axum` and `kratos-actix`;
//! - [`pages`]: what self-service pages need: the flow of a page, where to start one, signing out;
//! - [`check`](mod@check): what a configured Kratos looks like from here, and what to change;
//! - with the feature `metrics`, figures for operators;
//! - [`model`]: sessions, identities and errors that no newer Kratos breaks.
//!
//! ```
//! use http::{HeaderMap, HeaderValue};
//! use kratos_core::{Sessions, model::Session, policy::*, resolve::FixedResolver};
//! use uuid::Uuid;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // `HttpResolver::new("http://127.0.0.1:4433")?` asks a real Kratos.
//! let resolver = FixedResolver::active(Session::new(Uuid::nil()));
//! let links = Links::new("https://app.example.org", "https://auth.example.org")?;
//! let sessions = Sessions::new(resolver).with_links(links);
//!
//! let mut headers = HeaderMap::new();
//! headers.insert("cookie", HeaderValue::from_static("ory_kratos_session=MTcw"));
//! let request = RequestView::new("GET", "/account", &headers);
//! let decision = sessions.request(&headers).decide(&Requirement::signed_in(), &request).await;
//! assert!(matches!(decision, Decision::Continue));
//! # Ok(())
//! # }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod check;
pub mod client;
pub mod credential;
mod diagnosis;
pub mod exchange;
mod flight;
pub mod flow;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing {
    //! Readers that have no other way in than a server, for the fuzz targets. They may change at any time.
    pub use crate::{client::fuzz::*, resolve::fuzz::*};
}
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub mod metrics;
#[cfg(not(feature = "metrics"))]
#[path = "metrics/off.rs"]
mod metrics;
pub mod model;
pub mod pages;
pub mod policy;
pub mod resolve;
mod sessions;
mod transport;
mod wire;

pub use sessions::{PendingSession, RequestSession, ResponseTouch, Sessions, TouchHeaders};
pub use transport::ConfigError;
pub use wire::{Extra, QuietText, RawJson, SecretText, Timestamp, TraitsError};
