//! The table.

use kratos_model::__private::QuietUrl;
use std::{fmt, time::Duration};

use http::HeaderValue;
use url::Url;

use super::{
    Audience, GuardResponse, Links, Refusal, RefusalReason, RequestView, Requirement, login_loop::Hop,
};
use crate::{
    credential::{AmbiguousCredentials, HeaderLookup},
    diagnosis::{Finding, hosts},
    model::Session,
    model::Timestamp,
    resolve::{Aal2Required, Freshness, Resolution, ResolveError, SecondFactor},
};

/// What is known when it is decided.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Facts<'a> {
    /// The session was resolved; whether a second factor could be shown matters only for AAL2 requirements.
    Resolved(&'a Resolution, SecondFactor),
    /// Nobody could tell.
    Failed(&'a ResolveError),
    /// The request showed two credentials to a strict reader.
    Ambiguous(AmbiguousCredentials),
    /// Another site made the browser send an unsafe request with its session cookie, and that is checked.
    CrossSite,
}

/// What happens with a request. `Debug` leaves out what may be secret in an address.
#[derive(Clone)]
#[must_use]
pub enum Decision {
    /// It is let through.
    Continue,
    /// The browser is led elsewhere with 303.
    Redirect {
        /// Where to.
        to: Url,
        /// A `Set-Cookie` line that must go with it: the loop breaker's count.
        cookie: Option<HeaderValue>,
        /// Why.
        refusal: Refusal,
    },
    /// It is answered with the refusal's status.
    Refuse {
        /// Why.
        refusal: Refusal,
        /// Who reads the answer.
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
    /// Whether somebody who is signed in has to show a factor, and so has a session of another kind afterwards.
    pub(crate) fn asks_for_a_factor(&self) -> bool {
        let (Self::Redirect { refusal, .. } | Self::Refuse { refusal, .. }) = self else { return false };
        matches!(
            refusal.reason(),
            RefusalReason::SecondFactorRequired
                | RefusalReason::SecondFactorNotEnrolled
                | RefusalReason::SessionTooOld
        )
    }

    /// The answer to send instead of calling the handler; `None` to continue.
    #[must_use]
    pub fn answer(&self) -> Option<GuardResponse> {
        match self {
            Self::Continue => None,
            Self::Redirect { to, cookie, refusal } => {
                Some(GuardResponse::redirect(to, cookie.as_ref(), refusal))
            }
            Self::Refuse { refusal, audience } => Some(GuardResponse::refuse(refusal, *audience)),
        }
    }
}

/// Decides. Pure but for the log: the same arguments always bring the same decision.
///
/// Without `links` nobody is redirected.
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
        Facts::CrossSite if links.is_none() => Unmet::by(Refusal::misconfigured(
            "Kratos::with_origin_check needs Kratos::with_links, to know this application's own origin",
        )),
        Facts::CrossSite => Unmet::by(Refusal::new(
            RefusalReason::CrossSite,
            "another site sent this request with this one's session cookie",
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
    answer(unmet, requirement, request, links)
}

/// What is not met, and where a browser can mend it.
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
    (!needs_login).then(|| Unmet::new(reason, "somebody is signed in already", Way::Home))
}

fn signed_in<'a>(
    resolution: &'a Resolution,
    factor: SecondFactor,
    requirement: &Requirement,
    now: Timestamp,
) -> Option<Unmet<'a>> {
    match resolution {
        Resolution::Anonymous => Some(Unmet { refusal: Refusal::anonymous(), way: Way::Login }),
        Resolution::Aal2Required(demand) => {
            let way = Way::SecondFactor(Some(demand));
            Some(Unmet::new(RefusalReason::SecondFactorRequired, "Kratos asks for a second factor", way))
        }
        Resolution::Unconfirmed(_) if requirement.freshness() == Freshness::Live => {
            let why = "a token does not do here: show the session itself";
            Some(Unmet::new(RefusalReason::LiveSessionRequired, why, Way::Login))
        }
        Resolution::Active(session) | Resolution::Unconfirmed(session) => {
            weakness(session, factor, requirement, now)
        }
    }
}

