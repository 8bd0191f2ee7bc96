// The README is the crate's documentation. These links resolve to the items here; in the README itself, to docs.rs.
//! [`Session`]: Session
//! [`Identity`]: Identity
//! [`flow`]: mod@flow
//! [`Extra`]: Extra
#![doc = include_str!("../README.md")]

pub mod flow;
mod model;
pub mod oauth2;
mod wire;

pub use model::*;
pub use wire::{Extra, JsonError, QuietText, RawJson, SecretText, Timestamp};

#[doc(hidden)]
pub mod __private {
    //! Shared with the other crates of this workspace; exempt from semantic versioning.
    pub use crate::wire::{DecodeError, QuietUrl, decode_salvaging};
}
