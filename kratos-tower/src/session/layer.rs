use http::{Extensions, Uri};
use kratos_core::Kratos;
use tower_layer::Layer;

use super::KratosService;

/// Gives every request its session, found when something first asks for it and at most once, failure included.
/// It rejects nothing: a public route below it costs no call to Kratos.
///
/// It also carries what a session means for the response: `Set-Cookie` when Kratos re-issued the session
/// cookie, and `Cache-Control: private` with `Vary` when anything asked for the session.
///
/// Put it outside of everything that asks for sessions. Layers that answer by themselves (CORS, for one) belong
/// outside of it.
#[derive(Clone, Debug)]
#[must_use]
pub struct KratosLayer {
    sessions: Kratos,
    original_uri: OriginalUri,
}

pub(super) type OriginalUri = fn(&Extensions) -> Option<&Uri>;

impl KratosLayer {
    /// Sessions of this resolver with the defaults, or [`Kratos`] set up by you.
    pub fn new(sessions: impl Into<Kratos>) -> Self {
        Self { sessions: sessions.into(), original_uri: |_| None }
    }

    /// Where a router leaves the URI before it took a prefix away, so that people come back to the full path.
    /// Default: nowhere; the request's own URI counts. Needed only for a layer inside of a nested router.
    pub fn with_original_uri(mut self, find: fn(&Extensions) -> Option<&Uri>) -> Self {
        self.original_uri = find;
        self
    }
}

impl<S> Layer<S> for KratosLayer {
    type Service = KratosService<S>;

    fn layer(&self, inner: S) -> KratosService<S> {
        KratosService { inner, sessions: self.sessions.clone(), original_uri: self.original_uri }
    }
}
