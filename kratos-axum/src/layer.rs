//! The session layer for axum.

use axum::extract::OriginalUri;
use kratos_core::Kratos;
use kratos_tower::KratosService;
use tower_layer::Layer;

/// [`kratos_tower::KratosLayer`] that also works inside of nested routers: browsers return to the full path.
#[derive(Clone, Debug)]
#[must_use]
pub struct KratosLayer(kratos_tower::KratosLayer);

impl KratosLayer {
    /// Uses this [`Kratos`], or one made from a bare [`SessionResolver`](crate::resolve::SessionResolver). Logs what its
    /// configuration alone shows to be wrong.
    pub fn new(kratos: impl Into<Kratos>) -> Self {
        let layer = kratos_tower::KratosLayer::new(kratos);
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
