use http::{Extensions, Uri};
use kratos_core::Kratos;
use tower_layer::Layer;

use super::KratosService;

/// Gives every request its session, resolved when first needed and at most once. It rejects nothing: a public route below
/// it costs no call to Kratos.
///
/// It also adds what the session means for the response: `Set-Cookie` when Kratos re-issues the session cookie, and
/// `Cache-Control: private` with `Vary` when the handler used the session.
///
/// Put it outside of everything that uses sessions. Layers that answer by themselves (CORS, for example) belong outside
/// of it.
#[derive(Clone, Debug)]
#[must_use]
pub struct KratosLayer {
    kratos: Kratos,
    original_uri: OriginalUri,
}

pub(super) type OriginalUri = fn(&Extensions) -> Option<&Uri>;

impl KratosLayer {
    /// Uses this [`Kratos`], or one made from a bare [`SessionResolver`](kratos_core::resolve::SessionResolver). Logs what
    /// its configuration alone shows to be wrong.
    pub fn new(kratos: impl Into<Kratos>) -> Self {
        let kratos = kratos.into();
        kratos.explain();
        Self { kratos, original_uri: |_| None }
    }

    /// Finds the URI that a router keeps before it removes a prefix, so that browsers return to the full path. Default:
    /// the request's own URI. Needed only for a layer inside of a nested router.
    pub fn with_original_uri(mut self, find: fn(&Extensions) -> Option<&Uri>) -> Self {
        self.original_uri = find;
        self
    }
}

impl<S> Layer<S> for KratosLayer {
    type Service = KratosService<S>;

    fn layer(&self, inner: S) -> KratosService<S> {
        KratosService { inner, kratos: self.kratos.clone(), original_uri: self.original_uri }
    }
}
