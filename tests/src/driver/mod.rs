//! Signs users up and in on every release of Kratos, as a browser or a native app does.
//!
//! Uses none of the workspace's crates: the suites examine what Kratos itself returned through the
//! crates under test.

mod admin;
mod browser;
mod feature;
mod native;
mod second_factor;

pub use feature::Feature;

use crate::http::Answer;
use crate::lab::Server;
use serde_json::{Value, json};
use uuid::Uuid;

/// Attempts at a step that a slow machine may complete too late.
const ATTEMPTS: usize = 3;

/// A user with an account on a server.
#[derive(Debug, Clone)]
pub struct Person {
    /// The server of the account.
    pub server: Server,
    /// The address, which is also the identifier.
    pub email: String,
    /// The password.
    pub password: String,
    /// The identity's id.
    pub identity_id: Uuid,
    /// The TOTP secret, base32, once enrolled.
    pub totp: Option<String>,
}

impl Server {
    /// Registers a new user with the native registration flow and a random address at example.org.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn sign_up(&self) -> Person {
        // Kratos refuses a password that resembles the identifier.
        let email = format!("p{}@example.org", Uuid::new_v4().simple());
        let password = format!("Zq9-{}", Uuid::new_v4());
        let flow = self.native_flow("registration/api", None).await;
        let body = json!({
            "method": "password",
            "password": password,
            "traits": {"email": email, "name": {"first": "Ada", "last": "Lovelace"}},
        });
        let done = self.submit_native(&flow, &body, None).await.expect(&[200]).json();
        let identity_id =
            done["identity"]["id"].as_str().and_then(|id| id.parse().ok()).expect("an identity's id");
        Person { server: self.clone(), email, password, identity_id, totp: None }
    }

    /// Starts a native flow such as `login/api?refresh=true`, with or without a session token.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn native_flow(&self, path: &str, token: Option<&str>) -> Value {
        let request = json_get(&self.public(&format!("/self-service/{path}")));
        Answer::of(with_token(request, token)).await.expect(&[200]).json()
    }

    /// Submits a native flow as JSON.
    pub async fn submit_native(&self, flow: &Value, body: &Value, token: Option<&str>) -> Answer {
        let action = self.rebase(flow["ui"]["action"].as_str().expect("a flow's action"));
        let request = crate::http::client().post(action).header("accept", "application/json").json(body);
        Answer::of(with_token(request, token)).await
    }
}

fn json_get(url: &str) -> reqwest::RequestBuilder {
    crate::http::client().get(url).header("accept", "application/json")
}

fn with_token(request: reqwest::RequestBuilder, token: Option<&str>) -> reqwest::RequestBuilder {
    match token {
        Some(token) => request.header("x-session-token", token),
        None => request,
    }
}

/// The node of a flow whose field has this name.
fn node<'a>(flow: &'a Value, name: &str) -> Option<&'a Value> {
    let nodes = flow["ui"]["nodes"].as_array()?;
    nodes.iter().find(|node| node["attributes"]["name"] == name || node["attributes"]["id"] == name)
}
