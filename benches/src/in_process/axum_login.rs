//! axum-login with users and sessions in memory.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use axum::{Router, body::Body, routing::get};
use axum_login::{AuthManagerLayerBuilder, AuthSession, AuthUser, AuthnBackend, UserId, login_required};
use futures_util::FutureExt as _;
use http::{HeaderMap, Request, StatusCode, header};
use tower::{Layer as _, ServiceExt as _};
use tower_sessions::{MemoryStore, SessionManagerLayer};

use super::{App, axum::app};
use crate::fixture::{self, HELLO};

#[derive(Clone, Debug)]
struct User {
    id: i64,
    password_hash: Vec<u8>,
}

impl AuthUser for User {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.password_hash
    }
}

#[derive(Clone)]
struct Backend(Arc<HashMap<i64, User>>);

impl AuthnBackend for Backend {
    type User = User;
    type Credentials = i64;
    type Error = Infallible;

    async fn authenticate(&self, id: i64) -> Result<Option<User>, Infallible> {
        Ok(self.0.get(&id).cloned())
    }

    async fn get_user(&self, id: &UserId<Self>) -> Result<Option<User>, Infallible> {
        Ok(self.0.get(id).cloned())
    }
}

async fn log_in(mut session: AuthSession<Backend>) {
    let user = session.authenticate(1).await.unwrap().unwrap();
    session.login(&user).await.unwrap();
}

async fn hello(session: AuthSession<Backend>) -> Result<&'static str, StatusCode> {
    session.user.map(|_| HELLO).ok_or(StatusCode::UNAUTHORIZED)
}

pub const GUARDED: &str = "axum-login, extractor; layer around the router";

pub fn apps() -> Vec<App> {
    let user = User { id: 1, password_hash: vec![7; 60] };
    let backend = Backend(Arc::new(HashMap::from([(1, user)])));
    let store = MemoryStore::default();
    let layer = || {
        let sessions = SessionManagerLayer::new(store.clone()).with_secure(false);
        AuthManagerLayerBuilder::new(backend.clone(), sessions).build()
    };
    let cookie = cookie_of(Router::new().route("/login", get(log_in)).layer(layer()));
    let headers = fixture::headers(&[(header::COOKIE, &cookie)]);
    let headers = move || {
        let headers: HeaderMap = headers.clone();
        move || headers.clone()
    };
    let required =
        Router::new().route("/account", get(super::axum::hello)).route_layer(login_required!(Backend));
    vec![
        app::<_, Body, _>(GUARDED, layer().layer(Router::new().route("/account", get(hello))), headers()),
        app::<_, Body, _>(
            "axum-login, `login_required!`; layer by `Router::layer`",
            required.layer(layer()),
            headers(),
        ),
    ]
}

/// Signs in.
fn cookie_of(router: Router) -> String {
    let request = Request::get("/login").body(Body::empty()).unwrap();
    let response = router.oneshot(request).now_or_never().unwrap().unwrap();
    let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}
