//! How JSON of any Kratos release becomes types and back without losing anything.
//!
//! Three rules hold for every model: an unknown field is kept in `extra`, an unknown enum value is kept in
//! its open variant, and how an empty field was spelled (absent, `null`, `[]`) is remembered.

mod blank;
mod decode;
mod extra;
mod open_enum;
mod quiet;
mod raw_json;
mod secret;
mod timestamp;
mod wire_struct;

pub(crate) use blank::{Blank, Spelling};
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
