// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Session`]: Session
//! [`Identity`]: Identity
//! [`Traits<T>`]: Traits
//! [`Optional`]: Optional
//! [`Jwt<T>`]: Token
//! [`LoginFlow`]: LoginFlow
//! [`RegistrationFlow`]: RegistrationFlow
//! [`SettingsFlow`]: SettingsFlow
//! [`RecoveryFlow`]: RecoveryFlow
//! [`VerificationFlow`]: VerificationFlow
//! [`FlowError`]: FlowError
//! [`logout`]: logout
//! [`KratosMiddleware`]: KratosMiddleware
//! [`Require`]: Require
//! [`SessionExt`]: SessionExt
//! [`HttpRequest`]: actix_web::HttpRequest
//! [`ServiceRequest`]: actix_web::dev::ServiceRequest
#![doc = include_str!("../README.md")]
//!
//! # The order of middleware
//!
//! actix-web runs the middleware that was wrapped **last** first. So [`KratosMiddleware`] is the `.wrap` furthest
//! down, below every [`Require`] and every middleware of yours that asks for the session. The other way round the
//! guard runs before there is a session, and answers 500 with what to change. Nothing is let through.
//!
//! ```
//! use actix_web::{App, http::StatusCode, test, web::get};
//! use kratos_actix::{Require, KratosMiddleware};
//! use kratos_core::resolve::StaticResolver;
//!
//! # #[actix_web::main]
//! # async fn main() {
//! let sessions = || KratosMiddleware::new(StaticResolver::anonymous());
//! let request = || test::TestRequest::get().uri("/").to_request();
//!
//! // It reads as if the session came first, but `Require` runs first.
//! let wrong = App::new().wrap(sessions()).wrap(Require::signed_in()).route("/", get().to(async || "hello"));
//! let answer = test::call_service(&test::init_service(wrong).await, request()).await;
//! assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
//! let body = test::read_body(answer).await;
//! assert!(String::from_utf8_lossy(&body).contains("actix-web runs the last one first"));
//!
//! // The last wrap is the outermost.
//! let right = App::new().wrap(Require::signed_in()).wrap(sessions()).route("/", get().to(async || "hello"));
//! let answer = test::call_service(&test::init_service(right).await, request()).await;
//! assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
//! # }
//! ```
//!
//! Where `.wrap` stands among `.route` and `.service` does not matter: it wraps the whole `App`, scope or resource,
//! and what is around the `App` is outside of what is around a scope.
//!
//! # Many workers
//!
//! `HttpServer` calls the closure that makes the `App` once a worker. Make [`Kratos`] before the closure and clone
//! them in it, as above: all workers then share one resolver, with its connections and what it remembers.
//!
//! # Without middleware
//!
//! [`Kratos`] may also be given by `app_data`, as they are or in a [`web::Data`](actix_web::web::Data). Extractors,
//! [`Require`] and [`SessionExt`] find them there when there is no [`KratosMiddleware`], and decide the same. But
//! nothing then touches the response, so two things are lost:
//! - `Set-Cookie`, when Kratos prolonged a session: the browser forgets its cookie at the earlier time;
//! - `Cache-Control: private` and `Vary`: a cache between you and the browser may keep a personal page for others,
//!   unless handlers say `Cache-Control` themselves.
//!
//! So take the middleware for browsers, and `app_data` at most for APIs that native clients call.
//!
//! # What an error looks like
//!
//! Extractors and [`SessionExt`] fail with [`SessionError`], whose response is the one that [`Require`] sends: an
//! error in Kratos' JSON shape, or a redirect for a page. [`Kratos::with_rejection_response`] changes it for all of them.
//! The typed [`Refusal`](kratos_core::policy::Refusal) lies in the response's extensions, for outer middleware.
#![cfg_attr(feature = "document-features", doc = "# Features")]
#![cfg_attr(feature = "document-features", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod context;
mod error;
mod ext;
mod extract;
mod flow;
mod headers;
mod require;
mod session;
#[cfg(feature = "ui")]
#[cfg_attr(docsrs, doc(cfg(feature = "ui")))]
pub mod ui;

pub use error::SessionError;
pub use ext::SessionExt;
pub use extract::{Identity, Jwt, Optional, Session, Traits};
pub use flow::{
    FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout,
};
pub use kratos_core::{Kratos, RequestSession};
pub use require::{Require, RequireFuture, RequireService};
pub use session::{KratosFuture, KratosMiddleware, KratosService};
