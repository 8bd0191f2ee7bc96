//! Browser logout.

use crate::wire::{QuietText, SecretText, wire_struct};

wire_struct! {
    /// The link that signs a browser out, and its logout token.
    pub struct LogoutFlow {
        required {}
        optional {
            /// The link. It holds the logout token, so show it only to the signed-in user.
            logout_url: QuietText = "logout_url",
            /// The logout token (0.8 and later). Prefer [`LogoutFlow::token`].
            logout_token: Option<SecretText> = "logout_token",
        }
    }
}

impl LogoutFlow {
    /// Returns the logout token. Kratos 0.7 sends it only in the link.
    #[must_use]
    pub fn token(&self) -> Option<SecretText> {
        self.logout_token.clone().or_else(|| {
            let url = url::Url::parse(&self.logout_url).ok()?;
            url.query_pairs().find(|(name, _)| name == "token").map(|(_, token)| SecretText::new(token))
        })
    }
}
