//! One cell of the matrix: who asks for what, and what may come of it.

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
pub enum Shown {
    Cookie,
    /// A stale cookie of another path beside it, and a token of another system.
    TwoCookies,
    Token,
    Bearer,
    /// A tokenised session, alone and with the session cookie beside it.
    Jwt,
    JwtAndCookie,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolver {
    Live,
    /// A cache that remembers nothing yet.
    Cached,
    /// A cache that remembers the session.
    Warm,
    /// A cache whose session is past its age, and may be used while Kratos cannot be asked.
    Stale,
    /// One that checks tokens, and asks live for all else.
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
    /// A session as the handler's argument, and so on.
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
    pub shown: Shown,
    pub resolver: Resolver,
    pub guard: Guard,
    pub reader: Reader,
    pub framework: Framework,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shown, resolver, guard, reader, framework } = self;
        write!(f, "{framework:?}, {shown:?} shown to {resolver:?}, {guard:?}, for a {reader:?}")
    }
}

pub const SHOWN: &[Shown] =
    &[Shown::Cookie, Shown::TwoCookies, Shown::Token, Shown::Bearer, Shown::Jwt, Shown::JwtAndCookie];
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
    /// What its layer requires; `None` for an argument of the handler.
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
        let mut headers = match self.shown {
            Shown::Cookie => vec![cookie],
            Shown::Jwt => vec![("authorization", jwt.as_str())],
            Shown::JwtAndCookie => vec![("authorization", jwt.as_str()), cookie],
            Shown::TwoCookies => vec![
                ("authorization", "Bearer a.b.c"),
                ("cookie", "ory_kratos_session=MTAw; ory_kratos_session=MTcw-_="),
            ],
            Shown::Token => vec![("x-session-token", "ory_st_marked")],
            Shown::Bearer => vec![("authorization", "Bearer ory_st_marked")],
        };
        match self.reader {
            Reader::Page => headers.extend([("accept", "text/html"), ("sec-fetch-mode", "navigate")]),
            Reader::Program => headers.push(("accept", "application/json")),
        }
        headers.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// Whether its token is looked at; other resolvers' applications leave it alone, as one of another system.
    pub fn has_token(&self) -> bool {
        self.resolver == Resolver::Token && matches!(self.shown, Shown::Jwt | Shown::JwtAndCookie)
    }

    /// Whether nothing that it shows is looked at.
    pub fn is_nobody(&self) -> bool {
        self.resolver != Resolver::Token && self.shown == Shown::Jwt
    }

    /// What must come of it when Kratos' answer says this.
    pub fn must(&self, said: Said) -> Must {
        let led = |status| match self.reader {
            Reader::Page if self.guard != Guard::StatusOnly => Must::Lead,
            _ => Must::Refuse(status),
        };
        // A token tells that its session is there, and its ids.
        match self.guard {
            _ if !self.has_token() => {}
            // The session beside it is another's than the token's.
            guard if guard.is_live() && said == Said::Active => return Must::NotRun,
            guard if guard.is_live() && self.shown == Shown::JwtAndCookie => {}
            guard if guard.is_live() => return Must::NotRun,
            Guard::SignedOut => return led(400),
            Guard::Verified => return led(403),
            _ => return Must::Run,
        }
        let said = if self.is_nobody() { Said::Nobody } else { said };
        let remembered = match self.resolver {
            _ if self.is_nobody() || self.guard.is_live() => false,
            Resolver::Live | Resolver::Cached | Resolver::Token => false,
            Resolver::Warm => true,
            Resolver::Stale => matches!(said, Said::Unavailable | Said::RateLimited(_)),
        };
        match if remembered { Said::Active } else { said } {
            Said::Unavailable => Must::Refuse(503),
            Said::Misconfigured => Must::Refuse(500),
            Said::RateLimited(told) => Must::Limit(told.unwrap_or(5)),
            Said::Nobody | Said::Aal2Required if self.guard == Guard::SignedOut => Must::Run,
            Said::Nobody if self.guard == Guard::Optional => Must::Run,
            Said::Nobody => led(401),
            Said::Aal2Required => led(403),
            Said::Active if self.guard == Guard::SignedOut => led(400),
            Said::Active if self.guard == Guard::SecondFactor => led(403),
            Said::Active => Must::Run,
        }
    }
}

/// What must come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// The handler runs.
    Run,
    /// 303.
    Lead,
    /// This status.
    Refuse(u16),
    /// 429 with these seconds.
    Limit(u64),
    /// Whatever, except the handler.
    NotRun,
    /// 500, 503 or 429: nobody could tell.
    Unknown,
}

/// How often handlers ran.
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

/// What a visitor is told.
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

    /// The error says what is wrong.
    pub fn check(&self, must: Must) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{what}: {must:?} expected, got {self:?}"));
        let refused = match must {
            Must::Run if !(self.ran && self.status == 200) => return wrong("shut out"),
            Must::Run => false,
            _ if self.ran => return wrong("AN OPEN DOOR"),
            Must::Lead if self.status != 303 || self.all("location").count() != 1 => return wrong("not led"),
            Must::Unknown if ![429, 500, 503].contains(&self.status) => return wrong("as if it were known"),
            Must::Refuse(status) if self.status != status => return wrong("another status"),
            Must::Limit(seconds)
                if self.status != 429 || self.all("retry-after").next() != Some(&seconds.to_string()) =>
            {
                return wrong("no 429 with when to come back");
            }
            _ => true,
        };
        if self.all("set-cookie").any(|line| !line.starts_with("kratos_login_hops=") || self.status != 303) {
            return wrong("A COOKIE IS TOUCHED");
        }
        if self.status != 303 && self.all("location").next().is_some() {
            return wrong("a location without redirect");
        }
        if refused && !self.all("cache-control").any(|value| value == "no-store") {
            return wrong("a refusal that may be stored");
        }
        if refused && self.status != 303 && !self.body.starts_with(r#"{"error":{"#) {
            return wrong("no error in Kratos' shape");
        }
        Ok(())
    }
}
