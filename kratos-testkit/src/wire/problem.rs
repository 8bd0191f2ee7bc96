//! Errors in Kratos' JSON shape.

use serde_json::{Map, Value, json};

/// An error response: `{"error": {id, code, status, reason, details, message}, …}`.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    code: u16,
    id: &'static str,
    message: String,
    reason: Option<String>,
    details: Map<String, Value>,
    beside: Map<String, Value>,
    /// The status of the response, where it is not the code of the error.
    status: Option<u16>,
    /// Kratos crashes: there is no response.
    is_crash: bool,
}

impl Problem {
    pub(crate) fn new(code: u16, message: impl Into<String>) -> Self {
        let (id, message) = ("", message.into());
        Self(Box::new(Parts {
            code,
            id,
            message,
            reason: None,
            details: Map::new(),
            beside: Map::new(),
            status: None,
            is_crash: false,
        }))
    }

    pub(crate) fn code(&self) -> u16 {
        self.0.code
    }

    /// Returns the status of the response.
    pub(crate) fn status(&self) -> u16 {
        self.0.status.unwrap_or(self.0.code)
    }

    pub(crate) fn is_crash(&self) -> bool {
        self.0.is_crash
    }

    /// Responds with this status, not with the code of the error.
    pub(crate) fn answered_with(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Closes the connection without a response.
    pub(crate) fn crashed(mut self) -> Self {
        self.0.is_crash = true;
        self
    }

    /// Returns the machine-readable id, empty if there is none.
    pub(crate) fn id(&self) -> &'static str {
        self.0.id
    }

    pub(crate) fn bad_request(reason: impl Into<String>) -> Self {
        Self::new(400, "The request was malformed or contained invalid parameters").reason(reason)
    }

    pub(crate) fn unauthorized(reason: impl Into<String>) -> Self {
        Self::new(401, "The request could not be authorized").reason(reason)
    }

    pub(crate) fn forbidden(reason: impl Into<String>) -> Self {
        Self::new(403, "The requested action was forbidden").reason(reason)
    }

    /// The error of the database layer for a missing row.
    pub(crate) fn no_row() -> Self {
        Self::new(404, "Unable to locate the resource")
    }

    pub(crate) fn not_found(reason: impl Into<String>) -> Self {
        Self::new(404, "The requested resource could not be found").reason(reason)
    }

    pub(crate) fn with_id(mut self, id: &'static str) -> Self {
        self.0.id = id;
        self
    }

    pub(crate) fn reason(mut self, reason: impl Into<String>) -> Self {
        self.0.reason = Some(reason.into());
        self
    }

    pub(crate) fn detail(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.details.insert(key.to_owned(), value.into());
        self
    }

    /// Adds a member beside `error`, such as `redirect_browser_to`.
    pub(crate) fn beside(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.beside.insert(key.to_owned(), value.into());
        self
    }

    /// Returns the inner object, as `/self-service/errors` writes it.
    pub(crate) fn error(&self) -> Value {
        let mut error = Map::new();
        if !self.0.id.is_empty() {
            error.insert("id".into(), self.0.id.into());
        }
        error.insert("code".into(), self.0.code.into());
        error.insert("status".into(), status_text(self.0.code).into());
        if let Some(reason) = &self.0.reason {
            error.insert("reason".into(), reason.as_str().into());
        }
        if !self.0.details.is_empty() {
            error.insert("details".into(), Value::Object(self.0.details.clone()));
        }
        error.insert("message".into(), self.0.message.as_str().into());
        Value::Object(error)
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({ "error": self.error() });
        if let Value::Object(body) = &mut body {
            body.extend(self.0.beside.clone());
        }
        body
    }
}

fn status_text(code: u16) -> &'static str {
    http::StatusCode::from_u16(code).ok().and_then(|code| code.canonical_reason()).unwrap_or_default()
}
