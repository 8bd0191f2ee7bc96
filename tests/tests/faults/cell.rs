//! One cell of the matrix: a request, and its permitted outcome.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use kratos_core::policy::Requirement;

use super::{fault::Said, token};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Cookie,
    /// A stale cookie of another path beside it, and a bearer token of another system.
    TwoCookies,
    Token,
    Bearer,
    /// A JWT, alone and with the session cookie beside it.
    Jwt,
    JwtAndCookie,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolver {
    Live,
    /// An empty cache.
    Cached,
    /// A cache that contains the session.
    Warm,
    /// A cache whose entry has expired and may be used while Kratos is unavailable.
    Stale,
    /// A JWT resolver that calls Kratos for all other credentials.
    Token,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    SignedIn,
    SecondFactor,
    Fresh,
    Verified,
    Predicate,
    Live,
    SignedOut,
    StatusOnly,
    /// A session as an argument of the handler, and so on.
    Session,
    Optional,
    Identity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Page,
    Program,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framework {
    Axum,
    Actix,
}

#[derive(Clone, Copy, Debug)]
pub struct Cell {
    pub carried: Carried,
    pub resolver: Resolver,
    pub guard: Guard,
    pub reader: Reader,
    pub framework: Framework,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { carried, resolver, guard, reader, framework } = self;
        write!(f, "{framework:?}, {carried:?} with {resolver:?}, {guard:?}, for a {reader:?}")
    }
}

pub const CARRIED: &[Carried] = &[
    Carried::Cookie,
    Carried::TwoCookies,
    Carried::Token,
    Carried::Bearer,
    Carried::Jwt,
    Carried::JwtAndCookie,
];
pub const RESOLVERS: &[Resolver] =
    &[Resolver::Live, Resolver::Cached, Resolver::Warm, Resolver::Stale, Resolver::Token];
pub const GUARDS: &[Guard] = &[
    Guard::SignedIn,
    Guard::SecondFactor,
    Guard::Fresh,
    Guard::Verified,
    Guard::Predicate,
    Guard::Live,
    Guard::SignedOut,
    Guard::StatusOnly,
    Guard::Session,
    Guard::Optional,
    Guard::Identity,
];
pub const READERS: [Reader; 2] = [Reader::Page, Reader::Program];

impl Guard {
    /// The requirement of its layer; `None` for an argument of the handler.
    pub fn requirement(self) -> Option<Requirement> {
        let signed_in = Requirement::signed_in();
        Some(match self {
            Self::SignedIn => signed_in,
            Self::SecondFactor => signed_in.with_aal2(),
            Self::Fresh => signed_in.with_authenticated_within(Duration::from_secs(3600)),
            Self::Verified => signed_in.with_verified_address(),
            Self::Predicate => signed_in.with_predicate(|_| true),
            Self::Live => signed_in.with_live_session(),
            Self::SignedOut => Requirement::signed_out(),
            Self::StatusOnly => signed_in.with_status_only(),
            Self::Session | Self::Optional | Self::Identity => return None,
        })
    }

    fn is_live(self) -> bool {
        matches!(self, Self::SecondFactor | Self::Fresh | Self::Live)
    }
}

impl Cell {
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let cookie = ("cookie", "theme=dark; ory_kratos_session=MTcw-_=");
        let jwt = token::bearer();
        let mut headers = match self.carried {
            Carried::Cookie => vec![cookie],
            Carried::Jwt => vec![("authorization", jwt.as_str())],
            Carried::JwtAndCookie => vec![("authorization", jwt.as_str()), cookie],
            Carried::TwoCookies => vec![
                ("authorization", "Bearer a.b.c"),
                ("cookie", "ory_kratos_session=MTAw; ory_kratos_session=MTcw-_="),
            ],
            Carried::Token => vec![("x-session-token", "ory_st_marked")],
            Carried::Bearer => vec![("authorization", "Bearer ory_st_marked")],
        };
        match self.reader {
            Reader::Page => headers.extend([("accept", "text/html"), ("sec-fetch-mode", "navigate")]),
            Reader::Program => headers.push(("accept", "application/json")),
        }
        headers.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// Whether its JWT is read. Applications with other resolvers ignore it, as a token of another system.
    pub fn has_token(&self) -> bool {
        self.resolver == Resolver::Token && matches!(self.carried, Carried::Jwt | Carried::JwtAndCookie)
    }

    /// Whether the request carries no credential that this resolver reads.
    pub fn is_anonymous(&self) -> bool {
        self.resolver != Resolver::Token && self.carried == Carried::Jwt
    }

