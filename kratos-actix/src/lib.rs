//! Guards actix-web handlers with the sessions of [Ory Kratos](https://www.ory.sh/kratos).
//!
//! It offers
//! - extractors: [`Session`], [`Identity`], [`Traits<T>`](Traits), and [`Optional`] of each, which is `None` only
//!   when nobody is signed in (actix-web's own `Option<Session>` [swallows an outage](Optional)); [`Token<T>`](Token), the session as a JWT for the
//!   services behind this one;
//! - for self-service pages: [`LoginFlow`], [`RegistrationFlow`], [`SettingsFlow`], [`RecoveryFlow`],
//!   [`VerificationFlow`], [`FlowError`], and the handler [`log_out`];
//! - with the feature `ui`, all of those pages in one line, rendered by kratos-ui (module `ui`);
//! - [`SessionMiddleware`], which finds a request's session when something asks for it, and rejects nothing;
//! - [`Require`], which lets through only who is signed in, showed a second factor, showed a factor lately …
//! - [`SessionExt`], the same for a [`HttpRequest`](actix_web::HttpRequest) and a
//!   [`ServiceRequest`](actix_web::dev::ServiceRequest).
//!
//! ```no_run
//! use actix_web::{App, HttpServer, web};
//! use kratos_actix::{Identity, Optional, Require, SessionMiddleware, Sessions};
//! use kratos_core::{policy::Links, resolve::HttpResolver};
//!
//! #[actix_web::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let links = Links::new("http://127.0.0.1:3000", "http://127.0.0.1:4433")?;
//!     let sessions = Sessions::new(HttpResolver::new("http://127.0.0.1:4433")?).with_links(links);
//!     let app = move || {
//!         App::new()
//!             .service(web::resource("/vault").get(async || "two factors").wrap(Require::aal2()))
//!             .route("/account", web::get().to(async |who: Identity| format!("hello, {}", who.id)))
//!             .route("/", web::get().to(async |Optional(who): Optional<Identity>| format!("{who:?}")))
//!             .wrap(SessionMiddleware::new(sessions.clone()))
//!     };
//!     Ok(HttpServer::new(app).bind("127.0.0.1:3000")?.run().await?)
//! }
//! ```
//!
//! # The order of middleware
//!
//! actix-web runs the middleware that was wrapped **last** first. So [`SessionMiddleware`] is the `.wrap` furthest
//! down, below every [`Require`] and every middleware of yours that asks for the session. The other way round the
//! guard runs before there is a session, and answers 500 with what to change. Nothing is let through.
//!
//! ```
//! use actix_web::{App, http::StatusCode, test, web::get};
//! use kratos_actix::{Require, SessionMiddleware};
//! use kratos_core::resolve::FixedResolver;
//!
//! # #[actix_web::main]
//! # async fn main() {
//! let sessions = || SessionMiddleware::new(FixedResolver::anonymous());
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
//! `HttpServer` calls the closure that makes the `App` once a worker. Make [`Sessions`] before the closure and clone
//! them in it, as above: all workers then share one resolver, with its connections and what it remembers.
//!
//! # Without middleware
//!
//! [`Sessions`] may also be given by `app_data`, as they are or in a [`web::Data`](actix_web::web::Data). Extractors,
//! [`Require`] and [`SessionExt`] find them there when there is no [`SessionMiddleware`], and decide the same. But
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
//! error in Kratos' JSON shape, or a redirect for a page. [`Sessions::with_rendering`] changes it for all of them.
//! The typed [`Refusal`](kratos_core::policy::Refusal) lies in the response's extensions, for outer middleware.

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
pub use extract::{Identity, Optional, Session, Token, Traits};
pub use flow::{
    FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, log_out,
};
pub use kratos_core::{RequestSession, Sessions};
pub use require::{Require, RequireFuture, RequireService};
pub use session::{SessionFuture, SessionMiddleware, SessionService};