/// What a valid session lacks. The level comes first: showing a factor makes the session fresh as well.
fn weakness<'a>(
    session: &Session,
    factor: SecondFactor,
    requirement: &Requirement,
    now: Timestamp,
) -> Option<Unmet<'a>> {
    if requirement.is_second_factor_missing(session) {
        return Some(match (factor, &session.authenticator_assurance_level) {
            // A step-up page would answer "signed in already" for ever: releases before 0.8 know no level.
            (_, None) => Unmet::by(Refusal::new(
                RefusalReason::SecondFactorRequired,
                "a second factor is required, and this Kratos knows none (0.8 and later do)",
            )),
            (SecondFactor::NotEnrolled, Some(_)) => {
                let reason = RefusalReason::SecondFactorNotEnrolled;
                Unmet::new(reason, "a second factor has to be enrolled", Way::Enrol)
            }
            (SecondFactor::Enrolled | SecondFactor::Unknown, Some(_)) => {
                let reason = RefusalReason::SecondFactorRequired;
                Unmet::new(reason, "a second factor has to be shown", Way::SecondFactor(None))
            }
        });
    }
    if requirement.authenticated_within.is_some_and(|age| !is_fresh(session, age, now)) {
        let way = Way::Refresh { second_factor: requirement.second_factor };
        return Some(Unmet::new(RefusalReason::SessionTooOld, "the sign-in is too long ago for this", way));
    }
    if requirement.verified_address
        && !session.identity().is_some_and(crate::model::Identity::has_verified_address)
    {
        let reason = RefusalReason::AddressNotVerified;
        return Some(Unmet::new(reason, "an address has to be verified first", Way::Verify));
    }
    let allowed = requirement.predicates.iter().all(|predicate| predicate(session));
    (!allowed).then(|| Unmet::new(RefusalReason::Forbidden, "this session may not do that", Way::None))
}

/// Privileged until `authenticated_at + age`, as Kratos reckons (integration contract §1.6).
fn is_fresh(session: &Session, age: Duration, now: Timestamp) -> bool {
    let age = time::Duration::try_from(age).unwrap_or(time::Duration::MAX);
    session.authenticated_at.is_some_and(|shown| *now - *shown < age)
}

fn answer<H: HeaderLookup>(
    unmet: Unmet<'_>,
    requirement: &Requirement,
    request: &RequestView<'_, H>,
    links: Option<&Links>,
) -> Decision {
    let Unmet { refusal, way } = unmet;
    let audience = request.audience();
    let Some((links, to)) = links.and_then(|links| Some((links, target(&way, links, request)?))) else {
        return Decision::Refuse { refusal, audience };
    };
    let refusal = refusal.with_redirect_to(Some(to.clone()));
    if !requirement.redirects || audience != Audience::Page {
        return Decision::Refuse { refusal, audience };
    }
    if let Some(host) = request.headers().text("host").filter(|_| matches!(way, Way::Login)) {
        hosts::asked_as(host, links).iter().for_each(Finding::log_once);
    }
    let hop = Hop::of(request);
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
        Way::SecondFactor(demand) => links.second_factor(demand, page),
        Way::Enrol => links.enrol(page),
        Way::Refresh { second_factor } => links.refresh(second_factor, page),
        Way::Verify => links.verify(page),
        Way::Home => links.home(),
    })
}

fn looping(refusal: &Refusal) -> Refusal {
    let signed_in = refusal.reason() != RefusalReason::Anonymous;
    tracing::debug!(target: "kratos", reason = ?refusal.reason(), "broke a login loop");
    hosts::login_loop().log_once();
    let why = "the browser came back from login several times and the session still does not do: see the log";
    Refusal::new(RefusalReason::LoginLoop { signed_in }, why).with_redirect_to(refusal.redirect_to().cloned())
}

#[cfg(test)]
mod tests;
