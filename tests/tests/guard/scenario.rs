//! The scenarios: credential × Kratos' answer × guard × kind of request, and the expected outcome.

use std::{sync::Arc, time::Duration};

use http::HeaderValue;
use kratos_core::{
    model::{Aal, Identity, Session, Timestamp},
    policy::Requirement,
    resolve::{Resolution, ResolveError, Resolved, SecondFactor, StaticResolver},
};
use serde_json::json;
use uuid::Uuid;

/// What the scenario's Kratos answers for the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A fresh session of AAL1 whose user has a verified address.
    Aal1,
    /// The same, and the user is not enrolled in a second factor.
    Aal1NotEnrolled,
    /// A session of AAL2.
    Aal2,
    /// A session of AAL2, two hours old, whose user has no verified address.
    Stale,
    /// A session of a release without assurance levels.
    Levelless,
    /// No session.
    Anonymous,
    /// `session_aal2_required`.
    Aal2Required,
    /// 429 with Retry-After 7.
    RateLimited,
    /// Kratos is down.
    Down,
    /// The URL is wrong.
    Misconfigured,
    /// A session with a re-issued cookie.
    Extended,
    /// Nothing: a JWT proves a session of AAL2, and Kratos could not be asked about it.
    Unconfirmed,
}

/// The guard of the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// None, and the handler extracts no session.
    Public,
    /// A require layer or middleware.
    SignedIn,
    SecondFactor,
    Fresh,
    Live,
    Verified,
    Predicate,
    SignedOut,
    StatusOnly,
    /// A session as an argument of the handler.
    Session,
    /// An optional session as an argument of the handler.
    Optional,
    /// Traits as an argument of the handler.
    Traits,
    /// Traits of a type that does not match.
    WrongTraits,
    /// A require layer, and session, optional session and traits as arguments: one call in total.
    Everything,
}

impl Guard {
    /// The requirement of the guard's layer, if it has one.
    pub fn requirement(self) -> Option<Requirement> {
        let signed_in = Requirement::signed_in();
        Some(match self {
            Self::SignedIn | Self::Everything => signed_in,
            Self::SecondFactor => signed_in.with_aal2(),
            Self::Fresh => signed_in.with_authenticated_within(Duration::from_secs(3600)),
            Self::Live => signed_in.with_live_session(),
            Self::Verified => signed_in.with_verified_address(),
            Self::Predicate => signed_in.with_predicate(|_| false),
            Self::SignedOut => Requirement::signed_out(),
            Self::StatusOnly => signed_in.with_status_only(),
            Self::Public | Self::Session | Self::Optional | Self::Traits | Self::WrongTraits => return None,
        })
    }
}

/// The kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Page,
    OldPage,
    Api,
    /// A browser that posts a form, with the page that it is on and without.
    Form,
    Post,
    Htmx,
    Preflight,
    /// An unsafe request from a page of the same site, identified by `Sec-Fetch-Site` or by `Origin`.
    OwnPost,
    OwnOldPost,
    /// An unsafe request from a page of another site, identified by `Sec-Fetch-Site` or by `Origin`.
    ForeignPost,
    ForeignOldPost,
    /// A WebSocket opened by another site.
    ForeignSocket,
    /// A link on another site.
    ForeignLink,
}

/// The credential that the request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Nothing,
    Cookie,
    Token,
    Bearer,
    /// A bearer token of another system beside the cookie.
    ForeignBearer,
    /// Bytes that are not text in every header that can carry a credential.
    Garbage,
}

/// The expected outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The handler ran.
    Through,
    /// 303 to a URL with this prefix.
    To(&'static str),
    /// This status with this error id.
    Status(u16, &'static str),
}

pub const APP: &str = "https://app.example";
pub const AUTH: &str = "https://auth.example";
/// The path of every request.
pub const PATH: &str = "/page?x=1";

/// The fix of a misconfiguration: for the log, and never in a response.
pub const FIX: &str = "give the public URL";

pub struct Scenario {
    pub kratos: Says,
    pub guard: Guard,
    pub kind: Kind,
    pub carried: Carried,
    /// Whether the origin check is on.
    pub origin_check: bool,
    pub expected: Expected,
    /// The link of the HTML page that answers a browser, if it has one.
    pub link: Option<String>,
    /// The expected number of whoami calls.
    pub calls: usize,
}

impl std::fmt::Display for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { kratos, guard, kind, carried, origin_check, .. } = self;
        let check = if *origin_check { "checked" } else { "not checked" };
        write!(
            f,
            "carries {carried:?}, Kratos says {kratos:?}, guard {guard:?}, request {kind:?}, origin {check}"
        )
    }
}

impl Scenario {
    /// Whether a browser shows the response: a refusal is an HTML page instead of JSON.
    pub fn is_shown(&self) -> bool {
        let is_form = matches!(self.kind, Kind::Form | Kind::Post | Kind::ForeignPost);
        is_form || matches!(self.kind, Kind::Page | Kind::OldPage | Kind::ForeignLink)
    }

