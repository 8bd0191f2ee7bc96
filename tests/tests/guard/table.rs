//! The table: for each guard and answer of Kratos, the outcome of a page and of a program.

use super::scenario::{Carried, Expected, Expected::*, Guard, Guard::*, Kind, Says, Says::*, Scenario};

const LOGIN: &str =
    "https://auth.example/self-service/login/browser?return_to=https%3A%2F%2Fapp.example%2Fpage%3Fx%3D1";
const STEP_UP: &str = "https://auth.example/self-service/login/browser?aal=aal2&return_to=https%3A%2F%2Fapp.example%2Fpage%3Fx%3D1";
const REFRESH: &str = "https://auth.example/self-service/login/browser?refresh=true&return_to=https%3A%2F%2Fapp.example%2Fpage%3Fx%3D1";
const ENROL: &str =
    "https://auth.example/self-service/settings/browser?return_to=https%3A%2F%2Fapp.example%2Fpage%3Fx%3D1";
const VERIFY: &str = "https://auth.example/self-service/verification/browser?return_to=https%3A%2F%2Fapp.example%2Fpage%3Fx%3D1";
const HOME: &str = "https://app.example/";

const ANONYMOUS: Expected = Status(401, "session_inactive");
const WEAK: Expected = Status(403, "session_aal2_required");
const OLD: Expected = Status(403, "session_refresh_required");
const NO_TOKEN: Expected = Status(403, "session_live_required");
const UNVERIFIED: Expected = Status(403, "session_verified_address_required");
const FORBIDDEN: Expected = Status(403, "forbidden");
const SIGNED_IN: Expected = Status(400, "session_already_available");
const LIMITED: Expected = Status(429, "rate_limited");
const DOWN: Expected = Status(503, "session_unavailable");
const FORGED: Expected = Status(403, "security_csrf_violation");
const MISUSE: Expected = Status(500, "invalid_configuration");

/// The guard, Kratos' answer, the outcome of a page and that of any other request. [`otherwise`] holds where a guard
/// has no row for an answer.
const ROWS: &[(Guard, Says, Expected, Expected)] = &[
    (SecondFactor, Aal1, To(STEP_UP), WEAK),
    (SecondFactor, Extended, To(STEP_UP), WEAK),
    (SecondFactor, Aal1NotEnrolled, To(ENROL), WEAK),
    (SecondFactor, Levelless, WEAK, WEAK),
    (SecondFactor, Unconfirmed, To(LOGIN), NO_TOKEN),
    (Fresh, Stale, To(REFRESH), OLD),
    (Fresh, Unconfirmed, To(LOGIN), NO_TOKEN),
    (Live, Unconfirmed, To(LOGIN), NO_TOKEN),
    (Verified, Stale, To(VERIFY), UNVERIFIED),
    (Predicate, Aal1, FORBIDDEN, FORBIDDEN),
    (Predicate, Aal1NotEnrolled, FORBIDDEN, FORBIDDEN),
    (Predicate, Aal2, FORBIDDEN, FORBIDDEN),
    (Predicate, Stale, FORBIDDEN, FORBIDDEN),
    (Predicate, Levelless, FORBIDDEN, FORBIDDEN),
    (Predicate, Extended, FORBIDDEN, FORBIDDEN),
    (Predicate, Unconfirmed, FORBIDDEN, FORBIDDEN),
    (SignedOut, Anonymous, Through, Through),
    (SignedOut, Aal2Required, Through, Through),
    (SignedOut, Aal1, To(HOME), SIGNED_IN),
    (SignedOut, Aal1NotEnrolled, To(HOME), SIGNED_IN),
    (SignedOut, Aal2, To(HOME), SIGNED_IN),
    (SignedOut, Stale, To(HOME), SIGNED_IN),
    (SignedOut, Levelless, To(HOME), SIGNED_IN),
    (SignedOut, Extended, To(HOME), SIGNED_IN),
    (SignedOut, Unconfirmed, To(HOME), SIGNED_IN),
    (StatusOnly, Anonymous, ANONYMOUS, ANONYMOUS),
    (StatusOnly, Aal2Required, WEAK, WEAK),
    (Optional, Anonymous, Through, Through),
    (WrongTraits, Aal1, MISUSE, MISUSE),
    (WrongTraits, Aal1NotEnrolled, MISUSE, MISUSE),
    (WrongTraits, Aal2, MISUSE, MISUSE),
    (WrongTraits, Stale, MISUSE, MISUSE),
    (WrongTraits, Levelless, MISUSE, MISUSE),
    (WrongTraits, Extended, MISUSE, MISUSE),
    (WrongTraits, Unconfirmed, MISUSE, MISUSE),
];

