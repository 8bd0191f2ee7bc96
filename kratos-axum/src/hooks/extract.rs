use std::ops::Deref;

use axum_core::{
    body::Body,
    extract::{FromRequest, Request},
};
use http_body_util::{BodyExt as _, Limited};
use kratos_hooks::{HookCall, HookDecodeError, HookEvent, HookPass, MigrationCall, OutgoingMessage};
use kratos_model::RawJson;
use serde::de::DeserializeOwned;

use super::HookRejection;

/// A call of a web hook, as a handler's argument. Dereferences to [`HookCall`].
///
/// It needs a [`HookLayer`](crate::hooks::HookLayer) around its route. A body that is too large, or that is not a call of this
/// event with traits of this type, stops the flow; the log names the place, never a value.
#[derive(Debug)]
pub struct Hook<E: HookEvent, T = RawJson>(pub HookCall<E, T>);

impl<E: HookEvent, T> Deref for Hook<E, T> {
    type Target = HookCall<E, T>;
    fn deref(&self) -> &HookCall<E, T> {
        &self.0
    }
}

impl<S: Send + Sync, E: HookEvent, T: DeserializeOwned> FromRequest<S> for Hook<E, T> {
    type Rejection = HookRejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, HookRejection> {
        let (pass, body) = read(request).await?;
        HookCall::decode(pass.ids, &body).map(Self).map_err(|error| refuse(&error))
    }
}

/// A call of the password migration hook, as a handler's argument. Dereferences to [`MigrationCall`].
///
/// It needs a [`HookLayer`](crate::hooks::HookLayer) around its route.
#[derive(Clone, Debug)]
pub struct Migration(pub MigrationCall);

impl Deref for Migration {
    type Target = MigrationCall;
    fn deref(&self) -> &MigrationCall {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for Migration {
    type Rejection = HookRejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, HookRejection> {
        let (pass, body) = read(request).await?;
        MigrationCall::decode(pass.ids, &body).map(Self).map_err(|error| refuse(&error))
    }
}

/// A message that Kratos asks to send, as a handler's argument. Dereferences to [`OutgoingMessage`].
///
/// It needs a [`HookLayer`](crate::hooks::HookLayer) around its route.
#[derive(Clone, Debug)]
pub struct Courier(pub OutgoingMessage);

impl Deref for Courier {
    type Target = OutgoingMessage;
    fn deref(&self) -> &OutgoingMessage {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for Courier {
    type Rejection = HookRejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, HookRejection> {
        let (_, body) = read(request).await?;
        OutgoingMessage::decode(&body).map(Self).map_err(|error| refuse(&error))
    }
}

/// Reads the body of a request that passed the layer.
async fn read(request: Request) -> Result<(HookPass, bytes::Bytes), HookRejection> {
    let Some(pass) = request.extensions().get::<HookPass>().copied() else {
        kratos_hooks::__private::log_unguarded(
            "call `.layer(HookLayer::new(..))` on the Router after the hooks' routes",
        );
        return Err(HookRejection);
    };
    let body: Body = request.into_body();
    match Limited::new(body, pass.body_limit).collect().await {
        Ok(body) => Ok((pass, body.to_bytes())),
        Err(_) => {
            tracing::error!(
                target: "kratos",
                limit = pass.body_limit,
                "the body of a hook's request broke off or is too large: see HookLayer::with_body_limit"
            );
            Err(HookRejection)
        }
    }
}

fn refuse(error: &HookDecodeError) -> HookRejection {
    tracing::error!(target: "kratos", %error, "a hook's request was refused, and the user's flow stopped");
    HookRejection
}
