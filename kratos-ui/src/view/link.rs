//! The way to other pages.

use kratos_core::model::QuietText;
use serde::Serialize;

/// The way to another page.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Link {
    /// Which.
    pub kind: LinkKind,
    /// Where it leads, with `return_to` and the rest of what has to be kept.
    pub href: QuietText,
    /// What it says.
    pub text: String,
    /// What is said before it.
    pub before: Option<String>,
    /// Ory's test id.
    pub test_id: &'static str,
}

/// Which page a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LinkKind {
    /// Sign-in.
    Login,
    /// Sign-in from the start, as somebody else.
    OtherAccount,
    /// Sign-up.
    Registration,
    /// The way back into an account.
    Recovery,
    /// The proof of an address.
    Verification,
    /// Profile and credentials.
    Settings,
    /// Sign-out. It changes something, so it has to be sent by `POST`.
    Logout,
    /// The application.
    Home,
    /// What would help where a request was refused: sign in, confirm, enrol.
    Help,
}
