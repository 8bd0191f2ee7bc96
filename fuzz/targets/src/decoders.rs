//! Decoding the models from JSON.

use std::fmt::Debug;

use kratos_core::fuzzing::{refused, salvage};
use kratos_core::model::flow::{
    CodeExchange, ContinueWith, FlowError, LoginFlow, LogoutFlow, RecoveryFlow, RegistrationFlow,
    SettingsFlow, SuccessfulLogin, SuccessfulRegistration, SuccessfulSettings, VerificationFlow,
};
use kratos_core::model::{
    BatchResults, CourierMessage, DeletedSessions, ErrorEnvelope, HealthStatus, Identity,
    IdentityCredentials, IdentitySchema, RecoveryCode, RecoveryLink, Session, Version,
};
use kratos_core::model::{RawJson, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

use crate::exchange::Exchange;

/// A decoded value survives encoding, and the reader that drops invalid values agrees with the strict one.
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(data: &[u8]) -> Option<T> {
    let strict = serde_json::from_slice::<T>(data).ok();
    let salvaged = salvage::<T>(data);
    assert!(strict.is_none() || strict == salvaged, "both decode valid input alike: {salvaged:?}");
    let read = salvaged?;
    let written = serde_json::to_vec(&read).expect("a model can be encoded");
    let again: T = serde_json::from_slice(&written).expect("an encoded model can be decoded");
    if is_exact(data) && is_exact(&written) {
        assert_eq!(read, again);
        assert_eq!(written, serde_json::to_vec(&again).expect("a model can be encoded"));
    }
    let _ = format!("{read:?}");
    Some(read)
}

/// Without its feature `float_roundtrip`, serde_json decodes some fractions inexactly, so that they change with each
/// round trip. Kratos sends none.
fn is_exact(json: &[u8]) -> bool {
    let value = |json: &[u8]| serde_json::from_slice::<serde_json::Value>(json).ok();
    let read = value(json);
    read == read.as_ref().and_then(|read| value(read.to_string().as_bytes()))
}

pub(crate) fn session(data: &[u8]) {
    let Some(session) = round_trip::<Session>(data) else { return };
    let now = Timestamp::from(time::OffsetDateTime::now_utc());
    assert!(!session.is_active_at(now) || session.active != Some(false), "{session:?}");
    let _ = session.has_second_factor();
    session.identity().into_iter().for_each(look);
}

pub(crate) fn identity(data: &[u8]) {
    round_trip::<Identity>(data).iter().for_each(look);
}

fn look(identity: &Identity) {
    let _ = identity.has_verified_address();
    for raw in [&identity.traits, &identity.metadata_public].into_iter().flatten() {
        let _ = raw.parse::<serde_json::Map<String, serde_json::Value>>();
        let _ = raw.to_value();
    }
}

pub(crate) fn flow(data: &[u8]) {
    round_trip::<LoginFlow>(data);
    round_trip::<RegistrationFlow>(data);
    if let Some(flow) = round_trip::<SettingsFlow>(data) {
        flow.continue_with.iter().for_each(follow);
    }
    if let Some(flow) = round_trip::<RecoveryFlow>(data) {
        flow.continue_with.iter().for_each(follow);
    }
    round_trip::<VerificationFlow>(data);
    round_trip::<LogoutFlow>(data);
}

pub(crate) fn flow_error(data: &[u8]) {
    round_trip::<FlowError>(data);
}

pub(crate) fn continue_with(data: &[u8]) {
    round_trip::<ContinueWith>(data).iter().for_each(follow);
}

fn follow(next: &ContinueWith) {
    if let Some(url) = next.browser_url() {
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    }
    let _ = (next.session_token(), next.flow());
}

pub(crate) fn success(data: &[u8]) {
    round_trip::<SuccessfulLogin>(data);
    round_trip::<SuccessfulRegistration>(data);
    if let Some(saved) = round_trip::<SuccessfulSettings>(data) {
        saved.continue_with().iter().for_each(follow);
        let _ = saved.identity();
    }
    round_trip::<CodeExchange>(data);
}

pub(crate) fn admin(data: &[u8]) {
    round_trip::<BatchResults>(data);
    round_trip::<CourierMessage>(data);
    round_trip::<IdentityCredentials>(data);
    round_trip::<IdentitySchema>(data);
    round_trip::<RecoveryCode>(data);
    round_trip::<RecoveryLink>(data);
    round_trip::<DeletedSessions>(data);
    round_trip::<HealthStatus>(data);
    round_trip::<Version>(data);
    round_trip::<RawJson>(data);
}

/// Any error response.
pub(crate) fn error(data: &[u8]) {
    let exchange = Exchange::of(data);
    if let Some(envelope) = round_trip::<ErrorEnvelope>(exchange.body) {
        let _ = envelope.redirect_browser_to();
    }
    let Some(status) = exchange.status() else { return };
    let error = refused(status, exchange.headers, exchange.body);
    assert_eq!(error.status(), Some(status));
    let shown = format!("{error} {error:?}");
    // A message is shown: it is a fixed text of Kratos. Mutants make it the same as the reason.
    let is_message = |reason: &str| error.message().is_some_and(|message| message.contains(reason));
    if let Some(reason) = error.reason().filter(|reason| reason.len() > 40 && !is_message(reason)) {
        assert!(!shown.contains(reason), "the error contains a user's input: {shown}");
    }
    if let Some(url) = error.redirect_browser_to() {
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    }
}
