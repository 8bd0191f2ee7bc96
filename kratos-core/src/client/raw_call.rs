//! Calls of any method and path.

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    BrowserCookies, Error, RelayCookies, WithCookies,
    call::{Body, Call, Creds},
    connection::{Connection, decode},
    with_cookies::RelayRule,
};
use crate::{model::SecretText, transport::Reply};

/// A call of any method and path. Created by [`Client::raw`](super::Client::raw) and
/// [`AdminClient::raw`](super::AdminClient::raw).
///
/// The path is sent unchanged: since 0.9, paths of the admin port begin with `/admin`. `Debug` shows method and path only.
#[must_use]
pub struct RawCall<'a> {
    connection: &'a Connection,
    call: Call,
    creds: Creds,
}

impl<'a> RawCall<'a> {
    pub(super) fn new(connection: &'a Connection, method: Method, path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut call = connection.raw_call(method, path);
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        call.query.extend(pairs.map(|(name, value)| (name.into_owned().into(), value.into_owned())));
        Self { connection, call, creds: Creds::None }
    }

    /// Adds a query parameter.
    pub fn with_query(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.query(name.to_owned(), value);
        self
    }

    /// Sets a JSON body.
    ///
    /// # Errors
    /// Returns an error if `body` cannot be serialized as JSON.
    pub fn with_json(mut self, body: &impl Serialize) -> Result<Self, Error> {
        self.call = self.call.json(body)?;
        Ok(self)
    }

    /// Sets a form body.
    pub fn with_form(mut self, fields: &[(&str, &str)]) -> Self {
        self.call = self.call.form(fields);
        self
    }

    /// Sets the body and its content type.
    pub fn with_body(mut self, content_type: HeaderValue, bytes: impl Into<Bytes>) -> Self {
        self.call.body = Body::Raw { content_type, bytes: bytes.into() };
        self
    }

    /// Sends these cookies instead of a session token.
    pub fn with_cookies(mut self, cookies: &BrowserCookies) -> Self {
        self.creds = Creds::Cookies(cookies.clone());
        self
    }

    /// Sends this session token instead of cookies.
    pub fn with_session_token(mut self, token: &SecretText) -> Self {
        self.creds = Creds::Token(token.clone());
        self
    }

    /// Sends the call. Succeeds for every status below 400. Redirects are returned, not followed.
    ///
    /// # Errors
    /// Returns an error for a status of 400 or above, or without a response.
    pub async fn send(self) -> Result<WithCookies<RawResponse>, Error> {
        let call = self.call.creds(&self.creds)?;
        let what = call.what.clone();
        let reply = self.connection.send(call).await?;
        let success = reply.status.as_u16() < 400;
        let cookies = RelayCookies::by(&RelayRule::OnSuccess, success, &reply.headers);
        if !success {
            return Err(self.connection.refused(&what, &reply, cookies));
        }
        let headers = reply.headers.clone();
        Ok(WithCookies::new(RawResponse { what, reply }, cookies, headers))
    }
}

impl std::fmt::Debug for RawCall<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawCall({})", self.call.name)
    }
}

/// The response to a [`RawCall`]. `Debug` omits the body.
pub struct RawResponse {
    what: std::borrow::Cow<'static, str>,
    reply: Reply,
}

impl RawResponse {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// Returns an error if the body is not JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        decode(&self.what, &self.reply)
    }
}

impl std::fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawResponse({}, {} bytes)", self.reply.status, self.reply.body.len())
    }
}
