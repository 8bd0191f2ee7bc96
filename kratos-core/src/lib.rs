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
mod flight;
mod kratos;
mod links;
mod lru;
pub mod tokenize;
#[cfg(feature = "__fuzzing")]
#[doc(hidden)]
pub mod fuzzing {
    //! Readers that have no other way in than a server, for the fuzz targets. They may change at any time.
    pub use crate::{client::fuzz::*, resolve::fuzz::*};
}
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub mod metrics;
#[cfg(not(feature = "metrics"))]
#[path = "metrics/off.rs"]
mod metrics;
pub mod pages;
pub mod policy;
mod request;
pub mod resolve;
mod transport;

pub use kratos::{Kratos, RejectedRequest};
#[doc(inline)]
pub use kratos_model as model;
use kratos_model::flow;
pub use request::{KratosRequest, Rejection, SessionState};
pub use transport::ConfigError;
