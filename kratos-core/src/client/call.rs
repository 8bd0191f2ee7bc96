//! One call, before it is sent.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use url::form_urlencoded;

use super::{BrowserCookies, Era, error::Error, operations::Operation};
use crate::{credential::SESSION_TOKEN, diagnosis::ports::Port, model::SecretText, transport::Template};

/// The characters of a path segment that are percent-encoded.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The default `Accept`. Kratos answers `*/*` with the redirects of a browser.
pub(super) const JSON: &str = "application/json";

/// A call, independent of the server's base URL.
#[derive(Clone)]
pub(super) struct Call {
    /// The name of the operation; method and path for a raw call.
    pub(super) name: Cow<'static, str>,
    /// The name and the base URL, for errors.
    pub(super) what: Cow<'static, str>,
    pub(super) method: Method,
    pub(super) path: String,
    /// The path with its parameters as `{}`; `None` for a raw call.
    pub(super) template: Option<Template>,
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) body: Body,
    pub(super) credential: Option<(HeaderName, HeaderValue)>,
    pub(super) repeatable: bool,
    /// Whether to say that the browser uses https.
    pub(super) is_https: bool,
    /// The `Accept` header. Links that a browser follows accept HTML, so that Kratos answers with a redirect.
    pub(super) accept: &'static str,
}

/// The body of a call.
#[derive(Clone, Default)]
pub(super) enum Body {
    #[default]
    None,
    Raw {
        content_type: HeaderValue,
        bytes: Bytes,
    },
}

/// The credential of a call.
#[derive(Clone, Debug)]
pub(super) enum Creds {
    None,
    Token(SecretText),
    Cookies(BrowserCookies),
}

impl Call {
    /// Creates the call of an operation. `values` replace the placeholders of its path in order.
    pub(super) fn to(operation: Operation, era: Era, place: &str, values: &[&str]) -> Result<Self, Error> {
        let route = operation.route(era).ok_or_else(|| Error::not_in_era(operation, era))?;
        let name = Cow::Borrowed(operation.name());
        let what = Cow::Owned(format!("{name} at {place}"));
        let admin_prefix = era.facts().admin_prefix;
        let mut path = if route.port == Port::Admin { admin_prefix.to_owned() } else { String::new() };
        let mut values = values.iter();
        for segment in route.path.split('/').skip(1) {
            path.push('/');
            if segment != "{}" {
                path.push_str(segment);
                continue;
            }
            let value = values.next().copied().unwrap_or_default();
            // An empty or dot segment would select another route.
            if matches!(value, "" | "." | "..") {
                return Err(Error::invalid_call(&what, "a path parameter is empty, `.` or `..`"));
            }
            path.extend(utf8_percent_encode(value, SEGMENT));
        }
        let method = Method::from_bytes(route.method.as_bytes()).unwrap_or_default();
        let repeatable = operation.is_repeatable();
        Ok(Self {
            name,
            what,
            method,
            path,
            template: Some((if route.port == Port::Admin { admin_prefix } else { "" }, route.path)),
            query: Vec::new(),
            body: Body::None,
            credential: None,
            repeatable,
            is_https: false,
            accept: JSON,
        })
    }

    pub(super) fn for_a_page(mut self) -> Self {
        self.accept = "text/html";
        self
    }

    pub(super) fn query(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    pub(super) fn query_opt(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Result<Self, Error> {
        let bytes = serde_json::to_vec(body)
            .map_err(|_| Error::invalid_call(&self.what, "the body cannot be written as JSON"))?;
        self.body =
            Body::Raw { content_type: HeaderValue::from_static("application/json"), bytes: bytes.into() };
        Ok(self)
    }

    pub(super) fn form(mut self, fields: &[(&str, &str)]) -> Self {
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.body = Body::Raw { content_type, bytes: text.into() };
        self
    }

    pub(super) fn creds(mut self, creds: &Creds) -> Result<Self, Error> {
        self.credential = match creds {
            Creds::None => None,
            Creds::Token(token) => {
                let mut value = HeaderValue::from_str(token.expose_secret()).map_err(|_| {
                    Error::invalid_call(
                        &self.what,
                        "the session token contains bytes that a header must not contain",
                    )
                })?;
                value.set_sensitive(true);
                Some((SESSION_TOKEN, value))
            }
            Creds::Cookies(cookies) => cookies.to_header(&self.what)?.map(|value| (header::COOKIE, value)),
        };
        Ok(self)
    }

    pub(super) fn path_and_query(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
        format!("{}?{query}", self.path)
    }
}
