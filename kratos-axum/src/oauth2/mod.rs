//! The pages of an OAuth2 and OpenID Connect provider with Hydra, and what it posts to applications:
//! [kratos-oauth2](kratos_oauth2) in axum.
//!
//! ```
//! use axum::Router;
//! use kratos_axum::{Kratos, KratosLayer, oauth2::{self, HydraAdmin, OAuth2Pages}, ui::Pages};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = Kratos::new("http://localhost:4433")?.with_app("http://localhost:4455")?;
//! let hydra = HydraAdmin::new("http://127.0.0.1:4445")?;
//! let app: Router = Router::new()
//!     .merge(Pages::new(&kratos, "Acme"))
//!     .merge(oauth2::routes(OAuth2Pages::new(&kratos, hydra, "Acme")))
//!     .layer(KratosLayer::new(kratos));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "oauth2-backchannel")]
mod logout_receiver;
mod routes;
mod token_hook;

#[doc(inline)]
pub use kratos_oauth2::*;

#[cfg(feature = "oauth2-backchannel")]
#[cfg_attr(docsrs, doc(cfg(feature = "oauth2-backchannel")))]
pub use logout_receiver::backchannel_logout;
pub use routes::routes;
pub use token_hook::{TokenHook, TokenHookRejection, TokenReply};
