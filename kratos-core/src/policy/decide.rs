//! The decision table.

use std::{fmt, time::Duration};

use http::HeaderValue;
use kratos_model::__private::QuietUrl;
use url::Url;

use super::{Audience, GuardResponse, Refusal, RefusalReason, RequestView, Requirement, login_loop::Hop};
use crate::{
    credential::{AmbiguousCredentials, HeaderLookup},
    links::Links,
    model::{Session, Timestamp},
    resolve::{Aal2Required, Freshness, Resolution, ResolveError, SecondFactor},
};

/// What is known at the time of the decision.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Facts<'a> {
    /// The resolver answered. The second factor matters only for AAL2 requirements.
    Resolved(&'a Resolution, SecondFactor),
    /// The resolver failed.
    Failed(&'a ResolveError),
    /// The request carries two credentials under [`Ambiguous::Reject`](crate::credential::Ambiguous::Reject).
    Ambiguous(AmbiguousCredentials),
    /// Another site made the browser send an unsafe request with its session cookie, and the origin check is on.
    CrossSite,
}

/// The outcome for a request. `Debug` leaves out the queries of URLs, which may hold secrets.
#[derive(Clone)]
#[must_use]
pub enum Decision {
    /// The handler is called.
    Continue,
    /// The browser is redirected with 303.
    Redirect {
        /// The target.
        to: Url,
        /// A `Set-Cookie` line that must accompany it: the loop breaker's count.
        cookie: Option<HeaderValue>,
        /// The reason.
        refusal: Refusal,
    },
    /// The request is answered with the refusal's status.
    Refuse {
        /// The reason.
        refusal: Refusal,
        /// The reader of the response.
        audience: Audience,
    },
}

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Continue => f.write_str("Continue"),
            Self::Redirect { to, cookie: _, refusal } => f
                .debug_struct("Redirect")
                .field("to", &QuietUrl(to))
                .field("refusal", refusal)
                .finish_non_exhaustive(),
            Self::Refuse { refusal, audience } => {
                f.debug_struct("Refuse").field("refusal", refusal).field("audience", audience).finish()
            }
        }
    }
}

impl Decision {
    /// Whether the user must authenticate again, so that the same credential opens another session state afterwards.
    pub(crate) fn asks_for_a_factor(&self) -> bool {
        let (Self::Redirect { refusal, .. } | Self::Refuse { refusal, .. }) = self else { return false };
        matches!(
            refusal.reason(),
            RefusalReason::SecondFactorRequired
                | RefusalReason::SecondFactorNotEnrolled
                | RefusalReason::SessionTooOld
        )
    }

    /// The response to send instead of calling the handler; `None` to continue.
    #[must_use]
    pub fn response(&self) -> Option<GuardResponse> {
        match self {
            Self::Continue => None,
            Self::Redirect { to, cookie, refusal } => {
                Some(GuardResponse::redirect(to, cookie.as_ref(), refusal))
            }
            Self::Refuse { refusal, audience } => Some(GuardResponse::refuse(refusal, *audience)),
        }
    }
}

/// Decides what happens with a request. Pure: it reads no clock, writes no log, and the same arguments always yield the
/// same decision.
///
/// Without `links` it never redirects.
pub fn decide<H: HeaderLookup>(
    facts: Facts<'_>,
    requirement: &Requirement,
    request: &RequestView<'_, H>,
    links: Option<&Links>,
    now: Timestamp,
) -> Decision {
    let unmet = match facts {
        Facts::Failed(error) => Unmet::by(Refusal::from(error)),
        Facts::Ambiguous(error) => {
            Unmet::by(Refusal::new(RefusalReason::AmbiguousCredentials, error.to_string()))
        }
        Facts::CrossSite => Unmet::by(Refusal::new(
            RefusalReason::CrossSite,
            "another site sent this request with this site's session cookie",
        )),
        Facts::Resolved(resolution, _) if requirement.signed_out => match signed_out(resolution, request) {
            Some(unmet) => unmet,
            None => return Decision::Continue,
        },
        Facts::Resolved(resolution, factor) => match signed_in(resolution, factor, requirement, now) {
            Some(unmet) => unmet,
            None => return Decision::Continue,
        },
    };
    outcome(unmet, requirement, request, links)
}

/// An unmet requirement, and the page that can meet it.
struct Unmet<'a> {
    refusal: Refusal,
    way: Way<'a>,
}

enum Way<'a> {
    None,
    Login,
    SecondFactor(Option<&'a Aal2Required>),
    Enrol,
    Refresh { second_factor: bool },
    Verify,
    Home,
}

impl<'a> Unmet<'a> {
    fn by(refusal: Refusal) -> Self {
        Self { refusal, way: Way::None }
    }

    fn new(reason: RefusalReason, explanation: &'static str, way: Way<'a>) -> Self {
        Self { refusal: Refusal::new(reason, explanation), way }
    }
}

fn signed_out<'a, H: HeaderLookup>(
    resolution: &Resolution,
    request: &RequestView<'_, H>,
) -> Option<Unmet<'a>> {
    let (Resolution::Active(_) | Resolution::Unconfirmed(_)) = resolution else { return None };
    let needs_login = request.query("refresh").is_some_and(|value| value == "true")
        || request.query("aal").is_some()
        || request.query("login_challenge").is_some();
    let reason = RefusalReason::AlreadySignedIn;
    (!needs_login).then(|| Unmet::new(reason, "the request already carries an active session", Way::Home))
}

