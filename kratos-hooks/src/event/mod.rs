//! The ten places at which Kratos calls a web hook.

mod kinds;

use std::fmt;

use kratos_model::{RawJson, flow::Flow};

pub use kinds::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, BeforeLogin,
    BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification,
};

use crate::call::Subject;

/// Whether Kratos calls a hook before or after its flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HookTime {
    /// When the flow is made, before the user sees its form. Settings flows are made again after each submit.
    Before,
    /// When the user completed the flow.
    After,
}

impl HookTime {
    /// Returns the key of `kratos.yml`: `before` or `after`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

impl fmt::Display for HookTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A flow, and whether the hook runs before or after it.
///
/// Sealed: the ten events are in this crate.
pub trait HookEvent: sealed::Sealed + Send + Sync + 'static {
    /// The flow that the request holds.
    type Flow: Flow;
    /// The user in the request: [`HookIdentity`](crate::HookIdentity) after a flow, nothing (`()`) before it.
    type Identity<T>: Subject<T>;
    /// Before or after.
    const TIME: HookTime;

    /// Returns the application's data in the flow (1.2 and later; registration 0.13).
    fn transient_payload(flow: &Self::Flow) -> Option<&RawJson>;
}

/// An event after which Kratos stores the identity, so that the hook may change it: registration and settings.
///
/// In the answer of any other event Kratos ignores an identity, and before a flow it crashes on it: 26.2.0 closes the
/// user's connection (selfservice/hook/web_hook.go, `parseWebhookResponse`). So those have no such answer here.
pub trait ChangesIdentity: HookEvent {}

/// Returns the event as [`jsonnet`](crate::jsonnet) writes it into the body, for example `registration.after`.
pub(crate) fn name_of<E: HookEvent>() -> String {
    format!("{}.{}", E::Flow::NAME, E::TIME)
}

mod sealed {
    pub trait Sealed {}
}
