//! The client for one native app.

use crate::{
    client::{call::Creds, connection::Connection},
    model::SecretText,
};

/// Kratos' public API for one native app. Created by [`Client::native`](super::Client::native).
///
/// Never sends cookies: Kratos refuses native flows with a cookie (since 0.9).
#[derive(Clone, Debug)]
pub struct Native<'a> {
    pub(super) connection: &'a Connection,
    pub(super) creds: Creds,
}

impl<'a> Native<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, creds: Creds::None }
    }

    /// Sends this session token with each call. Required for settings, refresh, step-up and the user's sessions.
    #[must_use]
    pub fn with_session_token(mut self, token: &SecretText) -> Self {
        self.creds = Creds::Token(token.clone());
        self
    }
}
