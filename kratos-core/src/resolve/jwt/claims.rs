//! Makes a session of claims.

use kratos_model::__private::decode_salvaging;
use std::sync::Arc;

use serde::Deserialize as _;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::verify::Fault;
use crate::{
    model::Timestamp,
    model::{Identity, Session},
};

/// Makes the session of these claims, which ends at `end`.
///
/// Kratos claims `sid` and `sub`, the ids of session and identity (Kratos 26.2.0, session/tokenizer.go). A claims
/// mapper may add a whole session as `session`, or single fields of one by their names. Other claims go to
/// [`Session::extra`].
pub(super) fn session(
    mut claims: Map<String, Value>,
    end: Timestamp,
    now: Timestamp,
) -> Result<Session, Fault> {
    let id = uuid(&claims, "sid");
    let mut session = match claims.remove("session") {
        Some(Value::Object(whole)) => {
            let mut session = decode(&whole)?;
            claims.into_iter().for_each(|(name, value)| session.extra.insert(name, value));
            session
        }
        _ => {
            let id = id.ok_or(Fault::NoSession)?;
            claims.insert("id".to_owned(), Value::String(id.to_string()));
            decode(&claims)?
        }
    };
    if id.is_some_and(|id| id != session.id) {
        return Err(Fault::NoSession);
    }
    if !session.is_active_at(now) {
        return Err(Fault::Ended);
    }
    let subject = session.extra.get("sub").and_then(Value::as_str).map(Uuid::parse_str).and_then(Result::ok);
    match (subject, session.identity()) {
        // A subject that is not a UUID is the identity's external id (`subject_source: external_id`).
        (Some(subject), None) => session.identity = Some(Arc::new(Identity::new(subject))),
        (Some(subject), Some(identity)) if identity.id != subject && !is_external(identity, subject) => {
            return Err(Fault::NoSession);
        }
        _ => {}
    }
    session.expires_at = Some(session.expires_at.map_or(end, |own| own.min(end)));
    Ok(session)
}

/// An external id may look like a UUID.
fn is_external(identity: &Identity, subject: Uuid) -> bool {
    let external = identity.external_id.as_deref();
    external.is_some_and(|external| Uuid::parse_str(external).is_ok_and(|external| external == subject))
}

fn uuid(claims: &Map<String, Value>, name: &str) -> Option<Uuid> {
    claims.get(name).and_then(Value::as_str).and_then(|text| Uuid::parse_str(text).ok())
}

fn decode(session: &Map<String, Value>) -> Result<Session, Fault> {
    if let Ok(session) = Session::deserialize(session) {
        return Ok(session);
    }
    let json = serde_json::to_vec(session).map_err(|_| Fault::NoSession)?;
    decode_salvaging(&json).map_err(|_| Fault::NoSession)
}
