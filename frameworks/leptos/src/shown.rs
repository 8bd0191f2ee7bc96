//! The flow of a page, as the server sends it to the browser.

use kratos_model::flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow};
use kratos_ui::{Theme, view::View};
use serde::{Deserialize, Serialize};

/// The flow that a page shows. Its JSON holds what the form holds, among it the CSRF token: it belongs into the page of this
/// browser alone.
#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", content = "flow", rename_all = "snake_case")]
pub enum Shown {
    Login(Box<LoginFlow>),
    Registration(Box<RegistrationFlow>),
    Recovery(Box<RecoveryFlow>),
    Verification(Box<VerificationFlow>),
    Settings(Box<SettingsFlow>),
}

impl Shown {
    /// The content of the page. Both sides build the same.
    pub fn view(&self) -> View {
        let theme = Theme::new();
        match self {
            Self::Login(flow) => theme.view(&**flow),
            Self::Registration(flow) => theme.view(&**flow),
            Self::Recovery(flow) => theme.view(&**flow),
            Self::Verification(flow) => theme.view(&**flow),
            Self::Settings(flow) => theme.view(&**flow),
        }
    }
}
