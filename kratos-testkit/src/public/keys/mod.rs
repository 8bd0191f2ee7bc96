//! Passkeys and security keys (Kratos 26.2.0, selfservice/strategy/passkey and webauthn).

mod login;
mod registration;
mod settings;

pub(super) use login::{is_passkey, is_security_key, passkey, security_key};
pub(super) use registration::{handle as register, is_asked as is_registration};
pub(super) use settings::{handle as change, is_asked as is_change};

use super::step::{Stop, refuse};
use crate::ui::text;
use crate::webauthn::{Key, Refused};
use crate::wire::Problem;
use crate::world::flow::Flow;
use crate::world::{World, rfc3339};

/// The answer of an authenticator that registers a key is refused: a message of the form, or an error.
fn not_registered(flow: &mut Flow, refused: &Refused) -> Stop {
    match refused {
        Refused::Malformed(why) => {
            refuse(flow, text::generic(&format!("Unable to parse WebAuthn response: {why}")))
        }
        Refused::Invalid(why) => {
            let reason = format!("Unable to create WebAuthn credential: {why}");
            let message = "An internal server error occurred, please contact the system administrator";
            Problem::new(500, message).reason(reason).into()
        }
    }
}

/// Marks a key as added now, under this name.
fn added(world: &World, key: Key, name: &str) -> Key {
    let now = world.now();
    let now = now.replace_nanosecond(0).unwrap_or(now);
    Key { name: name.to_owned(), added_at: rfc3339(now), added_at_unix: now.unix_timestamp(), ..key }
}
