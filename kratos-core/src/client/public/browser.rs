//! The client for one browser.

use crate::client::{BrowserCookies, call::Creds, connection::Connection};

/// Kratos' public API for one browser, with its cookies. Created by [`Client::browser`](super::Client::browser).
///
/// Responses carry cookies to relay to the browser, see [`WithCookies`](crate::client::WithCookies).
#[derive(Clone, Debug)]
pub struct Browser<'a> {
    pub(super) connection: &'a Connection,
    pub(super) cookies: BrowserCookies,
}

impl<'a> Browser<'a> {
    pub(super) fn new(connection: &'a Connection, cookies: BrowserCookies) -> Self {
        Self { connection, cookies }
    }

    pub(super) fn creds(&self) -> Creds {
        Creds::Cookies(self.cookies.clone())
    }
}
