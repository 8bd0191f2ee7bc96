// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Kratos`]: Kratos
//! [`KratosMiddleware`]: KratosMiddleware
//! [`Require`]: Require
//! [`KratosRequest`]: KratosRequest
//! [`KratosExt`]: KratosExt
//! [`Session`]: Session
//! [`Identity`]: Identity
//! [`Traits<T>`]: Traits
//! [`Optional`]: Optional
//! [`Jwt<T>`]: Jwt
//! [`LoginFlow`]: LoginFlow
//! [`RegistrationFlow`]: RegistrationFlow
//! [`SettingsFlow`]: SettingsFlow
//! [`RecoveryFlow`]: RecoveryFlow
//! [`VerificationFlow`]: VerificationFlow
//! [`FlowError`]: FlowError
//! [`logout`]: logout
//! [`HttpRequest`]: actix_web::HttpRequest
//! [`ServiceRequest`]: actix_web::dev::ServiceRequest
#![doc = include_str!("../README.md")]
//!
//! # The order of middleware
//!
//! actix-web runs the middleware that was wrapped **last** first. So [`KratosMiddleware`] is the `.wrap` furthest down,
//! below every [`Require`] and every middleware that uses the session. The other way round the guard runs before there is a
//! session; it responds with 500 and logs what to change. The handler does not run.
//!
//! A `KratosMiddleware` in a scope replaces the outer one for that scope, if it is the scope's last `.wrap`. A `Require`
//! wrapped after it uses the outer one, without an error. For routes that accept session tokens only use
//! [`Require::session_token`].
//!
//! ```
//! use actix_web::{App, http::StatusCode, test, web::get};
//! use kratos_actix::{KratosMiddleware, Require, resolve::StaticResolver};
//!
//! # #[actix_web::main]
//! # async fn main() {
//! let kratos = || KratosMiddleware::new(StaticResolver::anonymous());
//! let request = || test::TestRequest::get().uri("/").to_request();
//!
//! // It reads as if the session came first, but `Require` runs first.
//! let wrong = App::new().wrap(kratos()).wrap(Require::signed_in()).route("/", get().to(async || "hello"));
//! let answer = test::call_service(&test::init_service(wrong).await, request()).await;
//! assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
//!
//! // The last wrap is the outermost.
//! let right = App::new().wrap(Require::signed_in()).wrap(kratos()).route("/", get().to(async || "hello"));
//! let answer = test::call_service(&test::init_service(right).await, request()).await;
//! assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
//! # }
//! ```
//!
//! The place of `.wrap` among `.route` and `.service` does not matter: it wraps the whole `App`, scope or resource, and
//! what is around the `App` is outside of what is around a scope.
//!
//! # Many workers
//!
//! `HttpServer` calls the closure that makes the `App` once a worker. Make the [`Kratos`] before the closure and clone it
//! inside: all workers then share its connections and its cache.
//!
//! # Without middleware
//!
//! [`Kratos`] may also be in `app_data`, bare or in a [`web::Data`](actix_web::web::Data). Extractors, [`Require`] and
//! [`KratosExt`] find it there when there is no [`KratosMiddleware`], and decide the same. But no middleware then adds
//! headers to the response, so two things are lost:
//! - `Set-Cookie`, when Kratos extends a session: the browser drops its cookie at the earlier time;
//! - `Cache-Control: private` and `Vary`: a shared cache may keep a personal page for other users, unless handlers set
//!   `Cache-Control` themselves.
//!
//! So take the middleware for browsers, and `app_data` at most for APIs of native clients.
//!
//! # Errors
//!
//! Extractors and [`KratosExt`] fail with [`SessionError`], whose response is the one that [`Require`] sends: an error in
//! Kratos' JSON shape, or a redirect for a page. [`Kratos::with_rejection_response`] changes it for all of them. The typed
//! [`Refusal`](kratos_core::policy::Refusal) is in the response's extensions, for outer middleware.
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
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
pub use ext::KratosExt;
pub use extract::{Identity, Jwt, KratosRequest, Optional, Session, Traits};
pub use flow::{
    FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout,
};
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub use kratos_core::metrics;
#[doc(inline)]
pub use kratos_core::model;
pub use kratos_core::{
    ConfigError, Kratos, RejectedRequest, Rejection, SessionState, check, client, credential, policy,
    resolve, tokenize,
};
pub use require::{Require, RequireFuture, RequireService};
pub use session::{KratosFuture, KratosMiddleware, KratosService};
