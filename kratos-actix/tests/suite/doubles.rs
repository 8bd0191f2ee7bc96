//! Resolvers that answer by script, and requests.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use actix_web::{
    dev::ServiceResponse,
    http::{StatusCode, header::HeaderName},
    test::TestRequest,
};
use async_trait::async_trait;
use kratos_actix::Kratos;
use kratos_core::{
    credential::Credential,
    model::{Identity, Session},
    policy::{Refusal, RefusalReason},
    resolve::{Freshness, Resolution, ResolveError, Resolved, SessionResolver},
};
use uuid::Uuid;

/// Returns the same outcome to every call, and counts the calls.
#[derive(Clone)]
pub(crate) struct Counting {
    outcome: Result<Resolved, ResolveError>,
    calls: Arc<AtomicUsize>,
}

impl Counting {
    pub(crate) fn new(outcome: Result<Resolved, ResolveError>) -> Self {
        Self { outcome, calls: Arc::default() }
    }

    /// Every credential opens Ada's session.
    pub(crate) fn ada() -> Self {
        Self::new(Ok(active(ada())))
    }

    pub(crate) fn anonymous() -> Self {
        Self::new(Ok(Resolved::new(Resolution::Anonymous)))
    }

    pub(crate) fn down() -> Self {
        Self::new(Err(ResolveError::unavailable("connection refused")))
    }

    /// Ada's session, which Kratos just prolonged.
    pub(crate) fn prolonged() -> Self {
        let mut resolved = active(ada());
        resolved.cookies.push(http::HeaderValue::from_static("ory_kratos_session=new; Path=/; HttpOnly"));
        Self::new(Ok(resolved))
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl SessionResolver for Counting {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        // As a real answer, this one takes a turn of the runtime.
        tokio::task::yield_now().await;
        self.outcome.clone()
    }
}

pub(crate) fn active(session: Session) -> Resolved {
    Resolved::new(Resolution::Active(Arc::new(session)))
}

pub(crate) fn ada() -> Session {
    let mut identity = Identity::new(Uuid::from_u128(7));
    identity.traits = serde_json::from_str(r#"{"email": "ada@example.org"}"#).ok();
    let mut session = Session::new(Uuid::from_u128(1));
    session.identity = Some(Arc::new(identity));
    session
}

/// With links, so that pages are led to login.
pub(crate) fn linked(resolver: impl SessionResolver + 'static) -> Kratos {
    Kratos::from_resolver(resolver)
        .with_app("https://app.example")
        .expect("both are URLs")
        .with_browser_url("https://auth.example")
        .expect("both are URLs")
}

/// A GET with a session cookie.
pub(crate) fn signed_in(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header(("cookie", "ory_kratos_session=MTcw"))
}

/// A browser that navigates, without a cookie.
pub(crate) fn page(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header(("sec-fetch-mode", "navigate"))
}

/// Every value of a header, as text.
pub(crate) fn all<B>(response: &ServiceResponse<B>, name: &'static str) -> Vec<String> {
    let values = response.headers().get_all(HeaderName::from_static(name));
    values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

/// The status, and the reason in the response's extensions.
pub(crate) fn verdict<B>(response: &ServiceResponse<B>) -> (StatusCode, Option<RefusalReason>) {
    (response.status(), response.response().extensions().get::<Refusal>().map(Refusal::reason))
}

/// The explanation in the response's extensions.
pub(crate) fn explanation<B>(response: &ServiceResponse<B>) -> String {
    response.response().extensions().get::<Refusal>().map(Refusal::to_string).unwrap_or_default()
}
