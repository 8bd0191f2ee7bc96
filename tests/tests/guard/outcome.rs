//! What came of a scenario, in terms that every framework has.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use kratos_core::{
    Kratos,
    credential::Credential,
    policy::{Links, RefusalReason},
    resolve::{Freshness, ResolveError, Resolved, SecondFactor, SessionResolver, StaticResolver},
};

use super::scenario::{APP, AUTH, Expected, Kind, Says, Scenario};

/// What the handler answers when it runs.
pub const THROUGH: &str = "through";
/// What the rendering hook adds to every answer.
pub const RENDERED: &str = "x-rendered";

/// The headers that matter.
pub const HEADERS: &[&str] = &[
    "location",
    "hx-redirect",
    "retry-after",
    "set-cookie",
    "cache-control",
    "vary",
    "content-type",
    RENDERED,
];

/// What a framework answered, and what it cost.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub status: u16,
    pub headers: BTreeMap<String, Vec<String>>,
    pub body: String,
    /// The reason in the response's extensions.
    pub reason: Option<RefusalReason>,
    /// How often whoami was asked.
    pub calls: usize,
    /// How often it was asked for a second factor.
    pub probes: usize,
}

impl Outcome {
    /// Holds the outcome against the scenario's expectation; the error says what differs.
    pub fn check(&self, scenario: &Scenario) -> Result<(), String> {
        let header = |name: &str| self.headers.get(name).map(|values| values.join(", ")).unwrap_or_default();
        let wrong = |what: &str| {
            Err(format!("{scenario}: {what}\n  expected {:?}\n  got {self:?}", scenario.expected))
        };
        match scenario.expected {
            Expected::Through if (self.status, self.body.as_str()) != (200, THROUGH) => {
                return wrong("no 200");
            }
            Expected::To(url) if self.status != 303 || header("location") != url => {
                return wrong("no such 303");
            }
            Expected::Status(status, _) if self.status != status => return wrong("another status"),
            Expected::Status(_, id) if !self.body.contains(&format!(r#""id":"{id}""#)) => {
                return wrong("another id");
            }
            Expected::Status(..) if !header("location").is_empty() => {
                return wrong("a location without redirect");
            }
            _ => {}
        }
        let refused = scenario.expected != Expected::Through;
        if refused != self.reason.is_some() {
            return wrong("the reason is not in the extensions, or is there without a refusal");
        }
        if refused && !(header("cache-control").contains("no-store") && header(RENDERED) == "yes") {
            return wrong("a refusal that may be stored, or was not rendered");
        }
        if self.calls != scenario.calls {
            return wrong("another number of calls");
        }
        if self.probes > 0 && !matches!(scenario.kratos, Says::Aal1 | Says::Aal1NotEnrolled | Says::Extended)
        {
            return wrong("asked for a second factor without need");
        }
        let relayed = header("set-cookie").contains("ory_kratos_session=NEW");
        if relayed != (scenario.kratos == Says::Extended && scenario.calls > 0) {
            return wrong("the re-issued cookie is lost or made up");
        }
        let led = scenario.kind == Kind::Htmx && !header("hx-redirect").is_empty();
        if led != (scenario.kind == Kind::Htmx && self.body.contains("redirect_browser_to")) {
            return wrong("htmx is not told where to go");
        }
        if self.status == 429 && header("retry-after") != "7" {
            return wrong("no Retry-After");
        }
        Ok(())
    }
}

/// Counts the questions to a resolver.
#[derive(Clone)]
pub struct Counting(Arc<Counts>);

struct Counts {
    inner: StaticResolver,
    origin_check: bool,
    calls: AtomicUsize,
    probes: AtomicUsize,
}

impl Counting {
    pub fn of(scenario: &Scenario) -> Self {
        let (calls, probes) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self(Arc::new(Counts {
            inner: scenario.resolver(),
            origin_check: scenario.origin_check,
            calls,
            probes,
        }))
    }

    /// The set-up that every framework gets.
    pub fn sessions(&self) -> Kratos {
        let sessions = Kratos::from_resolver(self.clone())
            .with_app(APP)
            .unwrap()
            .with_browser_url(AUTH)
            .unwrap()
            .with_rejection_response(|answer| {
                answer.headers.insert(RENDERED, http::HeaderValue::from_static("yes"));
            });
        if self.0.origin_check { sessions } else { sessions }
    }

    /// Calls and probes.
    pub fn counts(&self) -> (usize, usize) {
        (self.0.calls.load(Ordering::SeqCst), self.0.probes.load(Ordering::SeqCst))
    }
}

#[async_trait]
impl SessionResolver for Counting {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        // A real answer takes a while, and other tasks run meanwhile.
        tokio::task::yield_now().await;
        self.0.inner.resolve(credential, freshness).await
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.0.probes.fetch_add(1, Ordering::SeqCst);
        self.0.inner.second_factor(credential).await
    }
}
