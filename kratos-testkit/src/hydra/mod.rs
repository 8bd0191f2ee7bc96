//! An Ory Hydra in the test's process, for providers' pages.
//!
//! It does what Hydra 26.2.0 was observed to do for the authorization code with PKCE, refresh, device, `/userinfo`, logout and
//! back-channel logout, and for the admin API of a provider's pages. Challenges are random texts instead of encrypted
//! requests; ID tokens are signed by ES256 instead of RS256.

mod admin;
mod authorize;
mod builder;
mod consents;
mod device;
mod hooks;
mod kratos_link;
mod logout;
mod post;
mod redirect;
mod requests;
mod state;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::{delete, get, post, put};
use parking_lot::{Mutex, MutexGuard};

pub use builder::TestHydraBuilder;
pub(crate) use kratos_link::ProviderLink;

use crate::clock::Clock;
use crate::serve::Listening;
use crate::wire::Call;
use state::Hydra;

/// An Ory Hydra in the test's process. It listens on 127.0.0.1 until dropped and keeps its state in memory.
///
/// ```
/// # async fn provider() -> Result<(), kratos_testkit::StartError> {
/// use kratos_testkit::{TestHydra, TestKratos};
///
/// let hydra = TestHydra::builder("http://localhost:4455").start().await?;
/// let kratos = TestKratos::builder().with_oauth2_provider(&hydra).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TestHydra {
    public_url: String,
    admin_url: String,
    state: Shared,
    clock: Clock,
    _listening: [Listening; 2],
}

pub(crate) type Shared = Arc<Mutex<Hydra>>;

impl TestHydra {
    /// Returns the URL of the public API, without a trailing slash. The issuer is this URL with one.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Returns the URL of the admin API, without a trailing slash. Its paths begin with `/admin`.
    #[must_use]
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// Returns the clock of the server, which a [`TestKratos`](crate::TestKratos) of this provider shares.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn shared(&self) -> Shared {
        Arc::clone(&self.state)
    }
}

fn lock(state: &Shared) -> MutexGuard<'_, Hydra> {
    state.lock()
}

/// A route whose handler only needs the state and the request.
macro_rules! plain {
    ($method:ident, $handler:path) => {
        $method(async |State(state): State<Shared>, call: Call| {
            let mut hydra = lock(&state);
            $handler(&mut hydra, &call).into_response()
        })
    };
}

fn public_routes(state: Shared) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", plain!(get, token::configuration))
        .route("/.well-known/jwks.json", plain!(get, token::keys))
        .route("/health/ready", get(async || "{\"status\":\"ok\"}"))
        .route("/oauth2/auth", plain!(get, authorize::authorize))
        .route(
            "/oauth2/token",
            post(async |State(state): State<Shared>, call: Call| token::issue(&state, &call).await),
        )
        .route("/oauth2/device/auth", plain!(post, device::begin))
        .route("/oauth2/device/verify", plain!(get, device::verify))
        .route(
            "/oauth2/sessions/logout",
            get(async |State(state): State<Shared>, call: Call| logout::leave(&state, &call).await),
        )
        .route("/userinfo", plain!(get, token::userinfo).merge(plain!(post, token::userinfo)))
        .with_state(state)
}

fn admin_routes(state: Shared) -> Router {
    Router::new()
        .route("/health/ready", get(async || "{\"status\":\"ok\"}"))
        .route("/admin/clients", plain!(post, admin::create_client))
        .route("/admin/oauth2/auth/requests/login", plain!(get, requests::get_login))
        .route("/admin/oauth2/auth/requests/login/accept", plain!(put, requests::accept_login))
        .route("/admin/oauth2/auth/requests/login/reject", plain!(put, requests::reject_login))
        .route("/admin/oauth2/auth/requests/consent", plain!(get, requests::get_consent))
        .route("/admin/oauth2/auth/requests/consent/accept", plain!(put, requests::accept_consent))
        .route("/admin/oauth2/auth/requests/consent/reject", plain!(put, requests::reject_consent))
        .route("/admin/oauth2/auth/requests/logout", plain!(get, logout::get))
        .route("/admin/oauth2/auth/requests/logout/accept", plain!(put, logout::accept))
        .route("/admin/oauth2/auth/requests/logout/reject", plain!(put, logout::reject))
        .route("/admin/oauth2/auth/requests/device/accept", plain!(put, device::accept))
        .route(
            "/admin/oauth2/auth/sessions/consent",
            plain!(get, consents::list).merge(plain!(delete, consents::revoke)),
        )
        .route("/admin/oauth2/auth/sessions/login", plain!(delete, consents::end_sessions))
        .with_state(state)
}
