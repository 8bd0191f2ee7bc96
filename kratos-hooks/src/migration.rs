//! Password migration: Kratos asks whether a password of an imported identity is right.

use std::collections::BTreeMap;

use http::StatusCode;
use kratos_model::{RawJson, SecretText};
use serde_json::value::RawValue;

use crate::{HookDecodeError, HookIds, HookReply, HookResponse};

/// A call of the password migration hook (`methods.password.config.migrate_hook`, 1.3 and later; Kratos 26.2.0,
/// selfservice/hook/password_migration_hook.go).
///
/// Kratos calls it at the login of an identity that was imported with `use_password_migration_hook`. After
/// [`MigrationAnswer::Match`] it stores a hash of its own and does not ask again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MigrationCall {
    /// What the user typed: an e-mail address, for example. `Debug` hides it.
    pub identifier: SecretText,
    /// The password. `Debug` hides it. This copy is wiped from memory on drop, the one in the request's body is not.
    pub password: SecretText,
    /// The ids of the call, from its headers.
    pub ids: HookIds,
    /// The other members of the body, if the hook has a Jsonnet of its own.
    pub extra: BTreeMap<String, RawJson>,
}

impl MigrationCall {
    /// Decodes the body.
    ///
    /// # Errors
    /// Returns an error if the body is not a JSON object with the strings `identifier` and `password`.
    pub fn decode(ids: HookIds, body: &[u8]) -> Result<Self, HookDecodeError> {
        let wrong =
            || HookDecodeError::new(".", "not an object with the strings `identifier` and `password`");
        // Borrowed: no further copy of the password is made.
        let mut parts: BTreeMap<String, &RawValue> = serde_json::from_slice(body).map_err(|_| wrong())?;
        let mut secret = |name| {
            let text = parts.remove(name).and_then(|part| serde_json::from_str::<String>(part.get()).ok());
            text.map(SecretText::new).ok_or_else(wrong)
        };
        let (identifier, password) = (secret("identifier")?, secret("password")?);
        parts.remove("request_cookies");
        let owned = |(name, part): (String, &RawValue)| Some((name, serde_json::from_str(part.get()).ok()?));
        Ok(Self { identifier, password, ids, extra: parts.into_iter().filter_map(owned).collect() })
    }
}

/// The answer of the password migration hook.
///
/// Any other response fails the login with 502; the password stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MigrationAnswer {
    /// The password is right: the user is signed in, and Kratos stores its hash.
    Match,
    /// The password is wrong, or the identifier is unknown: the user may try again (403).
    NoMatch,
}

impl HookReply for MigrationAnswer {
    fn into_response(self) -> HookResponse {
        match self {
            Self::Match => HookResponse::bytes(
                StatusCode::OK,
                bytes::Bytes::from_static(br#"{"status":"password_match"}"#),
            ),
            Self::NoMatch => HookResponse::empty(StatusCode::FORBIDDEN),
        }
    }
}
