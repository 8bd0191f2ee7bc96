//! The events.

use kratos_model::{
    RawJson,
    flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

use super::{ChangesIdentity, HookEvent, HookTime, sealed::Sealed};
use crate::call::HookIdentity;

macro_rules! event {
    ($(#[$meta:meta])* $name:ident, $flow:ty, Before) => {
        event!(@ $(#[$meta])* $name, $flow, Before, ());
    };
    ($(#[$meta:meta])* $name:ident, $flow:ty, After) => {
        event!(@ $(#[$meta])* $name, $flow, After, HookIdentity<T>);
    };
    (@ $(#[$meta:meta])* $name:ident, $flow:ty, $time:ident, $identity:ty) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct $name;

        impl Sealed for $name {}

        impl HookEvent for $name {
            type Flow = $flow;
            type Identity<T> = $identity;
            const TIME: HookTime = HookTime::$time;

            fn transient_payload(flow: &$flow) -> Option<&RawJson> {
                flow.transient_payload.as_ref()
            }
        }
    };
}

event!(
    /// A login flow is made (`login.before`).
    BeforeLogin, LoginFlow, Before
);
event!(
    /// A user proved who they are; there is no session yet (`login.after`).
    AfterLogin, LoginFlow, After
);
event!(
    /// A registration flow is made (`registration.before`).
    BeforeRegistration, RegistrationFlow, Before
);
event!(
    /// A user registers (`registration.after`). With `response.parse` the identity is not stored yet and has no id;
    /// otherwise it is stored, and stays so whatever the hook answers.
    AfterRegistration, RegistrationFlow, After
);
event!(
    /// A settings flow is made (`settings.before`): also once for each submit, since Kratos renders the form again.
    BeforeSettings, SettingsFlow, Before
);
event!(
    /// A user changes the profile or a credential (`settings.after`). With `response.parse` the change is not stored yet;
    /// otherwise it is, and stays so whatever the hook answers.
    AfterSettings, SettingsFlow, After
);
event!(
    /// A recovery flow is made (`recovery.before`, 0.11 and later).
    BeforeRecovery, RecoveryFlow, Before
);
event!(
    /// A user recovered the account (`recovery.after`).
    AfterRecovery, RecoveryFlow, After
);
event!(
    /// A verification flow is made (`verification.before`, 0.11 and later).
    BeforeVerification, VerificationFlow, Before
);
event!(
    /// A user verified an address (`verification.after`). The address is stored as verified, whatever the hook answers.
    AfterVerification, VerificationFlow, After
);

impl ChangesIdentity for AfterRegistration {}
impl ChangesIdentity for AfterSettings {}
