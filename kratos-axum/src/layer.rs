//! The session layer, on axum's terms.

use axum::extract::OriginalUri;
use kratos_core::Kratos;
use kratos_tower::KratosService;
use tower_layer::Layer;

/// [`kratos_tower::KratosLayer`] that also works inside of nested routers: people who sign in come back to the
/// full path.
#[derive(Clone, Debug)]
#[must_use]
pub struct KratosLayer(kratos_tower::KratosLayer);

impl KratosLayer {
    /// Sessions of this resolver with the defaults, or [`Kratos`] set up by you.
    pub fn new(sessions: impl Into<Kratos>) -> Self {
        let layer = kratos_tower::KratosLayer::new(sessions);
        Self(
            layer.with_original_uri(|extensions| extensions.get::<OriginalUri>().map(|original| &original.0)),
        )
    }
}

impl<S> Layer<S> for KratosLayer {
    type Service = KratosService<S>;

    fn layer(&self, inner: S) -> KratosService<S> {
        self.0.layer(inner)
    }
}
