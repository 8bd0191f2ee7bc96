//! Which type an answer has, told from method, path and status alone.
//!
//! A new type of answer is a new row. The first row that fits is taken, so narrow rows stand before wide ones.

use super::{Exchange, difference};
use kratos_core::model::{ErrorEnvelope, Identity, Session};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a kind of answer is read as.
#[derive(Debug)]
pub struct Row {
    /// The type's name, for people.
    pub name: &'static str,
    /// The methods; none given means any.
    pub methods: &'static [&'static str],
    /// The path without `/admin`. `{}` stands for one segment; a closing `**` for any rest.
    pub path: &'static str,
    /// The statuses.
    pub statuses: fn(u16) -> bool,
    /// How the body is read.
    pub read: Read,
}

/// How a body is read.
#[derive(Debug)]
pub enum Read {
    /// As JSON: decodes the text and encodes it again.
    Json(fn(&str) -> Result<Value, String>),
    /// As an error of Kratos when it is JSON, else as plain text that is not empty.
    Error(fn(&str) -> Result<Value, String>),
    /// There is no body.
    Nothing,
    /// There is a `Location`; the body is for people.
    Redirect,
}

/// What a check says: nothing, or what went wrong.
pub type Verdict = Result<(), String>;

/// The table.
pub const TABLE: &[Row] = &[
    row("Session", &["GET"], "/sessions/whoami", is_ok, Read::Json(again::<Session>)),
    row("Session", &["GET"], "/sessions/{}", is_ok, Read::Json(again::<Session>)),
    row("Session", &["PATCH"], "/sessions/{}/extend", is_ok, Read::Json(again::<Session>)),
    row("[Session]", &["GET"], "/sessions", is_ok, Read::Json(again::<Vec<Session>>)),
    row("[Session]", &["GET"], "/identities/{}/sessions", is_ok, Read::Json(again::<Vec<Session>>)),
    row("[Identity]", &["GET"], "/identities", is_ok, Read::Json(again::<Vec<Identity>>)),
    row("Identity", &["POST"], "/identities", is_created, Read::Json(again::<Identity>)),
    row("Identity", &["GET", "PUT", "PATCH"], "/identities/{}", is_ok, Read::Json(again::<Identity>)),
    row("Identity", &["GET"], "/identities/by/external/{}", is_ok, Read::Json(again::<Identity>)),
    // A flow that was submitted wrongly answers 400 with itself: an error or a flow, until flows are typed.
    row(
        "ErrorEnvelope",
        &["GET", "DELETE", "PUT", "PATCH"],
        "/**",
        is_error,
        Read::Error(again::<ErrorEnvelope>),
    ),
    row("ErrorEnvelope", &["POST"], "/identities/**", is_error, Read::Error(again::<ErrorEnvelope>)),
    row("ErrorEnvelope", &["POST"], "/recovery/**", is_error, Read::Error(again::<ErrorEnvelope>)),
    row("ErrorEnvelope", &["POST"], "/**", is_error_but_400, Read::Error(again::<ErrorEnvelope>)),
    row("nothing", &[], "/**", is_no_content, Read::Nothing),
    row("redirect", &[], "/**", is_redirect, Read::Redirect),
];

const fn row(
    name: &'static str,
    methods: &'static [&'static str],
    path: &'static str,
    statuses: fn(u16) -> bool,
    read: Read,
) -> Row {
    Row { name, methods, path, statuses, read }
}

fn is_ok(status: u16) -> bool {
    status == 200
}

fn is_created(status: u16) -> bool {
    status == 201
}

fn is_no_content(status: u16) -> bool {
    status == 204
}

fn is_redirect(status: u16) -> bool {
    (300..400).contains(&status)
}

fn is_error(status: u16) -> bool {
    status >= 400
}

fn is_error_but_400(status: u16) -> bool {
    is_error(status) && status != 400
}

fn again<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// The row for an exchange.
#[must_use]
pub fn classify(exchange: &Exchange) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.fits(exchange))
}

impl Row {
    fn fits(&self, exchange: &Exchange) -> bool {
        (self.methods.is_empty() || self.methods.contains(&exchange.method.as_str()))
            && (self.statuses)(exchange.status)
            && fits_path(self.path, &exchange.path)
    }

    /// Reads the exchange's answer by this row.
    ///
    /// # Errors
    /// When the answer does not have this row's type, or loses something by it.
    pub fn check(&self, exchange: &Exchange) -> Verdict {
        match (&self.read, &exchange.body) {
            (Read::Nothing, Value::String(text)) if text.is_empty() => Ok(()),
            (Read::Nothing, body) => Err(format!("a body where there is none: {body}")),
            (Read::Redirect, _) => exchange.header("location").map(drop).ok_or("no Location".to_owned()),
            (Read::Error(_), Value::String(text)) if !text.is_empty() => Ok(()),
            (Read::Json(_), Value::String(_)) => Err("not JSON".to_owned()),
            (Read::Json(again) | Read::Error(again), body) => {
                let told = again(&body.to_string())?;
                difference(body, &told).map_or(Ok(()), |lost| Err(format!("lost at {lost}")))
            }
        }
    }
}

fn fits_path(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        match (wanted, parts.next()) {
            ("**", _) => return true,
            ("{}", Some(part)) if !part.is_empty() => {}
            (wanted, Some(part)) if wanted == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}
