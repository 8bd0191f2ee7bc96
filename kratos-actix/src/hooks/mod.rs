//! Web hooks, password migration and messages of Kratos as handlers' arguments: [kratos-hooks](kratos_hooks) in actix-web.
//!
//! ```
//! use actix_web::{Scope, web};
//! use kratos_actix::hooks::{
//!     AfterRegistration, Hook, HookAnswer, HookAuth, HookConfigError, HookMessage, HookMiddleware, HookRefusal, Reply,
//! };
//!
//! #[derive(serde::Deserialize)]
//! struct Person {
//!     email: String,
//! }
//!
//! async fn registered(
//!     hook: Hook<AfterRegistration, Person>,
//! ) -> Reply<HookAnswer<AfterRegistration>> {
//!     if hook.identity.traits.email.ends_with("@example.org") {
//!         return Reply(hook.proceed());
//!     }
//!     Reply(hook.refuse(HookRefusal::form(HookMessage::error(9_000_001, "Not on the list."))))
//! }
//!
//! # fn main() -> Result<(), HookConfigError> {
//! let auth = HookAuth::api_key_header("X-Hook-Key", "sixteen-characters-or-more")?;
//! let hooks = web::scope("/hooks")
//!     .route("/registration", web::post().to(registered))
//!     .wrap(HookMiddleware::new(auth));
//! # Ok(())
//! # }
//! ```
//!
//! [`HookMiddleware`] goes around the routes of hooks alone. It proves the caller before a body is read, and turns everything
//! that is not a [`Reply`] into a stop: an error of the handler, a panic, a time-out.

mod extract;
mod middleware;
mod reply;

#[doc(inline)]
pub use kratos_hooks::*;

pub use extract::{Courier, Hook, Migration};
pub use middleware::{HookFuture, HookMiddleware, HookService};
pub use reply::{HookRejection, Reply};
