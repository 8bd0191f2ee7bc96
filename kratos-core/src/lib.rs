// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Kratos`]: Kratos
//! [`KratosRequest`]: KratosRequest
//! [`credential`]: mod@credential
//! [`resolve`]: mod@resolve
//! [`policy`]: mod@policy
//! [`client`]: mod@client
//! [`tokenize`]: mod@tokenize
//! [`pages`]: mod@pages
//! [`check`]: mod@check
//! [`model`]: mod@model
//! [`adapter`]: mod@adapter
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod adapter;
mod breaker;
pub mod check;
pub mod client;
mod clock;
pub mod credential;
mod diagnosis;
#[cfg(feature = "fleet")]
#[cfg_attr(docsrs, doc(cfg(feature = "fleet")))]
pub mod fleet;
mod flight;
#[cfg(feature = "gateway")]
#[cfg_attr(docsrs, doc(cfg(feature = "gateway")))]
pub mod gateway;
mod kratos;
mod links;
mod lru;
pub mod tokenize;
#[cfg(feature = "__fuzzing")]
#[doc(hidden)]
pub mod fuzzing {
    //! Readers that have no other way in than a server, and a count of their work, for the fuzz targets. They may change at
    //! any time.
    pub use crate::{client::fuzz::*, resolve::fuzz::*, work::steps_of};
}
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub mod metrics;
#[cfg(not(feature = "metrics"))]
#[path = "metrics/off.rs"]
mod metrics;
pub mod pages;
/// For kratos-oauth2. May change at any time.
#[doc(hidden)]
pub mod __private {
    pub use crate::breaker::{NotMade, bulkhead, for_service, guarded};
}
pub mod policy;
mod request;
pub mod resolve;
mod transport;
mod work;

pub use kratos::{Kratos, RejectedRequest};
#[doc(inline)]
pub use kratos_model as model;
use kratos_model::flow;
pub use request::{KratosRequest, Rejection, SessionState};
pub use transport::ConfigError;
