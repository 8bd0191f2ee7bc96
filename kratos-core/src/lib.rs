//! Sessions, policy and the API of [Ory Kratos](https://www.ory.sh/kratos) for any Rust framework.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod credential;
pub mod flow;
pub mod model;
pub mod policy;
pub mod resolve;
mod sessions;
mod transport;
mod wire;

pub use sessions::{RequestSession, ResponseTouch, Sessions};
pub use transport::ConfigError;
pub use wire::{Extra, QuietText, RawJson, SecretText, Timestamp, TraitsError};
