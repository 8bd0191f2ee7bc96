//! The user of a call.

use std::fmt;

use kratos_model::{Identity, RawJson};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::HookDecodeError;

/// The user of a call after a flow. `Debug` shows the id alone.
///
/// It has neither credentials nor `metadata_admin`: Kratos sends them to no hook.
#[non_exhaustive]
pub struct HookIdentity<T = RawJson> {
    /// The identity's id; `None` in a registration that is not stored yet (`response.parse`), where Kratos sends the nil id.
    pub id: Option<Uuid>,
    /// The traits.
    pub traits: T,
    record: Identity,
}

impl<T> HookIdentity<T> {
    /// Returns the record as Kratos sent it. In a registration that is not stored yet its ids are nil and its times of the
    /// year 1: use [`HookIdentity::id`].
    #[must_use]
    pub fn record(&self) -> &Identity {
        &self.record
    }
}

impl<T> fmt::Debug for HookIdentity<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookIdentity").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What an event makes of the identity in the body.
pub trait Subject<T>: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// Returns an error if the event needs an identity, and there is none whose traits match `T`.
    fn of(identity: Option<Identity>) -> Result<Self, HookDecodeError>
    where
        T: DeserializeOwned;
}

impl<T> Subject<T> for () {
    fn of(_: Option<Identity>) -> Result<Self, HookDecodeError> {
        Ok(())
    }
}

impl<T> Subject<T> for HookIdentity<T> {
    fn of(identity: Option<Identity>) -> Result<Self, HookDecodeError>
    where
        T: DeserializeOwned,
    {
        let record =
            identity.ok_or_else(|| HookDecodeError::new("identity", "missing or not an identity"))?;
        let traits = record.traits().map_err(|error| {
            let path = error.path();
            let path =
                if path == "." { "identity.traits".to_owned() } else { format!("identity.traits.{path}") };
            HookDecodeError::new(path, "missing, or not of the application's type of the traits")
        })?;
        Ok(Self { id: Some(record.id).filter(|id| !id.is_nil()), traits, record })
    }
}
