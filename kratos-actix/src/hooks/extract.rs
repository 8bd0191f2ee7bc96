use std::{future::Future, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use kratos_core::model::RawJson;
use kratos_hooks::{HookCall, HookDecodeError, HookEvent, HookPass, MigrationCall, OutgoingMessage};
use serde::de::DeserializeOwned;

use super::HookRejection;
use crate::body;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, HookRejection>>>>;

/// A call of a web hook, as a handler's argument. Dereferences to [`HookCall`].
///
/// It needs a [`HookMiddleware`](crate::hooks::HookMiddleware) around its route. A body that is too large, or that is not a
/// call of this event with traits of this type, stops the flow; the log names the place, never a value.
#[derive(Debug)]
pub struct Hook<E: HookEvent, T = RawJson>(pub HookCall<E, T>);

impl<E: HookEvent, T> Deref for Hook<E, T> {
    type Target = HookCall<E, T>;
    fn deref(&self) -> &HookCall<E, T> {
        &self.0
    }
}

impl<E: HookEvent, T: DeserializeOwned + 'static> FromRequest for Hook<E, T> {
    type Error = HookRejection;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        read(request, payload, |pass, body| HookCall::decode(pass.ids, body).map(Self))
    }
}

/// A call of the password migration hook, as a handler's argument. Dereferences to [`MigrationCall`].
///
/// It needs a [`HookMiddleware`](crate::hooks::HookMiddleware) around its route.
#[derive(Clone, Debug)]
pub struct Migration(pub MigrationCall);

impl Deref for Migration {
    type Target = MigrationCall;
    fn deref(&self) -> &MigrationCall {
        &self.0
    }
}

impl FromRequest for Migration {
    type Error = HookRejection;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        read(request, payload, |pass, body| MigrationCall::decode(pass.ids, body).map(Self))
    }
}

/// A message that Kratos asks to send, as a handler's argument. Dereferences to [`OutgoingMessage`].
///
/// It needs a [`HookMiddleware`](crate::hooks::HookMiddleware) around its route.
#[derive(Clone, Debug)]
pub struct Courier(pub OutgoingMessage);

impl Deref for Courier {
    type Target = OutgoingMessage;
    fn deref(&self) -> &OutgoingMessage {
        &self.0
    }
}

impl FromRequest for Courier {
    type Error = HookRejection;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        read(request, payload, |_, body| OutgoingMessage::decode(body).map(Self))
    }
}

/// Reads the body of a request that passed the middleware.
fn read<T: 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
    decode: impl FnOnce(HookPass, &[u8]) -> Result<T, HookDecodeError> + 'static,
) -> Extracting<T> {
    let Some(pass) = request.extensions().get::<HookPass>().copied() else {
        kratos_hooks::__private::log_unguarded("wrap the hooks' scope in a HookMiddleware");
        return Box::pin(std::future::ready(Err(HookRejection)));
    };
    let body = body::read(payload, pass.body_limit);
    Box::pin(async move {
        let Some(body) = body.await else {
            tracing::error!(
                target: "kratos",
                limit = pass.body_limit,
                "the body of a hook's request broke off or is too large: see HookMiddleware::with_body_limit"
            );
            return Err(HookRejection);
        };
        decode(pass, &body).map_err(|error| {
            tracing::error!(target: "kratos", %error, "a hook's request was refused, and the user's flow stopped");
            HookRejection
        })
    })
}
