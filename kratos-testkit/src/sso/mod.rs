//! An OpenID Connect provider in the test's process, for single sign-on.

mod pages;
mod state;

use std::sync::Arc;

use axum::Router;
use axum::extract::State as Shared;
use axum::routing::{get, post};
use parking_lot::Mutex;

pub(crate) use state::{Claims, State};

use crate::error::StartError;
use crate::serve::{self, Listening};
use crate::wire::Call;

/// An OpenID Connect provider in the test's process: every email address is a user of it.
///
/// Its page asks for the email address, without a password and without scripts, or cancels. The subject is `sub-` and the address. It
/// serves the authorization code flow with PKCE: `/.well-known/openid-configuration`, `/auth`, `/token` and `/jwks`. It accepts every
/// client, secret and redirect URL: it protects nothing, and listens on 127.0.0.1 only.
///
/// [`TestKratos`](crate::TestKratos) starts one by itself if [`Methods::provider`](crate::Methods::provider) is set. A real Kratos
/// uses it with `provider: generic` and [`issuer`](Self::issuer) as `issuer_url`.
#[derive(Debug)]
pub struct TestSsoProvider {
    issuer: String,
    state: Arc<Mutex<State>>,
    _listening: Option<Listening>,
}

impl TestSsoProvider {
    /// Starts a provider on a port of 127.0.0.1; 0 selects a free one. It stops when the handle is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if the port cannot be bound.
    pub async fn start(port: u16) -> Result<Self, StartError> {
        Self::start_at(port, "127.0.0.1").await
    }

    pub(crate) async fn start_at(port: u16, host: &str) -> Result<Self, StartError> {
        let (listener, address) = serve::bind(port).await?;
        let mut provider = Self::without_socket(format!("http://{host}:{}", address.port()));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(answer(pages::configuration)))
            .route("/auth", get(answer(pages::ask)).post(answer(pages::lead_back)))
            .route("/token", post(answer(pages::token)))
            .route("/jwks", get(answer(pages::keys)))
            .with_state(Arc::clone(&provider.state));
        let answer = move |request| {
            let mut router = router.clone();
            async move { tower_service::Service::call(&mut router, request).await }
        };
        provider._listening = Some(serve::listen(listener, answer));
        Ok(provider)
    }

    /// Returns a provider that nothing can reach.
    pub(crate) fn without_socket(issuer: String) -> Self {
        Self { state: Arc::new(Mutex::new(State::new(issuer.clone()))), issuer, _listening: None }
    }

    /// Returns the issuer: the URL of the provider, without a trailing slash.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(crate) fn state(&self) -> Arc<Mutex<State>> {
        Arc::clone(&self.state)
    }
}

type Page = fn(&mut State, &Call) -> crate::wire::Reply;

fn answer(
    page: Page,
) -> impl Fn(Shared<Arc<Mutex<State>>>, Call) -> std::future::Ready<http::Response<axum::body::Body>> + Clone
{
    move |Shared(state), call| std::future::ready(page(&mut state.lock(), &call).into_response())
}
