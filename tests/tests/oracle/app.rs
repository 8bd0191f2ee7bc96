//! The application, with a cache, and a record of what Kratos answered.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    routing::{get, post},
};
use http::Request;
use kratos_axum::{Identity, KratosLayer, RequireLayer, logout};
use kratos_core::{
    Kratos,
    client::Client,
    credential::Credential,
    policy::Requirement,
    resolve::{
        CachingResolver, CircuitBreaker, Freshness, HttpResolver, Resolution, ResolveError, Resolved,
        SessionResolver,
    },
};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{STALE, TTL};

pub(crate) struct App {
    router: Router,
    confirmed: Confirmed,
}

/// When Kratos last confirmed each session.
type Confirmed = Arc<Mutex<HashMap<Uuid, Instant>>>;

/// Calls Kratos and records its answers.
struct Recorded {
    inner: HttpResolver,
    confirmed: Confirmed,
}

#[async_trait]
impl SessionResolver for Recorded {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let resolved = self.inner.resolve(credential, freshness).await?;
        if let Resolution::Active(session) = &resolved.resolution {
            self.confirmed.lock().unwrap().insert(session.id, Instant::now());
        }
        Ok(resolved)
    }
}

pub(crate) type Header = (&'static str, String);

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) session_cookie: Option<String>,
}

impl App {
    pub(crate) fn before(url: &str) -> Self {
        let confirmed = Confirmed::default();
        // Outages are short and random: an open circuit would hide most of what follows them.
        let breaker = CircuitBreaker::new().with_failure_threshold(u32::MAX);
        let patience = Duration::from_secs(30);
        let inner = HttpResolver::new(url).unwrap().with_timeout(patience).with_breaker(breaker.clone());
        let cache = CachingResolver::new(Recorded { inner, confirmed: Arc::clone(&confirmed) }, TTL)
            .with_stale_if_error(STALE);
        let kratos = Kratos::from_resolver(cache)
            .with_breaker(breaker)
            .with_client(Client::new(url).unwrap().with_timeout(patience))
            .with_app("http://127.0.0.1:4455")
            .unwrap()
            .with_browser_url(url)
            .unwrap();
        let live = RequireLayer::new(Requirement::signed_in().with_live_session());
        let name = async |who: Identity| who.id.to_string();
        let router = Router::new()
            .route("/live", get(name).layer(live))
            .route("/", get(name))
            .route("/logout", post(logout))
            .layer(KratosLayer::new(kratos));
        Self { router, confirmed }
    }

    pub(crate) fn confirmed(&self, session: Uuid) -> Option<Instant> {
        self.confirmed.lock().unwrap().get(&session).copied()
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, headers: Vec<Header>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let cookies = parts.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
        let pair =
            cookies.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with("ory_kratos"));
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status.as_u16(),
            session_cookie: pair.map(str::to_owned),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
