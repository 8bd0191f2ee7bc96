//! The flows of a native app.

use std::time::Duration;

use kratos_tests::hooks::HookServer;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::seen::{Seen, error, seen};

pub(crate) const PASSWORD: &str = "Mellon-friend-9331";

pub(crate) struct App<'a> {
    server: &'a HookServer,
    client: reqwest::Client,
}

/// A user, signed in.
pub(crate) struct User {
    pub(crate) email: String,
    pub(crate) token: String,
}

impl<'a> App<'a> {
    pub(crate) fn new(server: &'a HookServer) -> Self {
        Self { server, client: reqwest::Client::new() }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Option<(u16, Value)> {
        let response = request.header("accept", "application/json").send().await.ok()?;
        let status = response.status().as_u16();
        let text = response.text().await.ok()?;
        // A native login that cannot be made has two JSON texts in its body (26.2.0 and 1.3.1).
        let first = serde_json::Deserializer::from_str(&text).into_iter::<Value>().next();
        Some((status, first.and_then(Result::ok).unwrap_or_default()))
    }

    async fn begin(&self, flow: &str, token: &str) -> Result<String, Seen> {
        let url = format!("{}/self-service/{flow}/api", self.server.public_url);
        let mut request = self.client.get(url);
        if !token.is_empty() {
            request = request.header("x-session-token", token);
        }
        let Some((status, body)) = self.send(request).await else { return Err(Seen::Closed) };
        match body.get("id").and_then(Value::as_str) {
            Some(id) if status == 200 => Ok(id.to_owned()),
            _ => Err(error(status, &body)),
        }
    }

    async fn submit(&self, flow: &str, id: &str, token: &str, form: &Value) -> Option<(u16, Value)> {
        let url = format!("{}/self-service/{flow}?flow={id}", self.server.public_url);
        let mut request = self.client.post(url).json(form);
        if !token.is_empty() {
            request = request.header("x-session-token", token);
        }
        self.send(request).await
    }

    pub(crate) async fn register(&self) -> (Seen, Option<User>, Value) {
        let email = format!("u-{}@example.org", Uuid::new_v4().simple());
        let id = match self.begin("registration", "").await {
            Ok(id) => id,
            Err(seen) => return (seen, None, Value::Null),
        };
        let form = json!({
            "method": "password", "password": PASSWORD, "traits": {"email": email}, "transient_payload": {"captcha": "right"},
        });
        let answer = self.submit("registration", &id, "", &form).await;
        let body = answer.as_ref().map(|(_, body)| body.clone()).unwrap_or_default();
        let token = body.get("session_token").and_then(Value::as_str).map(str::to_owned);
        (seen(answer), token.map(|token| User { email, token }), body)
    }

    /// Registers a user, and signs in where Kratos does not do so by its hook `session`.
    pub(crate) async fn user(&self) -> User {
        let (seen, user, body) = self.register().await;
        if let Some(user) = user {
            return user;
        }
        let email = body.pointer("/identity/traits/email").and_then(Value::as_str).map(str::to_owned);
        let email = email.unwrap_or_else(|| panic!("{}: cannot register: {seen:?} {body}", self.server.name));
        let body = self.sign_in(&email, PASSWORD).await.ok().flatten().unwrap_or_default().1;
        let token = body.get("session_token").and_then(Value::as_str);
        User { token: token.unwrap_or_else(|| panic!("{body}")).to_owned(), email }
    }

    pub(crate) async fn login(&self, email: &str, password: &str) -> Seen {
        self.sign_in(email, password).await.map_or_else(|seen| seen, seen)
    }

    async fn sign_in(&self, email: &str, password: &str) -> Result<Option<(u16, Value)>, Seen> {
        let id = self.begin("login", "").await?;
        let form = json!({"method": "password", "identifier": email, "password": password});
        Ok(self.submit("login", &id, "", &form).await)
    }

    pub(crate) async fn settings(&self, user: &User) -> (Seen, Value) {
        let id = match self.begin("settings", &user.token).await {
            Ok(id) => id,
            Err(seen) => return (seen, Value::Null),
        };
        let form = json!({"method": "profile", "traits": {"email": user.email, "age": 3}});
        let answer = self.submit("settings", &id, &user.token, &form).await;
        let body = answer.as_ref().map(|(_, body)| body.clone()).unwrap_or_default();
        (seen(answer), body)
    }

    /// Recovers the account or verifies the address, by code.
    pub(crate) async fn by_code(&self, flow: &str, user: &User) -> Seen {
        let id = match self.begin(flow, "").await {
            Ok(id) => id,
            Err(seen) => return seen,
        };
        // Not the code of the message that the registration sent.
        let old = self.code(&user.email, None).await;
        let form = json!({"method": "code", "email": user.email});
        self.submit(flow, &id, "", &form).await;
        let code = self.code(&user.email, old.as_deref()).await.expect("a message with a code");
        seen(self.submit(flow, &id, "", &json!({"method": "code", "code": code})).await)
    }

    async fn code(&self, email: &str, other_than: Option<&str>) -> Option<String> {
        // Kratos' courier writes beside it, so a busy machine takes long.
        for _ in 0..1200 {
            let code = self.server.receiver.plans.code(email);
            if code.is_some() && code.as_deref() != other_than {
                return code;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        None
    }

    /// Imports an identity whose password is still elsewhere.
    pub(crate) async fn import(&self) -> String {
        let email = format!("old-{}@example.org", Uuid::new_v4().simple());
        let url = format!("{}/identities", self.server.admin_url);
        let identity = json!({
            "schema_id": "person", "traits": {"email": email},
            "credentials": {"password": {"config": {"use_password_migration_hook": true}}},
        });
        let (status, body) = self.send(self.client.post(url).json(&identity)).await.expect("an answer");
        assert_eq!(status, 201, "{body}");
        email
    }

    /// Returns the identity of a user as the admin API shows it.
    pub(crate) async fn record(&self, user: &User) -> Value {
        let id = self.whoami(user).await["id"].as_str().expect("an id").to_owned();
        let url = format!("{}/identities/{id}", self.server.admin_url);
        self.send(self.client.get(url)).await.expect("an answer").1
    }

    /// Returns the traits and the public metadata of a user.
    pub(crate) async fn whoami(&self, user: &User) -> Value {
        let url = format!("{}/sessions/whoami", self.server.public_url);
        let (_, body) =
            self.send(self.client.get(url).header("x-session-token", &user.token)).await.expect("an answer");
        body.get("identity").cloned().unwrap_or_default()
    }
}
