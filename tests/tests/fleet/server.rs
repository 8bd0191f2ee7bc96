//! A whoami that counts, and forgets sessions at once.

use std::{
    collections::HashMap,
    sync::{
        Arc, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{Json, Router, extract::State, http::HeaderMap, http::StatusCode, routing::get};
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Clone, Default)]
pub(crate) struct Server(Arc<Sessions>);

#[derive(Default)]
struct Sessions {
    /// Session and identity, by session token.
    by_token: RwLock<HashMap<String, (Uuid, Uuid)>>,
    calls: AtomicU64,
}

impl Server {
    /// Serves; returns the URL.
    pub(crate) async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().route("/sessions/whoami", get(whoami)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        url
    }

    pub(crate) fn sign_in(&self, token: &str, session: Uuid, identity: Uuid) {
        self.0.by_token.write().unwrap().insert(token.to_owned(), (session, identity));
    }

    pub(crate) fn revoke(&self, token: &str) {
        self.0.by_token.write().unwrap().remove(token);
    }

    pub(crate) fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::Relaxed)
    }
}

async fn whoami(State(server): State<Server>, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    server.0.calls.fetch_add(1, Ordering::Relaxed);
    let token = headers.get("x-session-token").and_then(|token| token.to_str().ok()).unwrap_or_default();
    let found = server.0.by_token.read().unwrap().get(token).copied();
    match found {
        Some((session, identity)) => {
            let identity = json!({"id": identity, "schema_id": "person", "schema_url": "http://s/", "traits": {"email": "a@b.example"}});
            (StatusCode::OK, Json(json!({"id": session, "active": true, "identity": identity})))
        }
        None => (
            StatusCode::UNAUTHORIZED,
            Json(
                json!({"error": {"code": 401, "id": "session_inactive", "reason": "No valid session credentials found in the request.", "message": "The request could not be authorized"}}),
            ),
        ),
    }
}
