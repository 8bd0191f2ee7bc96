//! Maps method, path and status to the type of the response.
//!
//! A new type of response is a new row. The first matching row wins: narrow rows precede wide ones.

use super::{Exchange, difference};
use kratos_core::model::flow::{
    CodeExchange, FlowError, LoginFlow, LogoutFlow, RecoveryFlow, RegistrationFlow, SettingsFlow,
    SuccessfulLogin, SuccessfulRegistration, SuccessfulSettings, VerificationFlow,
};
use kratos_core::model::{
    BatchResults, CourierMessage, DeletedSessions, ErrorEnvelope, HealthStatus, Identity, IdentitySchema,
    ManagedSessions, RecoveryCode, RecoveryLink, Session, Version,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// A row: the exchanges that it matches, and the type of their response.
#[derive(Debug)]
pub struct Row {
    /// The type's name in messages.
    pub name: &'static str,
    /// The methods; empty matches any.
    pub methods: &'static [&'static str],
    /// The path without `/admin`. `{}` matches one segment, a final `**` any rest.
    pub path: &'static str,
    /// The statuses.
    pub statuses: fn(u16) -> bool,
    /// How to read the body.
    pub read: Read,
}

/// A body that was decoded.
#[derive(Debug)]
pub struct Decoded {
    /// It, encoded again.
    pub json: Value,
    /// Its `Debug` names unknown fields and values.
    pub value: Box<dyn Debug>,
}

/// How to read a body.
#[derive(Debug)]
pub enum Read {
    /// As JSON: decodes and encodes it.
    Json(fn(&str) -> Result<Decoded, String>),
    /// As an error of Kratos if it is JSON, otherwise as non-empty plain text.
    Error(fn(&str) -> Result<Decoded, String>),
    /// As non-empty plain text.
    Text,
    /// There must be no body.
    Nothing,
    /// There must be a `Location`; the body is ignored.
    Redirect,
}

/// The result of a check.
pub type Verdict = Result<(), String>;

/// The table.
pub const TABLE: &[Row] = &[
    row("Session", &["GET"], "/sessions/whoami", is_ok, Read::Json(again::<Session>)),
    // Kratos serves whoami for any method.
    row("Session", &["POST", "PUT", "PATCH"], "/sessions/whoami", is_ok, Read::Json(again::<Session>)),
    row("CodeExchange", &["GET"], "/sessions/token-exchange", is_ok, Read::Json(again::<CodeExchange>)),
    row("Session", &["GET"], "/sessions/{}", is_ok, Read::Json(again::<Session>)),
    row("Session", &["PATCH"], "/sessions/{}/extend", is_ok, Read::Json(again::<Session>)),
    row("ManagedSessions", &["POST"], "/sessions", is_ok, Read::Json(again::<ManagedSessions>)),
    row("LoginFlow", &["POST"], "/test-login-flows", is_created, Read::Json(again::<LoginFlow>)),
    row("[Session]", &["GET"], "/sessions", is_ok, Read::Json(again::<Option<Vec<Session>>>)),
    row("DeletedSessions", &["DELETE"], "/sessions", is_ok, Read::Json(again::<DeletedSessions>)),
    row("[Session]", &["GET"], "/identities/{}/sessions", is_ok, Read::Json(again::<Option<Vec<Session>>>)),
    row("[Identity]", &["GET"], "/identities", is_ok, Read::Json(again::<Option<Vec<Identity>>>)),
    row("Identity", &["POST"], "/identities", is_created, Read::Json(again::<Identity>)),
    row("BatchResults", &["PATCH"], "/identities", is_ok, Read::Json(again::<BatchResults>)),
    row("Identity", &["GET", "PUT", "PATCH"], "/identities/{}", is_ok, Read::Json(again::<Identity>)),
    row("Identity", &["GET"], "/identities/by/external/{}", is_ok, Read::Json(again::<Identity>)),
    row("RecoveryLink", &["POST"], "/recovery/link", is_ok, Read::Json(again::<RecoveryLink>)),
    row("RecoveryCode", &["POST"], "/recovery/code", is_created, Read::Json(again::<RecoveryCode>)),
    row(
        "[CourierMessage]",
        &["GET"],
        "/courier/messages",
        is_ok,
        Read::Json(again::<Option<Vec<CourierMessage>>>),
    ),
    row("CourierMessage", &["GET"], "/courier/messages/{}", is_ok, Read::Json(again::<CourierMessage>)),
    row("[IdentitySchema]", &["GET"], "/schemas", is_ok, Read::Json(again::<Option<Vec<IdentitySchema>>>)),
    row("JSON schema", &["GET"], "/schemas/{}", is_ok, Read::Json(again::<Value>)),
    row("hash", &["GET"], "/health/config", is_ok, Read::Text),
    row("HealthStatus", &["GET"], "/health/{}", is_ok, Read::Json(again::<HealthStatus>)),
    row("Version", &["GET"], "/version", is_ok, Read::Json(again::<Version>)),
    row("metrics", &["GET"], "/metrics/prometheus", is_ok, Read::Text),
    row("script", &["GET"], "/.well-known/ory/webauthn.js", is_ok, Read::Text),
    row("FlowError", &["GET"], "/self-service/errors", is_ok, Read::Json(again::<FlowError>)),
    row("LogoutFlow", &["GET"], "/self-service/logout/browser", is_ok, Read::Json(again::<LogoutFlow>)),
    row("LoginFlow", &["GET"], "/self-service/login/{}", is_ok, Read::Json(again::<LoginFlow>)),
    row(
        "RegistrationFlow",
        &["GET"],
        "/self-service/registration/{}",
        is_ok,
        Read::Json(again::<RegistrationFlow>),
    ),
    row("SettingsFlow", &["GET"], "/self-service/settings/{}", is_ok, Read::Json(again::<SettingsFlow>)),
    row("RecoveryFlow", &["GET"], "/self-service/recovery/{}", is_ok, Read::Json(again::<RecoveryFlow>)),
    row(
        "VerificationFlow",
        &["GET"],
        "/self-service/verification/{}",
        is_ok,
        Read::Json(again::<VerificationFlow>),
    ),
    // A submit returns a success, the flow itself, or an error. 0.6 and 0.7 encode successes differently.
    row("login submit", &["POST", "GET"], "/self-service/login", is_answer, Read::Error(login_submit)),
    row(
        "registration submit",
        &["POST", "GET"],
        "/self-service/registration",
        is_answer,
        Read::Error(registration_submit),
    ),
    row(
        "settings submit",
        &["POST", "GET"],
        "/self-service/settings",
        is_answer,
        Read::Error(settings_submit),
    ),
    row(
        "recovery submit",
        &["POST", "GET"],
        "/self-service/recovery",
        is_answer,
        Read::Error(flow_or_error::<RecoveryFlow>),
    ),
    row(
        "verification submit",
        &["POST", "GET"],
        "/self-service/verification",
        is_answer,
        Read::Error(flow_or_error::<VerificationFlow>),
    ),
    row("nothing", &["HEAD"], "/**", is_ok, Read::Nothing),
    row("nothing", &[], "/**", is_no_content, Read::Nothing),
    row("redirect", &[], "/**", is_redirect, Read::Redirect),
    row("ErrorEnvelope", &[], "/**", is_error, Read::Error(again::<ErrorEnvelope>)),
];

