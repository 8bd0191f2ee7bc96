//! The session layer, on axum's terms.

use axum::extract::OriginalUri;
use kratos_core::Sessions;
use kratos_tower::SessionService;
use tower_layer::Layer;

/// [`kratos_tower::SessionLayer`] that also works inside of nested routers: people who sign in come back to the
/// full path.
#[derive(Clone, Debug)]
#[must_use]
pub struct SessionLayer(kratos_tower::SessionLayer);

impl SessionLayer {
    /// Sessions of this resolver with the defaults, or [`Sessions`] set up by you.
    pub fn new(sessions: impl Into<Sessions>) -> Self {
        let layer = kratos_tower::SessionLayer::new(sessions);
        Self(
            layer.with_original_uri(|extensions| extensions.get::<OriginalUri>().map(|original| &original.0)),
        )
    }
}

impl<S> Layer<S> for SessionLayer {
    type Service = SessionService<S>;

    fn layer(&self, inner: S) -> SessionService<S> {
        self.0.layer(inner)
    }
}
