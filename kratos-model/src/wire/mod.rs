//! Lossless decoding and encoding of the JSON of every Kratos release.
//!
//! Every model keeps unknown fields in `extra`, unknown enum values in the `Other` variant, and the spelling of
//! blank fields (absent, `null`, `[]`).

mod blank;
mod decode;
mod extra;
mod field;
mod open_enum;
mod quiet;
mod raw_json;
mod secret;
mod timestamp;
mod wire_struct;

pub(crate) use blank::{Blank, Spelling, spelling_words};
pub(crate) use field::{Field, FromText, Place, decode_value, fields, optional_fields};
pub(crate) use open_enum::open_enum;
pub(crate) use quiet::is_quiet;
pub(crate) use wire_struct::wire_struct;

pub use decode::{DecodeError, decode_salvaging};
pub use extra::Extra;
pub use quiet::{QuietText, QuietUrl};
pub use raw_json::{JsonError, RawJson};
pub use secret::SecretText;
pub use timestamp::Timestamp;

#[cfg(test)]
mod tests;
