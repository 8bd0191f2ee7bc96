//! Interprets responses of whoami (Kratos 26.2.0, session/handler.go).

use kratos_model::__private::decode_salvaging;
use std::{sync::Arc, time::Duration};

use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{Aal2Required, Resolution, ResolveError, Resolved, SecondFactor, relay};
use crate::{
    credential::Credential,
    diagnosis::{
        Finding, Topic,
        ports::{self, Port},
    },
    model::Timestamp,
    model::{ErrorEnvelope, ErrorId, Session},
    transport::{Reply, retry_after},
};

/// How far behind Kratos' clock the expiry of a session may be by this machine's clock.
const CLOCK_LEEWAY: time::Duration = time::Duration::seconds(60);
/// A session may expire between Kratos' check and this one.
const IN_TRANSIT: time::Duration = time::Duration::seconds(5);

/// Interprets a response to a call with this credential.
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
    // A refusal or failure never changes the browser's cookies.
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
    if session.active == Some(false) {
        return Ok(Resolution::Anonymous);
    }
    // Kratos answers 200 only while its own clock has not reached the end of the session.
    let late = session.expires_at.map_or(time::Duration::ZERO, |end| *now - *end);
    if let Some(finding) = clock_finding(late) {
        finding.log_once();
    }
    Ok(if late < CLOCK_LEEWAY { Resolution::Active(Arc::new(session)) } else { Resolution::Anonymous })
}

/// What a session says of the clocks that Kratos accepts `late` after its end.
fn clock_finding(late: time::Duration) -> Option<Finding> {
    let message = if late >= CLOCK_LEEWAY {
        "Kratos accepts a session that expired over 60 s ago by this machine's clock, and it is refused here"
    } else if late >= IN_TRANSIT {
        "Kratos accepts a session that expired seconds ago by this machine's clock"
    } else {
        return None;
    };
    Some(Finding::problem(
        Topic::Clock,
        message,
        "synchronize the clocks of this machine and of Kratos (NTP)",
    ))
}

/// A 401 means "no session" only if its body is Kratos' error JSON. The 401 of a proxy or gateway must not sign
/// every user out.
fn anonymous(reply: &Reply) -> Result<Resolution, ResolveError> {
    match error_of(reply)?.error.code {
        Some(401) => Ok(Resolution::Anonymous),
        _ => Err(foreign(reply)),
    }
}

fn step_up(reply: &Reply) -> Result<Resolution, ResolveError> {
    let envelope = error_of(reply)?;
    let redirect_browser_to = envelope.redirect_browser_to();
    if envelope.error.id != Some(ErrorId::SessionAal2Required) && redirect_browser_to.is_none() {
        return Err(refused(reply));
    }
    Ok(Resolution::Aal2Required(Box::new(Aal2Required::new(redirect_browser_to))))
}

/// Interprets every response that says neither that there is a session nor that there is none.
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
            ResolveError::misconfigured(format!("Kratos rejected the whoami request itself ({status})"))
        }
        _ => ResolveError::unavailable(format!("Kratos answered {status}")).with_retry_after(retry_after),
    }
}

/// Reads what an AAL2 login flow offers. A flow that offers nothing has the CSRF field alone, or `nodes: null` if it
/// is a native one (Kratos 26.2.0 and 1.3.1, selfservice/flow/login/handler.go).
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
    decode_salvaging(&reply.body).map_err(|_| foreign(reply))
}

fn foreign(reply: &Reply) -> ResolveError {
    ResolveError::unavailable(format!("a server that is not Kratos answered whoami with {}", reply.status))
}

fn unreadable(error: kratos_model::__private::DecodeError) -> ResolveError {
    ResolveError::unavailable("Kratos' response cannot be parsed").with_source(error)
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
