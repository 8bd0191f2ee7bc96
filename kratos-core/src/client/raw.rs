//! Calls that this crate has no name for.

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    BrowserCookies, Error, WithCookies,
    answer::RelayRule,
    call::{Body, Call, Creds},
    connection::{Connection, decode},
};
use crate::{model::SecretText, transport::Reply};

/// A call of any method and path, with the same connection, credentials and errors as all others. The path is
/// taken as it is: on the admin port of 0.9 and later it begins with `/admin`.
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

    /// Adds a parameter to the query.
    pub fn with_query(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.query(name.to_owned(), value);
        self
    }

    /// Sends this as JSON.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn with_json(mut self, body: &impl Serialize) -> Result<Self, Error> {
        self.call = self.call.json(body)?;
        Ok(self)
    }

    /// Sends this as a form.
    pub fn with_form(mut self, fields: &[(&str, &str)]) -> Self {
        self.call = self.call.form(fields);
        self
    }

    /// Sends these bytes.
    pub fn with_body(mut self, content_type: HeaderValue, bytes: impl Into<Bytes>) -> Self {
        self.call.body = Body::Raw { content_type, bytes: bytes.into() };
        self
    }

    /// Shows these cookies, and no token.
    pub fn with_cookies(mut self, cookies: &BrowserCookies) -> Self {
        self.creds = Creds::Cookies(cookies.clone());
        self
    }

    /// Shows this session token, and no cookies.
    pub fn with_session_token(mut self, token: &SecretText) -> Self {
        self.creds = Creds::Token(token.clone());
        self
    }

    /// Sends it. Every status below 400 is an answer, redirects too: none is followed.
    ///
    /// # Errors
    /// Statuses of 400 and above, or no answer.
    pub async fn send(self) -> Result<WithCookies<RawAnswer>, Error> {
        let call = self.call.creds(&self.creds)?;
        let what = call.what.clone();
        let reply = self.connection.send(call).await?;
        let success = reply.status.as_u16() < 400;
        let cookies = super::RelayCookies::by(&RelayRule::OnSuccess, success, &reply.headers);
        if !success {
            return Err(self.connection.refused(&what, &reply, cookies));
        }
        let headers = reply.headers.clone();
        Ok(WithCookies::new(RawAnswer { what, reply }, cookies, headers))
    }
}

impl std::fmt::Debug for RawCall<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawCall({})", self.call.name)
    }
}

/// What a raw call brought. `Debug` hides the body.
pub struct RawAnswer {
    what: std::borrow::Cow<'static, str>,
    reply: Reply,
}

impl RawAnswer {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    /// When it is not this JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        decode(&self.what, &self.reply)
    }
}

impl std::fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawAnswer({}, {} bytes)", self.reply.status, self.reply.body.len())
    }
}
