//! Self-service flows: their forms and their results.

mod continue_with;
mod flow_error;
mod kinds;
mod login;
mod logout;
mod recovery;
mod registration;
mod settings;
mod shared;
mod success;
pub mod ui;
mod verification;

pub use continue_with::{
    ContinueWith, ContinueWithFlow, PinEntry, RedirectBrowserTo, SetOrySessionToken, ShowFlow, ShowPinEntryUi,
};
pub use flow_error::FlowError;
pub use kinds::{FlowState, FlowType};
pub use login::{LoginFlow, TestContext, TestDebugPayload, TestStepError};
pub use logout::LogoutFlow;
pub use recovery::RecoveryFlow;
pub use registration::RegistrationFlow;
pub use settings::SettingsFlow;
pub use shared::Flow;
pub use success::{CodeExchange, SuccessfulLogin, SuccessfulRegistration, SuccessfulSettings};
pub use verification::VerificationFlow;

#[cfg(test)]
mod tests;
