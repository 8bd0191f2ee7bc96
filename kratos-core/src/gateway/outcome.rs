//! Whether Kratos did what a request asked for.

use http::{HeaderMap, StatusCode, header};

use super::{GatewayOutcome, SubmittedFlow, action::Action};
use crate::{
    credential::{CookieName, cookie},
    resolve::relay,
};

/// What a response does to the browser's session cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CookieChange {
    None,
    Issued,
    Deleted,
}

impl CookieChange {
    pub(super) fn of(headers: &HeaderMap, names: &[CookieName]) -> Self {
        let lines = headers.get_all(header::SET_COOKIE).iter().map(http::HeaderValue::as_bytes);
        let ours = lines.filter(|line| names.iter().any(|known| known.matches(cookie::name_of(line))));
        ours.fold(Self::None, |change, line| match (change, relay::deletes(line)) {
            (Self::Issued, _) | (_, false) => Self::Issued,
            (_, true) => Self::Deleted,
        })
    }
}

/// Reads the outcome of an action from the head of its response.
pub(super) fn outcome(
    action: Action,
    status: StatusCode,
    headers: &HeaderMap,
    cookie: CookieChange,
) -> GatewayOutcome {
    use GatewayOutcome::{Refused, Succeeded, Unknown};
    let signs_in = matches!(action, Action::Flow(flow) if flow != SubmittedFlow::Settings);
    if signs_in && cookie == CookieChange::Issued {
        return Succeeded;
    }
    match (action, status.as_u16()) {
        (Action::Logout, 300..=399) if cookie == CookieChange::Deleted => Succeeded,
        // Sent a mail, or accepted its code: the body tells which.
        (Action::Flow(SubmittedFlow::Recovery | SubmittedFlow::Verification), 200..=299) => Unknown,
        (_, 200..=299) => Succeeded,
        // Kratos 26.2.0, selfservice/flow/settings/error.go: without a session the browser is sent to log in.
        (Action::Flow(SubmittedFlow::Settings), 300..=399) if leads_to_login(headers) => Refused,
        // The browser has to go elsewhere: a provider, a second factor.
        (_, 422) => Unknown,
        (_, 400..=499) => Refused,
        _ => Unknown,
    }
}

fn leads_to_login(headers: &HeaderMap) -> bool {
    let to = headers.get(header::LOCATION).map(http::HeaderValue::as_bytes).unwrap_or_default();
    let path = to.split(|byte| *byte == b'?').next().unwrap_or_default();
    path.ends_with(b"/self-service/login/browser")
}