fn otherwise(kratos: Says) -> (Expected, Expected) {
    match kratos {
        Aal1 | Aal1NotEnrolled | Aal2 | Stale | Levelless | Extended | Unconfirmed => (Through, Through),
        Anonymous => (To(LOGIN), ANONYMOUS),
        Aal2Required => (To(STEP_UP), WEAK),
        RateLimited => (LIMITED, LIMITED),
        Down => (DOWN, DOWN),
        Misconfigured => (MISUSE, MISUSE),
    }
}

const GUARDS: &[Guard] = &[
    Public,
    SignedIn,
    SecondFactor,
    Fresh,
    Live,
    Verified,
    Predicate,
    SignedOut,
    StatusOnly,
    Session,
    Optional,
    Traits,
    WrongTraits,
    Everything,
];
const ANSWERS: &[Says] = &[
    Aal1,
    Aal1NotEnrolled,
    Aal2,
    Stale,
    Levelless,
    Anonymous,
    Aal2Required,
    RateLimited,
    Down,
    Misconfigured,
    Extended,
    Unconfirmed,
];
/// The kinds of requests, and whether the origin check is on.
const KINDS: &[(Kind, bool)] = &[
    (Kind::Page, true),
    (Kind::OldPage, true),
    (Kind::Api, true),
    (Kind::Form, true),
    (Kind::Post, true),
    (Kind::Htmx, true),
    (Kind::Preflight, true),
    (Kind::OwnPost, true),
    (Kind::OwnOldPost, true),
    (Kind::ForeignPost, true),
    (Kind::ForeignPost, false),
    (Kind::ForeignOldPost, true),
    (Kind::ForeignSocket, true),
    (Kind::ForeignLink, true),
];
const CARRIED: &[Carried] = &[
    Carried::Nothing,
    Carried::Cookie,
    Carried::Token,
    Carried::Bearer,
    Carried::ForeignBearer,
    Carried::Garbage,
];

/// Every scenario.
pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for &guard in GUARDS {
        for &kratos in ANSWERS {
            for &(kind, origin_check) in KINDS {
                for &carried in CARRIED {
                    all.push(scenario(guard, kratos, kind, carried, origin_check));
                }
            }
        }
    }
    all
}

fn scenario(guard: Guard, kratos: Says, kind: Kind, carried: Carried, origin_check: bool) -> Scenario {
    let credential = !matches!(carried, Carried::Nothing | Carried::Garbage);
    // Without a credential the resolver is not called, whatever Kratos' state.
    let said = if credential { kratos } else { Anonymous };
    let row = ROWS.iter().find(|(g, k, ..)| (*g, *k) == (guard, said));
    let (page, program) = row.map_or_else(|| otherwise(said), |(.., page, program)| (*page, *program));
    let is_page = matches!(kind, Kind::Page | Kind::OldPage | Kind::ForeignLink);
    // Only credentials that a browser sends by itself can be abused across sites.
    let is_forged = origin_check
        && matches!(kind, Kind::ForeignPost | Kind::ForeignOldPost | Kind::ForeignSocket)
        && matches!(carried, Carried::Cookie | Carried::ForeignBearer);
    let expected = match guard {
        Public => Through,
        _ if is_forged => FORGED,
        _ if is_page => page,
        _ => program,
    };
    // A browser that is not redirected gets a page with a link to where a navigation would be. A form without a Referer
    // does not return to its URL.
    let link = match if guard == StatusOnly { otherwise(said).0 } else { page } {
        To(url) if expected != Through && !is_forged => Some(match kind {
            Kind::Form | Kind::Page | Kind::OldPage | Kind::ForeignLink => url.to_owned(),
            _ => url.split("return_to=").next().unwrap_or_default().trim_end_matches(['?', '&']).to_owned(),
        }),
        _ => None,
    };
    let calls = usize::from(credential && guard != Public && !is_forged);
    Scenario { kratos, guard, kind, carried, origin_check, expected, link, calls }
}
