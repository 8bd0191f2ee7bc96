// The README is the crate's documentation. These links resolve to the items here; in the README itself, to docs.rs.
//! [`EventReceiver`]: EventReceiver
//! [`EventReceiver::traces`]: EventReceiver::traces
//! [`EventReceiver::stream`]: EventReceiver::stream
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod format;
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub mod metrics;
#[cfg(not(feature = "metrics"))]
#[path = "metrics/off.rs"]
mod metrics;
mod receiver;
mod request;
mod response;
mod revocation;
#[cfg(feature = "tower")]
mod service;

#[doc(inline)]
pub use kratos_hooks::{HookAuth, HookConfigError};
pub use receiver::EventReceiver;
pub use response::EventResponse;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub use service::EventFuture;
