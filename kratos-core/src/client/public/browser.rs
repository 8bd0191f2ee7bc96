//! The client for one browser.

use crate::client::{BrowserCookies, call::Creds, connection::Connection};

/// Kratos' public API for one browser, with its cookies. Created by [`Client::browser`](super::Client::browser).
///
/// Responses carry cookies to relay to the browser, see [`WithCookies`](crate::client::WithCookies).
#[derive(Clone, Debug)]
pub struct Browser<'a> {
    pub(super) connection: &'a Connection,
    pub(super) cookies: BrowserCookies,
    /// Whether the browser reaches the application over https.
    pub(super) https: bool,
}

impl<'a> Browser<'a> {
    pub(super) fn new(connection: &'a Connection, cookies: BrowserCookies) -> Self {
        Self { connection, cookies, https: false }
    }

    /// Says to Kratos that the browser uses https (`X-Forwarded-Proto`) when it signs the browser out: only then it answers with
    /// `Clear-Site-Data`, if `selfservice.flows.logout.clear_browser_data` is set (after 26.2). Default: not said.
    #[must_use]
    pub fn with_https(mut self) -> Self {
        self.https = true;
        self
    }

    pub(super) fn creds(&self) -> Creds {
        Creds::Cookies(self.cookies.clone())
    }
}
