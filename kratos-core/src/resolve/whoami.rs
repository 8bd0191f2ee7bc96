//! What Kratos' answers mean (integration contract §1.3).

use kratos_model::__private::decode_salvaging;
use std::{sync::Arc, time::Duration};

use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{Aal2Required, Resolution, ResolveError, Resolved, SecondFactor, relay};
use crate::{
    credential::Credential,
    diagnosis::ports::{self, Port},
    model::Timestamp,
    model::{ErrorEnvelope, ErrorId, Session},
    transport::{Reply, retry_after},
};

/// Reads an answer of whoami.
pub(super) fn interpret(
    reply: &Reply,
    credential: &Credential,
    now: Timestamp,
) -> Result<Resolved, ResolveError> {
    let resolution = match reply.status {
        StatusCode::OK => session(reply, now)?,
        StatusCode::UNAUTHORIZED => anonymous(reply)?,
        StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY => step_up(reply)?,
        _ => return Err(refused(reply)),
    };
    // Only a session's own answer re-issues its cookie: no failure and no "no" ever touches a browser's cookies.
    let cookies = if matches!(resolution, Resolution::Active(_)) {
        relay::session_cookies(&reply.headers, credential)
    } else {
        Vec::new()
    };
    Ok(Resolved {
        cookies,
        cache_for: seconds(&reply.headers, "ory-session-cache-for"),
        ..Resolved::new(resolution)
    })
}

fn session(reply: &Reply, now: Timestamp) -> Result<Resolution, ResolveError> {
    let mut session: Session = decode_salvaging(&reply.body).map_err(unreadable)?;
    session.shrink();
    Ok(if session.is_active_at(now) { Resolution::Active(Arc::new(session)) } else { Resolution::Anonymous })
}

/// A 401 means "no session" only when Kratos says it: its body is always its error JSON. Anybody else's 401 (a
/// proxy's password prompt) would sign everybody out.
fn anonymous(reply: &Reply) -> Result<Resolution, ResolveError> {
    error_of(reply).map(|_| Resolution::Anonymous)
}

fn step_up(reply: &Reply) -> Result<Resolution, ResolveError> {
    let envelope = error_of(reply)?;
    let redirect_browser_to = envelope.redirect_browser_to();
    if envelope.error.id != Some(ErrorId::SessionAal2Required) && redirect_browser_to.is_none() {
        return Err(refused(reply));
    }
    Ok(Resolution::Aal2Required(Box::new(Aal2Required::new(redirect_browser_to))))
}

/// Every answer that is neither a session nor a "no".
fn refused(reply: &Reply) -> ResolveError {
    let status = reply.status;
    let retry_after = retry_after(&reply.headers);
    match status.as_u16() {
        429 => ResolveError::rate_limited(retry_after),
        300..400 => ResolveError::misconfigured(ports::redirected(Port::Public, status).to_string()),
        404 | 405 => ResolveError::misconfigured(ports::no_whoami(status).to_string()),
        408 | 425 => {
            ResolveError::unavailable(format!("Kratos answered {status}")).with_retry_after(retry_after)
        }
        400..500 => {
            ResolveError::misconfigured(format!("Kratos refused the whoami request itself ({status})"))
        }
        _ => ResolveError::unavailable(format!("Kratos answered {status}")).with_retry_after(retry_after),
    }
}

/// Reads what an AAL2 login flow offers. One that offers nothing has the csrf field alone, or `nodes: null` when
/// it is a native one (26.2.0, 1.3.1).
pub(super) fn second_factor(reply: &Reply) -> Result<SecondFactor, ResolveError> {
    #[derive(Deserialize)]
    struct Flow {
        ui: Ui,
    }
    #[derive(Deserialize)]
    struct Ui {
        nodes: Option<Vec<Node>>,
    }
    #[derive(Deserialize)]
    struct Node {
        group: String,
    }
    match reply.status {
        StatusCode::OK => {
            let flow: Flow = decode_salvaging(&reply.body).map_err(unreadable)?;
            let offers = flow.ui.nodes.iter().flatten().any(|node| node.group != "default");
            Ok(if offers { SecondFactor::Enrolled } else { SecondFactor::NotEnrolled })
        }
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => Err(refused(reply)),
        _ => Ok(SecondFactor::Unknown),
    }
}

fn error_of(reply: &Reply) -> Result<ErrorEnvelope, ResolveError> {
    decode_salvaging(&reply.body).map_err(|_| {
        ResolveError::unavailable(format!(
            "something that is not Kratos answered whoami with {}",
            reply.status
        ))
    })
}

fn unreadable(error: kratos_model::__private::DecodeError) -> ResolveError {
    ResolveError::unavailable("Kratos' answer is unreadable").with_source(error)
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