fn signed_in<'a>(
    resolution: &'a Resolution,
    factor: SecondFactor,
    requirement: &Requirement,
    now: Timestamp,
) -> Option<Unmet<'a>> {
    match resolution {
        // No page of a browser leads to a session token.
        Resolution::Anonymous if requirement.session_token => {
            Some(Unmet::by(Refusal::without_session_token()))
        }
        Resolution::Anonymous => Some(Unmet { refusal: Refusal::anonymous(), way: Way::Login }),
        Resolution::Aal2Required(demand) => {
            let way = Way::SecondFactor(Some(demand));
            Some(Unmet::new(RefusalReason::SecondFactorRequired, "Kratos requires a second factor", way))
        }
        Resolution::Unconfirmed(_) if requirement.freshness() == Freshness::Live => {
            let why = "A JWT is not accepted here; send the session cookie or session token.";
            Some(Unmet::new(RefusalReason::LiveSessionRequired, why, Way::Login))
        }
        Resolution::Active(session) | Resolution::Unconfirmed(session) => {
            weakness(session, factor, requirement, now)
        }
    }
}

/// What an active session lacks. The level comes first: completing a factor makes the session fresh as well.
fn weakness<'a>(
    session: &Session,
    factor: SecondFactor,
    requirement: &Requirement,
    now: Timestamp,
) -> Option<Unmet<'a>> {
    if requirement.is_second_factor_missing(session) {
        return Some(match (factor, &session.authenticator_assurance_level) {
            // Releases before 0.8 know no level: a step-up page would answer "already signed in" without end.
            (_, None) => Unmet::by(Refusal::new(
                RefusalReason::SecondFactorRequired,
                "a second factor is required, which Kratos supports from 0.8 on",
            )),
            (SecondFactor::NotEnrolled, Some(_)) => {
                let reason = RefusalReason::SecondFactorNotEnrolled;
                Unmet::new(reason, "a second factor must be enrolled", Way::Enrol)
            }
            (SecondFactor::Enrolled | SecondFactor::Unknown, Some(_)) => {
                let reason = RefusalReason::SecondFactorRequired;
                Unmet::new(reason, "a second factor is required", Way::SecondFactor(None))
            }
        });
    }
    if requirement.authenticated_within.is_some_and(|age| !is_fresh(session, age, now)) {
        let way = Way::Refresh { second_factor: requirement.second_factor };
        return Some(Unmet::new(RefusalReason::SessionTooOld, "the user must authenticate again", way));
    }
    if requirement.verified_address
        && !session.identity().is_some_and(crate::model::Identity::has_verified_address)
    {
        let reason = RefusalReason::AddressNotVerified;
        return Some(Unmet::new(reason, "a verified address is required", Way::Verify));
    }
    let allowed = requirement.predicates.iter().all(|predicate| predicate(session));
    (!allowed).then(|| Unmet::new(RefusalReason::Forbidden, "this session lacks permission", Way::None))
}

/// Privileged until `authenticated_at + age` (Kratos 26.2.0, `selfservice/strategy/profile/strategy.go`).
fn is_fresh(session: &Session, age: Duration, now: Timestamp) -> bool {
    let age = time::Duration::try_from(age).unwrap_or(time::Duration::MAX);
    session.authenticated_at.is_some_and(|authenticated| *now - *authenticated < age)
}

fn outcome<H: HeaderLookup>(
    unmet: Unmet<'_>,
    requirement: &Requirement,
    request: &RequestView<'_, H>,
    links: Option<&Links>,
) -> Decision {
    let Unmet { refusal, way } = unmet;
    // No browser page carries a session token.
    let audience = if requirement.session_token { Audience::Program } else { request.audience() };
    let Some((links, to)) = links.and_then(|links| Some((links, target(&way, links, request)?))) else {
        return Decision::Refuse { refusal, audience };
    };
    let refusal = refusal.with_redirect_to(Some(to.clone()));
    if !requirement.redirects || audience != Audience::Page {
        return Decision::Refuse { refusal, audience };
    }
    let hop = Hop::of(request, links.hop_key());
    if hop.is_loop() {
        return Decision::Refuse { refusal: looping(&refusal), audience };
    }
    Decision::Redirect { to, cookie: hop.remember(links.is_https()), refusal }
}

fn target<H: HeaderLookup>(way: &Way<'_>, links: &Links, request: &RequestView<'_, H>) -> Option<Url> {
    let page = request.page(|url| links.is_app(url));
    Some(match *way {
        Way::None => return None,
        Way::Login => links.login(page),
        Way::SecondFactor(demand) => {
            links.second_factor(demand.and_then(|demand| demand.redirect_browser_to.as_ref()), page)
        }
        Way::Enrol => links.enrol(page),
        Way::Refresh { second_factor } => links.refresh(second_factor, page),
        Way::Verify => links.verify(page),
        Way::Home => links.home(),
    })
}

fn looping(refusal: &Refusal) -> Refusal {
    let signed_in = refusal.reason() != RefusalReason::Anonymous;
    let why = "The browser returned from login repeatedly without a usable session; see the log.";
    let looping = Refusal::new(RefusalReason::LoginLoop { signed_in }, why);
    looping.with_redirect_to(refusal.redirect_to().cloned())
}

#[cfg(test)]
mod tests;
