// The README is the crate's documentation. These links resolve to the items here; in the README itself, to docs.rs.
//! [`HydraAdmin`]: HydraAdmin
//! [`OAuth2Pages`]: OAuth2Pages
//! [`Claims`]: Claims
//! [`ClaimMapping`]: ClaimMapping
//! [`TokenHookCall`]: TokenHookCall
//! [`backchannel`]: ./backchannel/index.html
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "backchannel")]
#[cfg_attr(docsrs, doc(cfg(feature = "backchannel")))]
pub mod backchannel;
mod claims;
mod error;
mod hydra;
mod pages;
mod token_hook;

pub use claims::{ClaimMapping, Claims, GrantedScopes, StandardClaim};
pub use error::OAuth2ConfigError;
pub use hydra::{ConsentGrant, ConsentsOf, HydraAdmin, HydraError, HydraErrorKind, ProviderRefusal};
pub use kratos_hooks::{HookAuth, HookConfigError};
#[doc(inline)]
pub use kratos_model::oauth2 as model;
pub use pages::{FORM_LIMIT, OAuth2Pages, ProviderResponse, ProviderRoutes, RememberConsent};
pub use token_hook::{TOKEN_HOOK_LIMIT, TokenHookAnswer, TokenHookAuth, TokenHookCall, TokenHookDecodeError};

/// For the framework crates. Not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use kratos_hooks::__private::log_unguarded;
}
