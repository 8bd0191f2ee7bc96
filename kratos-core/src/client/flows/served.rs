//! The operations of each flow type, and the JSON of a successful submit.

use std::borrow::Cow;

use kratos_model::__private::{DecodeError, decode_salvaging};
use serde_json::value::RawValue;

use crate::{
    client::{operations::Operation, outcome::Submitted},
    flow::{Flow, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

/// A flow type with its operations.
pub(in crate::client) trait Served: Flow {
    const OPERATIONS: Operations;

    /// Decodes the response of a successful submit.
    fn read(body: &[u8]) -> Result<Submitted<Self>, DecodeError>;
}

/// The operations of one flow type.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct Operations {
    pub(super) create_browser: Operation,
    pub(super) create_native: Operation,
    pub(super) get: Operation,
    pub(super) update: Operation,
    pub(in crate::client) get_as_admin: Operation,
    pub(in crate::client) follow: Operation,
}

/// Wraps the body in an object with the field `name`, unless it has one of the fields `unless`. Kratos 0.6 responds with
/// a bare session or identity to a browser that submits JSON.
fn named<'a>(body: &'a [u8], name: &str, unless: &[&str]) -> Cow<'a, [u8]> {
    let Ok(parts) = serde_json::from_slice::<std::collections::BTreeMap<Cow<'_, str>, &RawValue>>(body)
    else {
        return Cow::Borrowed(body);
    };
    if unless.iter().any(|known| parts.contains_key(*known)) {
        return Cow::Borrowed(body);
    }
    let text = [b"{\"", name.as_bytes(), b"\":", body, b"}"].concat();
    Cow::Owned(text)
}

/// Returns the outcome that the flow itself states. The status does not suffice: a wrong code is answered with 200.
fn judged<F: Flow>(flow: F, done: impl FnOnce(F) -> F::Success) -> Submitted<F> {
    if flow.is_done() {
        Submitted::Done(done(flow))
    } else if flow.has_errors() {
        Submitted::Invalid(flow)
    } else {
        Submitted::NextStep(flow)
    }
}

/// Implements [`Served`] for a flow type: its operations, and how a successful response is decoded.
macro_rules! served {
    (
        $flow:ident: $create_browser:ident, $create_native:ident, $get:ident, $update:ident, $get_as_admin:ident,
        $follow:ident;
        $body:ident => $read:expr
    ) => {
        impl Served for $flow {
            const OPERATIONS: Operations = Operations {
                create_browser: Operation::$create_browser,
                create_native: Operation::$create_native,
                get: Operation::$get,
                update: Operation::$update,
                get_as_admin: Operation::$get_as_admin,
                follow: Operation::$follow,
            };

            fn read($body: &[u8]) -> Result<Submitted<Self>, DecodeError> {
                $read
            }
        }
    };
}

served! {
    LoginFlow: CreateBrowserLoginFlow, CreateNativeLoginFlow, GetLoginFlow, UpdateLoginFlow, GetLoginFlowAsAdmin,
    FollowLoginFlow;
    body => decode_salvaging(&named(body, "session", &["session", "ui", "error"])).map(Submitted::Done)
}
served! {
    RegistrationFlow: CreateBrowserRegistrationFlow, CreateNativeRegistrationFlow, GetRegistrationFlow,
    UpdateRegistrationFlow, GetRegistrationFlowAsAdmin, FollowRegistrationFlow;
    body => decode_salvaging(&named(body, "identity", &["identity", "ui", "error"])).map(Submitted::Done)
}
served! {
    SettingsFlow: CreateBrowserSettingsFlow, CreateNativeSettingsFlow, GetSettingsFlow, UpdateSettingsFlow,
    GetSettingsFlowAsAdmin, FollowSettingsFlow;
    body => settings(body)
}
served! {
    RecoveryFlow: CreateBrowserRecoveryFlow, CreateNativeRecoveryFlow, GetRecoveryFlow, UpdateRecoveryFlow,
    GetRecoveryFlowAsAdmin, FollowRecoveryFlow;
    body => decode_salvaging(body).map(|flow| judged(flow, |flow| flow))
}
served! {
    VerificationFlow: CreateBrowserVerificationFlow, CreateNativeVerificationFlow, GetVerificationFlow,
    UpdateVerificationFlow, GetVerificationFlowAsAdmin, FollowVerificationFlow;
    body => decode_salvaging(body).map(|flow| judged(flow, |flow| flow))
}

/// Decodes the flow (today), flow and identity (up to 0.7), or the identity (0.6 for a browser).
fn settings(body: &[u8]) -> Result<Submitted<SettingsFlow>, DecodeError> {
    let body = named(body, "flow", &["flow", "traits", "error"]);
    let body = named(&body, "identity", &["flow", "error"]);
    let mut success: <SettingsFlow as Flow>::Success = decode_salvaging(&body)?;
    Ok(match success.flow.take() {
        Some(flow) => judged(flow, |flow| {
            success.flow = Some(flow);
            success
        }),
        None => Submitted::Done(success),
    })
}
