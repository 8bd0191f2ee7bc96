//! Which operations serve a flow, and how its success is spelled.

use kratos_model::__private::{DecodeError, decode_salvaging};
use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::{
    client::{Operation, outcome::Submitted},
    flow::{Flow, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

/// The operations of a flow.
pub(in crate::client) trait Served: Flow {
    const OPERATIONS: Operations;

    /// What a success of a submit says.
    fn read(body: &[u8]) -> Result<Submitted<Self>, DecodeError>;
}

/// The operations of one flow.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct Operations {
    pub(super) create_browser: Operation,
    pub(super) create_native: Operation,
    pub(super) get: Operation,
    pub(super) update: Operation,
    pub(in crate::client) get_as_admin: Operation,
    pub(in crate::client) follow: Operation,
}

/// The body under the name that today's form has for it, unless one of these names is there already: 0.6
/// answers a bare session or identity to a browser that submits JSON (api-map A2).
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

/// A flow that says itself how far it is. Status 200 does not tell: a wrong code is one too.
fn judged<F: Flow>(flow: F, done: impl FnOnce(F) -> F::Success) -> Submitted<F> {
    if flow.is_done() {
        Submitted::Done(done(flow))
    } else if flow.has_errors() {
        Submitted::Invalid(flow)
    } else {
        Submitted::NextStep(flow)
    }
}

fn typed<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    decode_salvaging(body)
}

macro_rules! served {
    ($flow:ident, $browser:ident $native:ident $get:ident $update:ident $admin:ident $follow:ident, $body:ident => $read:expr) => {
        impl Served for $flow {
            const OPERATIONS: Operations = Operations {
                create_browser: Operation::$browser,
                create_native: Operation::$native,
                get: Operation::$get,
                update: Operation::$update,
                get_as_admin: Operation::$admin,
                follow: Operation::$follow,
            };

            fn read($body: &[u8]) -> Result<Submitted<Self>, DecodeError> {
                $read
            }
        }
    };
}

served!(LoginFlow, CreateBrowserLoginFlow CreateNativeLoginFlow GetLoginFlow UpdateLoginFlow GetLoginFlowAsAdmin FollowLoginFlow,
    body => typed(&named(body, "session", &["session", "ui", "error"])).map(Submitted::Done));
served!(RegistrationFlow, CreateBrowserRegistrationFlow CreateNativeRegistrationFlow GetRegistrationFlow UpdateRegistrationFlow GetRegistrationFlowAsAdmin FollowRegistrationFlow,
    body => typed(&named(body, "identity", &["identity", "ui", "error"])).map(Submitted::Done));
served!(SettingsFlow, CreateBrowserSettingsFlow CreateNativeSettingsFlow GetSettingsFlow UpdateSettingsFlow GetSettingsFlowAsAdmin FollowSettingsFlow,
body => {
    let body = named(body, "flow", &["flow", "traits", "error"]);
    let body = named(&body, "identity", &["flow", "error"]);
    let mut success: <SettingsFlow as Flow>::Success = typed(&body)?;
    Ok(match success.flow.take() {
        Some(flow) => judged(flow, |flow| { success.flow = Some(flow); success }),
        None => Submitted::Done(success),
    })
});
served!(RecoveryFlow, CreateBrowserRecoveryFlow CreateNativeRecoveryFlow GetRecoveryFlow UpdateRecoveryFlow GetRecoveryFlowAsAdmin FollowRecoveryFlow,
    body => typed(body).map(|flow| judged(flow, |flow| flow)));
served!(VerificationFlow, CreateBrowserVerificationFlow CreateNativeVerificationFlow GetVerificationFlow UpdateVerificationFlow GetVerificationFlowAsAdmin FollowVerificationFlow,
    body => typed(body).map(|flow| judged(flow, |flow| flow)));
