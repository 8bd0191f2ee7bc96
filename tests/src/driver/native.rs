//! Sessions of native apps, by session tokens.

use super::{ATTEMPTS, Person, json_get};
use crate::http::{Answer, client};
use serde_json::{Value, json};

impl Person {
    /// Signs in with the password and returns a session token of AAL1.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn token(&self) -> String {
        let done = self.native_login("login/api", None, &|| self.password_body()).await;
        done["session_token"].as_str().expect("a session token").to_owned()
    }

    /// Authenticates again with the password and returns the session token to continue with: 0.6 and 0.7
    /// create another session.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn refresh_token(&self, token: &str) -> String {
        let done = self.native_login("login/api?refresh=true", Some(token), &|| self.password_body()).await;
        done["session_token"].as_str().unwrap_or(token).to_owned()
    }

    /// Completes a login flow. Retries if the flow expires, after five seconds on a strict server.
    pub(super) async fn native_login(
        &self,
        path: &str,
        token: Option<&str>,
        body: &dyn Fn() -> Value,
    ) -> Value {
        for _ in 0..ATTEMPTS {
            let flow = self.server.native_flow(path, token).await;
            let done = self.server.submit_native(&flow, &body(), token).await.expect(&[200, 410]);
            if done.status == 200 {
                return done.json();
            }
        }
        panic!("not signed in after {ATTEMPTS} attempts");
    }

    /// Signs out the session of this session token.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn sign_out_token(&self, token: &str) {
        let path = if self.server.is_since(0, 7) { "/self-service/logout/api" } else { "/sessions" };
        let request = client()
            .delete(self.server.public(path))
            .header("accept", "application/json")
            .json(&json!({"session_token": token}));
        let _ = Answer::of(request).await.expect(&[204]);
    }

    /// Revokes another session of the same user. Since Kratos 0.8.3.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn revoke_own(&self, token: &str, session: &Value) {
        let id = session["id"].as_str().expect("a session's id");
        let request = client().delete(self.server.public(&format!("/sessions/{id}")));
        let _ = Answer::of(request.header("x-session-token", token)).await.expect(&[204]);
    }

    /// Returns the session from whoami, with this session token.
    ///
    /// # Panics
    /// If the answer is not a session.
    pub async fn session_of_token(&self, token: &str) -> Value {
        let request = json_get(&self.server.public("/sessions/whoami")).header("x-session-token", token);
        Answer::of(request).await.expect(&[200]).json()
    }

    /// Up to 0.8 the identifier's field has another name. Both are sent; each server reads its own.
    pub(super) fn password_body(&self) -> Value {
        json!({
            "method": "password",
            "identifier": self.email,
            "password_identifier": self.email,
            "password": self.password,
        })
    }
}
