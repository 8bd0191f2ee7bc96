//! The pages of an OAuth2 and OpenID Connect provider with Hydra, and what it posts to applications:
//! [kratos-oauth2](kratos_oauth2) in actix-web.
//!
//! ```
//! use actix_web::App;
//! use kratos_actix::{Kratos, KratosMiddleware, oauth2::{HydraAdmin, OAuth2Pages, ProviderService}, ui::Pages};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = Kratos::new("http://localhost:4433")?.with_app("http://localhost:4455")?;
//! let hydra = HydraAdmin::new("http://127.0.0.1:4445")?;
//! let pages = Pages::new(&kratos, "Acme");
//! let provider = ProviderService::new(OAuth2Pages::new(&kratos, hydra, "Acme"));
//! let app = App::new()
//!     .service(pages.clone())
//!     .service(provider.clone())
//!     .wrap(KratosMiddleware::new(kratos.clone()));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "oauth2-backchannel")]
mod logout_receiver;
mod service;
mod token_hook;

#[doc(inline)]
pub use kratos_oauth2::*;

#[cfg(feature = "oauth2-backchannel")]
#[cfg_attr(docsrs, doc(cfg(feature = "oauth2-backchannel")))]
pub use logout_receiver::backchannel_logout;
pub use service::ProviderService;
pub use token_hook::{TokenHook, TokenHookError, TokenReply};