    /// The required outcome if Kratos' response means this.
    pub fn must(&self, said: Said) -> Must {
        let redirected = |status| match self.reader {
            Reader::Page if self.guard != Guard::StatusOnly => Must::Redirect,
            _ => Must::Refuse(status),
        };
        // A JWT proves that its session exists, and its ids.
        match self.guard {
            _ if !self.has_token() => {}
            // The session beside it is not the JWT's.
            guard if guard.is_live() && said == Said::Active => return Must::NotRun,
            guard if guard.is_live() && self.carried == Carried::JwtAndCookie => {}
            guard if guard.is_live() => return Must::NotRun,
            Guard::SignedOut => return redirected(400),
            Guard::Verified => return redirected(403),
            _ => return Must::Run,
        }
        let said = if self.is_anonymous() { Said::Anonymous } else { said };
        let remembered = match self.resolver {
            _ if self.is_anonymous() || self.guard.is_live() => false,
            Resolver::Live | Resolver::Cached | Resolver::Token => false,
            Resolver::Warm => true,
            Resolver::Stale => matches!(said, Said::Unavailable | Said::RateLimited(_)),
        };
        match if remembered { Said::Active } else { said } {
            Said::Unavailable => Must::Refuse(503),
            Said::Misconfigured => Must::Refuse(500),
            Said::RateLimited(told) => Must::Limit(told.unwrap_or(5)),
            Said::Anonymous | Said::Aal2Required if self.guard == Guard::SignedOut => Must::Run,
            Said::Anonymous if self.guard == Guard::Optional => Must::Run,
            Said::Anonymous => redirected(401),
            Said::Aal2Required => redirected(403),
            Said::Active if self.guard == Guard::SignedOut => redirected(400),
            Said::Active if self.guard == Guard::SecondFactor => redirected(403),
            Said::Active => Must::Run,
        }
    }
}

/// A required outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// The handler runs.
    Run,
    /// 303.
    Redirect,
    /// This status.
    Refuse(u16),
    /// 429 with these seconds in `Retry-After`.
    Limit(u64),
    /// Any, but the handler does not run.
    NotRun,
    /// 500, 503 or 429: the session is unknown.
    Unknown,
}

/// Counts the handler's runs.
#[derive(Clone, Debug, Default)]
pub struct Runs(Arc<AtomicUsize>);

impl Runs {
    pub fn count(&self) -> &'static str {
        self.0.fetch_add(1, Ordering::SeqCst);
        "through"
    }

    pub fn ran(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }
}

/// A response.
#[derive(Clone, Debug)]
pub struct Told {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub ran: bool,
}

impl Told {
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Checks the outcome for this reader: a browser that navigates or posts a form gets a page. The error names the
    /// difference.
    pub fn check(&self, reader: Reader, must: Must) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{what}: {must:?} expected, got {self:?}"));
        let refused = match must {
            Must::Run if !(self.ran && self.status == 200) => return wrong("refused"),
            Must::Run => false,
            _ if self.ran => return wrong("THE HANDLER RAN"),
            Must::Redirect if self.status != 303 || self.all("location").count() != 1 => {
                return wrong("no redirect");
            }
            Must::Unknown if ![429, 500, 503].contains(&self.status) => return wrong("a definite answer"),
            Must::Refuse(status) if self.status != status => return wrong("wrong status"),
            Must::Limit(seconds)
                if self.status != 429 || self.all("retry-after").next() != Some(&seconds.to_string()) =>
            {
                return wrong("no 429 with Retry-After");
            }
            _ => true,
        };
        if self
            .all("set-cookie")
            .any(|line| !line.starts_with("__Host-kratos_login_hops=") || self.status != 303)
        {
            return wrong("A COOKIE CHANGED");
        }
        if self.status != 303 && self.all("location").next().is_some() {
            return wrong("Location without a redirect");
        }
        if refused && !self.all("cache-control").any(|value| value == "no-store") {
            return wrong("the refusal is cacheable");
        }
        match reader {
            _ if !refused || self.status == 303 => Ok(()),
            Reader::Page if !self.is_page() => wrong("the body is not a page with its status"),
            Reader::Program if !self.body.starts_with(r#"{"error":{"#) => {
                wrong("the body is not a Kratos error")
            }
            _ => Ok(()),
        }
    }

    fn is_page(&self) -> bool {
        let status = http::StatusCode::from_u16(self.status).ok();
        let title = status.and_then(|status| status.canonical_reason()).unwrap_or("no such status");
        self.all("content-type").eq(["text/html; charset=utf-8"])
            && self.body.starts_with("<!doctype html>")
            && self.body.contains(&format!("<h1>{title}</h1>"))
    }
}
