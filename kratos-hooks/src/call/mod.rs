//! What Kratos sends to a web hook.

mod decode;
mod identity;
mod ids;
mod request;

use std::{collections::BTreeMap, fmt};

use kratos_model::{JsonError, RawJson, Session};
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub use identity::HookIdentity;
pub(crate) use identity::Subject;
pub use ids::HookIds;
pub use request::HookRequest;

use crate::{HookDecodeError, event::HookEvent};

/// A call of a web hook: the flow, the user, and the request of the user's browser.
///
/// `E` is the event, such as [`AfterRegistration`](crate::AfterRegistration); `T` the application's type of the traits,
/// by default their JSON. `Debug` shows no trait, header or payload.
#[non_exhaustive]
pub struct HookCall<E: HookEvent, T = RawJson> {
    /// The flow.
    pub flow: E::Flow,
    /// The user: [`HookIdentity`] after a flow, `()` before it.
    pub identity: E::Identity<T>,
    /// The session: after a login (1.2 and later) and in settings (26.2.0; not in 1.3.1). After a login it is not stored yet,
    /// so its id is nil: use [`HookCall::session_id`].
    pub session: Option<Session>,
    /// The request that the user's browser or app sent to Kratos.
    pub request: HookRequest,
    /// The ids of the call, from its headers.
    pub ids: HookIds,
    /// The members of the body that this crate does not know, by name.
    pub extra: BTreeMap<String, RawJson>,
}

impl<E: HookEvent, T: DeserializeOwned> HookCall<E, T> {
    /// Decodes the body that [`jsonnet`](crate::jsonnet) makes. Unknown members, unknown values and unreadable parts of
    /// the flow or session, such as a malformed device, are not errors.
    ///
    /// # Errors
    /// Returns an error if the body is not a JSON object, is of another event, has no readable flow, or, after a flow, has no
    /// identity whose traits match `T`. It names the JSON path, never a value.
    pub fn decode(ids: HookIds, body: &[u8]) -> Result<Self, HookDecodeError> {
        decode::decode(ids, body)
    }
}

impl<E: HookEvent, T> HookCall<E, T> {
    /// Returns the id of the session, if Kratos has stored it: in settings, not after a login.
    #[must_use]
    pub fn session_id(&self) -> Option<Uuid> {
        self.session.as_ref().map(|session| session.id).filter(|id| !id.is_nil())
    }

    /// Returns the application's data in the flow, deserialized into `P`: what the form sent as `transient_payload`, for
    /// example the solution of a captcha. `None` if there is none (1.2 and later; registration 0.13).
    ///
    /// # Errors
    /// Returns an error if the payload does not match `P`.
    pub fn transient_payload<P: DeserializeOwned>(&self) -> Result<Option<P>, JsonError> {
        E::transient_payload(&self.flow).map(RawJson::parse).transpose()
    }
}

impl<E: HookEvent, T> fmt::Debug for HookCall<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookCall")
            .field("event", &crate::event::name_of::<E>())
            .field("flow", &self.flow)
            .field("session", &self.session)
            .field("request", &self.request)
            .field("ids", &self.ids)
            .field("extra", &self.extra.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