    pub fn method(&self) -> &'static str {
        match self.kind {
            Kind::Page | Kind::OldPage | Kind::Api | Kind::Htmx => "GET",
            Kind::ForeignSocket | Kind::ForeignLink => "GET",
            Kind::Form | Kind::Post | Kind::OwnPost | Kind::OwnOldPost | Kind::ForeignPost => "POST",
            Kind::ForeignOldPost => "DELETE",
            Kind::Preflight => "OPTIONS",
        }
    }

    pub fn headers(&self) -> Vec<(&'static str, &'static [u8])> {
        let mut headers: Vec<(&str, &[u8])> = match self.kind {
            Kind::Page => vec![("sec-fetch-mode", b"navigate"), ("accept", b"text/html")],
            Kind::OldPage => vec![("accept", b"text/html,application/xhtml+xml,*/*;q=0.8")],
            Kind::Api => vec![("accept", b"application/json")],
            Kind::Post => vec![("sec-fetch-mode", b"navigate"), ("accept", b"text/html")],
            Kind::Form => vec![
                ("sec-fetch-mode", b"navigate"),
                ("sec-fetch-site", b"same-origin"),
                ("origin", b"https://app.example"),
                ("referer", b"https://app.example/page?x=1"),
                ("accept", b"text/html"),
            ],
            Kind::Htmx => vec![("hx-request", b"true"), ("accept", b"text/html")],
            Kind::Preflight => vec![("access-control-request-method", b"GET"), ("accept", b"text/html")],
            Kind::OwnPost => vec![("sec-fetch-site", b"same-origin"), ("origin", b"https://app.example")],
            Kind::OwnOldPost => vec![("origin", b"https://app.example")],
            Kind::ForeignPost => {
                vec![
                    ("sec-fetch-site", b"cross-site"),
                    ("sec-fetch-mode", b"navigate"),
                    ("accept", b"text/html"),
                ]
            }
            // The client chooses Host; it must not matter.
            Kind::ForeignOldPost => vec![("origin", b"https://evil.example"), ("host", b"evil.example")],
            Kind::ForeignSocket => vec![
                ("connection", b"Upgrade"),
                ("upgrade", b"websocket"),
                ("sec-fetch-mode", b"websocket"),
                ("sec-fetch-site", b"cross-site"),
            ],
            Kind::ForeignLink => {
                vec![
                    ("sec-fetch-site", b"cross-site"),
                    ("sec-fetch-mode", b"navigate"),
                    ("accept", b"text/html"),
                ]
            }
        };
        let cookie: (&str, &[u8]) = ("cookie", b"theme=dark; ory_kratos_session=MTcw-_=");
        match self.carried {
            Carried::Nothing => {}
            Carried::Cookie => headers.push(cookie),
            Carried::Token => headers.push(("x-session-token", b"ory_st_marked")),
            Carried::Bearer => headers.push(("authorization", b"Bearer ory_st_marked")),
            Carried::ForeignBearer => headers.extend([("authorization", b"Bearer a.b.c" as &[u8]), cookie]),
            Carried::Garbage => headers.extend([
                ("authorization", b"\xff\xfe" as &[u8]),
                ("x-session-token", b"\xff"),
                ("cookie", b"\xff=\xff; ;;=; ory_kratos_session"),
            ]),
        }
        headers
    }

    /// A resolver that answers as the scenario's Kratos.
    pub fn resolver(&self) -> StaticResolver {
        let active = |change: &dyn Fn(&mut Session)| {
            let mut session = session();
            change(&mut session);
            StaticResolver::active(session)
        };
        match self.kratos {
            Says::Aal1 => active(&|_| ()).with_second_factor(SecondFactor::Enrolled),
            Says::Aal1NotEnrolled => active(&|_| ()).with_second_factor(SecondFactor::NotEnrolled),
            Says::Aal2 => active(&|session| session.authenticator_assurance_level = Some(Aal::Aal2)),
            Says::Stale => active(&|session| {
                session.authenticator_assurance_level = Some(Aal::Aal2);
                session.authenticated_at = Some(
                    (*Timestamp::from(time::OffsetDateTime::now_utc()) - Duration::from_secs(7200)).into(),
                );
                session.identity = Some(Arc::new(identity(false)));
            }),
            Says::Levelless => active(&|session| session.authenticator_assurance_level = None),
            Says::Anonymous => StaticResolver::anonymous(),
            Says::Aal2Required => {
                StaticResolver::step_up("http://kratos:4433/self-service/login/browser?aal=aal2".parse().ok())
            }
            Says::RateLimited => {
                StaticResolver::failing(ResolveError::rate_limited(Some(Duration::from_secs(7))))
            }
            Says::Down => StaticResolver::failing(ResolveError::unavailable("connection refused")),
            Says::Misconfigured => StaticResolver::failing(ResolveError::misconfigured(FIX)),
            Says::Extended => {
                let mut resolved = Resolved::new(Resolution::Active(Arc::new(session())));
                resolved.cookies.push(HeaderValue::from_static("ory_kratos_session=NEW; Path=/; HttpOnly"));
                StaticResolver::new(Ok(resolved))
            }
            Says::Unconfirmed => {
                let mut session = session();
                session.authenticator_assurance_level = Some(Aal::Aal2);
                StaticResolver::new(Ok(Resolved::new(Resolution::Unconfirmed(Arc::new(session)))))
            }
        }
    }
}

fn session() -> Session {
    let mut session = Session::new(Uuid::nil());
    session.active = Some(true);
    session.authenticator_assurance_level = Some(Aal::Aal1);
    session.authenticated_at = Some(Timestamp::from(time::OffsetDateTime::now_utc()));
    session.identity = Some(Arc::new(identity(true)));
    session
}

fn identity(verified: bool) -> Identity {
    let identity = json!({
        "id": Uuid::nil(),
        "traits": {"email": "ada@example.org"},
        "verifiable_addresses": [{"value": "ada@example.org", "verified": verified, "via": "email"}],
    });
    serde_json::from_value(identity).unwrap()
}
