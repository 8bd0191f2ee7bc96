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
//! [`ui`]: ./ui/index.html
#![doc = include_str!("../README.md")]
//!
//! # The order of middleware
//!
//! actix-web runs the middleware that was wrapped **last** first. So call `.wrap` with [`KratosMiddleware`] after every
//! `.wrap` with a [`Require`] or another middleware that uses the session. The other way round the guard runs before there
//! is a session; it responds with 500 and logs what to change. The handler does not run.
//!
//! A `KratosMiddleware` in a scope replaces the outer one for that scope, if it is the scope's last `.wrap`. Around it a
//! `Require` would check the session of the outer one: if the two have different [`Kratos`], the response is 500, and the
//! log says what to change. For routes that accept session tokens only use [`Require::session_token`].
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
//! // `Require` is outside, and runs before there is a session.
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
//! The place of `.wrap` among `.route` and `.service` does not matter: it wraps the whole `App`, scope or resource. A wrap of
//! the `App` runs before the wraps of its scopes.
//!
//! # Many workers
//!
//! `HttpServer` calls the closure that makes the `App` once for each worker. Make the [`Kratos`] before the closure and clone it
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
//! Extractors and [`KratosExt`] fail with [`SessionError`], whose response is the one that [`Require`] sends: a redirect or
//! an HTML page for browsers that navigate, an error in Kratos' JSON shape for programs. [`Kratos::with_rejection_response`] changes it for all of them. The typed
//! [`Refusal`](kratos_core::policy::Refusal) is in the response's extensions, for outer middleware.
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(any(feature = "events", feature = "hooks", feature = "oauth2"))]
mod body;
mod context;
mod error;
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub mod events;
mod ext;
mod extract;
mod flow;
#[cfg(feature = "gateway")]
#[cfg_attr(docsrs, doc(cfg(feature = "gateway")))]
pub mod gateway;
mod headers;
#[cfg(feature = "hooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "hooks")))]
pub mod hooks;
#[cfg(feature = "oauth2")]
#[cfg_attr(docsrs, doc(cfg(feature = "oauth2")))]
pub mod oauth2;
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
#[cfg(feature = "fleet")]
#[cfg_attr(docsrs, doc(cfg(feature = "fleet")))]
pub use kratos_core::fleet;
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
