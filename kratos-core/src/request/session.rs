//! The session of one request, resolved at most once.

use std::sync::{
    Arc, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use http::{HeaderValue, header::HOST};

use super::{KratosRequest, ResponseHeaders, rare::Rare};
use crate::{
    Kratos,
    adapter::HeaderLookup,
    credential::{AmbiguousCredentials, Credential},
    policy::RequestView,
    resolve::{ResolveError, Resolved},
};

/// The session of one request. It is resolved when first needed and kept, a failure included, so that a layer, an
/// extractor and a handler together cost one call to Kratos. Cheap to clone.
#[derive(Clone)]
pub struct RequestSession(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) kratos: Kratos,
    /// Set before the session is shared.
    pub(super) credential: OnceLock<Result<Option<Credential>, AmbiguousCredentials>>,
    pub(super) remembered: OnceLock<Outcome>,
    pub(super) asked: AtomicBool,
    /// Whether a guard required something of this session.
    pub(super) required: AtomicBool,
    rare: OnceLock<Box<Rare>>,
}

impl Inner {
    /// The rare state, if the request has needed it.
    pub(super) fn rare(&self) -> Option<&Rare> {
        self.rare.get().map(|rare| &**rare)
    }

    pub(super) fn init_rare(&self) -> &Rare {
        self.rare.get_or_init(Box::default)
    }

    /// The live resolution, if there is one beside the cached one.
    pub(super) fn live(&self) -> Option<&Outcome> {
        self.rare()?.live.get()
    }
}

pub(super) type Outcome = Result<Resolved, ResolveError>;

impl RequestSession {
    /// A session whose credential is unread.
    pub(super) fn unread(kratos: Kratos) -> Self {
        Self(Arc::new(Inner {
            kratos,
            credential: OnceLock::new(),
            remembered: OnceLock::new(),
            asked: AtomicBool::new(false),
            required: AtomicBool::new(false),
            rare: OnceLock::new(),
        }))
    }

    /// Reads the credential, unless it was read before.
    pub(super) fn read(&self, headers: &impl HeaderLookup) {
        self.0.credential.get_or_init(|| self.0.kratos.credentials().read(headers));
    }

    /// Returns the credential that the request carries.
    ///
    /// # Errors
    /// When the request carries two under [`Ambiguous::Reject`](crate::credential::Ambiguous::Reject).
    pub fn credential(&self) -> Result<Option<&Credential>, AmbiguousCredentials> {
        match self.0.credential.get() {
            Some(Ok(credential)) => Ok(credential.as_ref()),
            Some(Err(error)) => Err(*error),
            None => Ok(None),
        }
    }

    /// Binds the session to its request.
    #[must_use]
    pub fn bind<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> KratosRequest {
        let mut headers = request.headers().to_map();
        // HTTP/2 names the host in the URI alone, which a bound request does not keep.
        if !headers.contains_key(HOST)
            && let Some(host) = request.host().and_then(|host| HeaderValue::from_str(host).ok())
        {
            headers.insert(HOST, host);
        }
        KratosRequest::new(self.clone(), request.method(), request.path_and_query(), headers)
    }

    /// Drops the cached session of this request's credential: after the session ended or changed.
    pub async fn forget(&self) {
        if let Ok(Some(credential)) = self.credential() {
            self.0.kratos.forget_credential(credential).await;
        }
    }

    /// Returns the headers that the response needs. Call it after the handler.
    pub fn response_headers(&self) -> ResponseHeaders {
        let cookies = |outcome: Option<&Outcome>| match outcome {
            Some(Ok(found)) if !found.cookies.is_empty() => Some(found.cookies.clone()),
            _ => None,
        };
        // The live resolution is the newer one.
        let mut cookies =
            cookies(self.0.live()).or_else(|| cookies(self.0.remembered.get())).unwrap_or_default();
        let shown = self.0.rare().and_then(|rare| rare.shown.get());
        if let Some(shown) = shown {
            cookies.extend_from_slice(&shown.lock().unwrap_or_else(PoisonError::into_inner));
        }
        ResponseHeaders::new(cookies, self.0.asked.load(Ordering::Relaxed), shown.is_some())
    }

    /// Notes that the response shows a flow, and the cookies to relay with it.
    pub(crate) fn shows_flow(&self, cookies: impl IntoIterator<Item = HeaderValue>) {
        let shown = self.0.init_rare().shown.get_or_init(Default::default);
        shown.lock().unwrap_or_else(PoisonError::into_inner).extend(cookies);
    }

    /// Returns the [`Kratos`] of the layer.
    #[must_use]
    pub(crate) fn kratos(&self) -> &Kratos {
        &self.0.kratos
    }
}

/// Counts the outcome of the request.
#[cfg(feature = "metrics")]
impl Drop for Inner {
    fn drop(&mut self) {
        // The live resolution is the one that the request was judged by.
        match self.live().or_else(|| self.remembered.get()) {
            Some(outcome) => {
                let (outcome, source) = crate::resolve::label::of_resolution(outcome);
                crate::metrics::resolution(outcome, source);
            }
            None if self.asked.load(Ordering::Relaxed) => {
                crate::metrics::unasked(matches!(self.credential.get(), Some(Err(_))));
            }
            None => {}
        }
    }
}

impl std::fmt::Debug for RequestSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestSession").field("credential", &self.credential()).finish_non_exhaustive()
    }
}