fn has(text: &str, key: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|body| body.get(key).is_some())
}

fn flow_or_error<F: DeserializeOwned + Serialize + Debug + 'static>(text: &str) -> Result<Decoded, String> {
    if has(text, "error") { again::<ErrorEnvelope>(text) } else { again::<F>(text) }
}

fn login_submit(text: &str) -> Result<Decoded, String> {
    match text {
        _ if has(text, "session") => again::<SuccessfulLogin>(text),
        _ if has(text, "ui") || has(text, "error") => flow_or_error::<LoginFlow>(text),
        _ => again::<Session>(text),
    }
}

fn registration_submit(text: &str) -> Result<Decoded, String> {
    match text {
        _ if has(text, "identity") => again::<SuccessfulRegistration>(text),
        _ if has(text, "ui") || has(text, "error") => flow_or_error::<RegistrationFlow>(text),
        _ => again::<Identity>(text),
    }
}

fn settings_submit(text: &str) -> Result<Decoded, String> {
    match text {
        _ if has(text, "flow") => again::<SuccessfulSettings>(text),
        _ if has(text, "ui") || has(text, "error") => flow_or_error::<SettingsFlow>(text),
        _ => again::<Identity>(text),
    }
}

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

/// A submit's own response: no redirect, and no 204.
fn is_answer(status: u16) -> bool {
    is_ok(status) || is_error(status)
}

fn again<T: DeserializeOwned + Serialize + Debug + 'static>(text: &str) -> Result<Decoded, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let json = serde_json::to_value(&value).map_err(|error| error.to_string())?;
    Ok(Decoded { json, value: Box::new(value) })
}

/// Returns the row of an exchange.
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

    /// Reads the exchange's response as this row's type.
    ///
    /// # Errors
    /// If the response does not have this row's type, or decoding loses a part of it.
    pub fn check(&self, exchange: &Exchange) -> Verdict {
        match (&self.read, &exchange.body) {
            (Read::Nothing, Value::String(text)) if text.is_empty() => Ok(()),
            (Read::Nothing, body) => Err(format!("a body where there is none: {body}")),
            (Read::Redirect, _) => exchange.header("location").map(drop).ok_or("no Location".to_owned()),
            (Read::Error(_) | Read::Text, Value::String(text)) if !text.is_empty() => Ok(()),
            (Read::Text, _) => Err("no text".to_owned()),
            (Read::Json(_), Value::String(_)) => Err("not JSON".to_owned()),
            (Read::Json(again) | Read::Error(again), body) => {
                let told = again(&body.to_string())?;
                difference(body, &told.json).map_or(Ok(()), |lost| Err(format!("lost at {lost}")))
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
