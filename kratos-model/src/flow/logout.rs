//! Logout of a browser.

use crate::wire::{QuietText, SecretText, wire_struct};

wire_struct! {
    /// What signs a browser out: a link to follow, or the token of it.
    pub struct LogoutFlow {
        required {}
        optional {
            /// The link; it holds the token, so it belongs on a page of this person alone.
            logout_url: QuietText = "logout_url",
            /// The token of that link (0.8 and later; see [`LogoutFlow::token`]).
            logout_token: Option<SecretText> = "logout_token",
        }
    }
}

impl LogoutFlow {
    /// The token. Kratos 0.7 tells it in the link only.
    #[must_use]
    pub fn token(&self) -> Option<SecretText> {
        self.logout_token.clone().or_else(|| {
            let url = url::Url::parse(&self.logout_url).ok()?;
            url.query_pairs().find(|(name, _)| name == "token").map(|(_, token)| SecretText::new(token))
        })
    }
}
