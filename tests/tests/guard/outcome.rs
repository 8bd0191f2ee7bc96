//! The outcome of a scenario, independent of the framework.

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
    policy::{Refusal, RefusalReason},
    resolve::{Freshness, ResolveError, Resolved, SecondFactor, SessionResolver, StaticResolver},
};

use super::scenario::{APP, AUTH, Expected, FIX, Kind, Says, Scenario};

/// The handler's body.
pub const THROUGH: &str = "through";
/// The header that the rejection hook adds to every rejection.
pub const RENDERED: &str = "x-rendered";

/// The compared headers.
pub const HEADERS: &[&str] = &[
    "location",
    "hx-redirect",
    "retry-after",
    "set-cookie",
    "cache-control",
    "vary",
    "content-type",
    "content-security-policy",
    RENDERED,
];

/// A framework's response and its calls to the resolver.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub status: u16,
    pub headers: BTreeMap<String, Vec<String>>,
    pub body: String,
    /// The refusal in the response's extensions.
    pub refusal: Option<(RefusalReason, String)>,
    /// The number of whoami calls.
    pub calls: usize,
    /// The number of calls for the second factor.
    pub probes: usize,
}

impl Outcome {
    /// Compares the outcome with the scenario's expectation. The error names the difference.
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
                return wrong("no such redirect");
            }
            Expected::Status(status, _) if self.status != status => return wrong("wrong status"),
            Expected::Status(_, id) if self.refusal.as_ref().is_none_or(|(_, found)| found != id) => {
                return wrong("wrong error id of the refusal");
            }
            Expected::Status(_, id)
                if !scenario.is_shown() && !self.body.contains(&format!(r#""id":"{id}""#)) =>
            {
                return wrong("wrong error id");
            }
            Expected::Status(..) if scenario.is_shown() => {
                let html = header("content-type") == "text/html; charset=utf-8"
                    && header("content-security-policy").starts_with("default-src 'none'")
                    && self.body.starts_with("<!doctype html>");
                let link = self.body.split_once("<a href=\"").and_then(|(_, rest)| rest.split_once('"'));
                let link = link.map(|(link, _)| link.replace("&amp;", "&"));
                if !html || link != scenario.link || !header("location").is_empty() {
                    return wrong("no HTML page with the link");
                }
            }
            Expected::Status(..) if !header("location").is_empty() => {
                return wrong("Location without a redirect");
            }
            _ => {}
        }
        let refused = scenario.expected != Expected::Through;
        if refused != self.refusal.is_some() {
            return wrong("the refusal is missing from the extensions, or present without one");
        }
        if self.body.contains(FIX) {
            return wrong("the response holds the fix of a misconfiguration");
        }
        if refused && !(header("cache-control").contains("no-store") && header(RENDERED) == "yes") {
            return wrong("the rejection is cacheable, or the hook did not run");
        }
        if self.calls != scenario.calls {
            return wrong("wrong number of calls");
        }
        if self.probes > 0 && !matches!(scenario.kratos, Says::Aal1 | Says::Aal1NotEnrolled | Says::Extended)
        {
            return wrong("unnecessary call for the second factor");
        }
        let relayed = header("set-cookie").contains("ory_kratos_session=NEW");
        if relayed != (scenario.kratos == Says::Extended && scenario.calls > 0) {
            return wrong("the re-issued cookie is lost or invented");
        }
        let led = scenario.kind == Kind::Htmx && !header("hx-redirect").is_empty();
        if led != (scenario.kind == Kind::Htmx && self.body.contains("redirect_browser_to")) {
            return wrong("no HX-Redirect");
        }
        if self.status == 429 && header("retry-after") != "7" {
            return wrong("no Retry-After");
        }
        Ok(())
    }
}

/// The reason and the error id of a refusal.
pub fn of_refusal(refusal: &Refusal) -> (RefusalReason, String) {
    (refusal.reason(), refusal.id().as_str().to_owned())
}

/// Counts the calls to a resolver.
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

    /// The setup that every framework gets.
    pub fn sessions(&self) -> Kratos {
        let sessions = Kratos::from_resolver(self.clone())
            .with_app(APP)
            .unwrap()
            .with_browser_url(AUTH)
            .unwrap()
            // Processes with one secret hash pages alike.
            .with_secret([7; 32])
            .unwrap()
            .with_rejection_response(|answer, _| {
                answer.headers.insert(RENDERED, http::HeaderValue::from_static("yes"));
            });
        if self.0.origin_check { sessions } else { sessions.insecure_without_origin_check() }
    }

    /// The numbers of whoami calls and of calls for the second factor.
    pub fn counts(&self) -> (usize, usize) {
        (self.0.calls.load(Ordering::SeqCst), self.0.probes.load(Ordering::SeqCst))
    }
}

#[async_trait]
impl SessionResolver for Counting {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        // Yields, as a real response takes time and other tasks run meanwhile.
        tokio::task::yield_now().await;
        self.0.inner.resolve(credential, freshness).await
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.0.probes.fetch_add(1, Ordering::SeqCst);
        self.0.inner.second_factor(credential).await
    }
}
