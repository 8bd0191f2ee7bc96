// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Kratos`]: Kratos
//! [`KratosLayer`]: KratosLayer
//! [`RequireLayer`]: RequireLayer
//! [`KratosRequest`]: KratosRequest
//! [`Session`]: Session
//! [`Identity`]: Identity
//! [`Traits<T>`]: Traits
//! [`Jwt<T>`]: Jwt
//! [`LoginFlow`]: LoginFlow
//! [`RegistrationFlow`]: RegistrationFlow
//! [`SettingsFlow`]: SettingsFlow
//! [`RecoveryFlow`]: RecoveryFlow
//! [`VerificationFlow`]: VerificationFlow
//! [`FlowError`]: FlowError
//! [`logout`]: logout
//! [`ui`]: ./ui/index.html
#![doc = include_str!("../README.md")]
//!
//! # Layers and order
//!
//! [`KratosLayer`] goes outside of everything that uses sessions: in axum that is the last `layer` call.
//! [`RequireLayer`] goes on routes, by `route_layer`: with `layer` it would also guard the fallback and turn every 404 into
//! a 401. A layer covers the routes that were added before it.
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub mod events;
mod extract;
mod flow;
#[cfg(feature = "gateway")]
#[cfg_attr(docsrs, doc(cfg(feature = "gateway")))]
pub mod gateway;
#[cfg(feature = "hooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "hooks")))]
pub mod hooks;
mod layer;
#[cfg(feature = "oauth2")]
#[cfg_attr(docsrs, doc(cfg(feature = "oauth2")))]
pub mod oauth2;
mod rejection;
#[cfg(feature = "ui")]
#[cfg_attr(docsrs, doc(cfg(feature = "ui")))]
pub mod ui;

pub use extract::{Identity, Jwt, KratosRequest, Session, Traits};
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
pub use kratos_tower::RequireLayer;
pub use layer::KratosLayer;
pub use rejection::SessionRejection;
