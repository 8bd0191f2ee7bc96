//! Links to other pages.

use kratos_model::QuietText;
use serde::Serialize;

/// A link to another page.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Link {
    /// The target.
    pub kind: LinkKind,
    /// The URL, with `return_to` and the other parameters to preserve.
    pub href: QuietText,
    /// The text.
    pub text: String,
    /// The text before the link.
    pub before: Option<String>,
    /// The test id of Ory's reference pages.
    pub test_id: &'static str,
}

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LinkKind {
    /// The login page.
    Login,
    /// The login page, to sign in with another account.
    OtherAccount,
    /// The registration page.
    Registration,
    /// The recovery page.
    Recovery,
    /// The verification page.
    Verification,
    /// The settings page.
    Settings,
    /// Logout. It changes state, so render it as a form with `method="post"`.
    Logout,
    /// The page with the user's sessions and devices.
    Sessions,
    /// The page that deletes the user's account.
    DeleteAccount,
    /// The home page of the application.
    Home,
    /// The step that lifts a refusal: sign in, confirm, set up a second factor, verify an address, or try again.
    NextStep,
    /// The page that sent the refused request.
    Back,
    /// A document of an OAuth2 client: its terms or its privacy policy.
    Document,
}
