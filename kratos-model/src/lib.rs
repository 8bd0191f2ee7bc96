// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Session`]: Session
//! [`Identity`]: Identity
//! [`flow`]: mod@flow
//! [`Extra`]: Extra
#![doc = include_str!("../README.md")]

pub mod flow;
mod model;
mod wire;

pub use model::*;
pub use wire::{Extra, JsonError, QuietText, RawJson, SecretText, Timestamp};

#[doc(hidden)]
pub mod __private {
    //! Shared with the crates of this workspace. No promise is made of it.
    pub use crate::wire::{DecodeError, QuietUrl, decode_salvaging};
}
