// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Kratos`]: Kratos
//! [`KratosLayer`]: KratosLayer
//! [`RequireLayer`]: RequireLayer
//! [`KratosRequest`]: KratosRequest
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
#[cfg(feature = "gateway")]
#[cfg_attr(docsrs, doc(cfg(feature = "gateway")))]
pub mod gateway;
#[cfg(all(feature = "__fuzzing", feature = "gateway"))]
#[doc(hidden)]
pub mod fuzzing {
    //! Functions without another way in, for the fuzz targets. They may change at any time.
    pub use crate::gateway::fuzz::*;
}
mod require;
mod session;

pub use body::GuardBody;
#[cfg(feature = "fleet")]
#[cfg_attr(docsrs, doc(cfg(feature = "fleet")))]
pub use kratos_core::fleet;
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub use kratos_core::metrics;
pub use kratos_core::{
    ConfigError, Kratos, KratosRequest, RejectedRequest, Rejection, SessionState, check, client, credential,
    model, policy, resolve, tokenize,
};
pub use require::{RequireFuture, RequireLayer, RequireService};
pub use session::{KratosFuture, KratosLayer, KratosService};
