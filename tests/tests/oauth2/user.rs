//! Users of a place.

use kratos_tests::http::{Answer, client};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::place::Place;

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) password: String,
}

impl Place {
    /// Creates a user, with a verified address or without.
    pub(crate) async fn user(&self, is_verified: bool) -> User {
        let email = format!("p{}@example.org", uuid::Uuid::new_v4().simple());
        let password = format!("Zq9-{}", uuid::Uuid::new_v4());
        let mut identity = json!({
            "schema_id": "person", "traits": { "email": email },
            "credentials": { "password": { "config": { "password": password } } },
        });
        if is_verified {
            identity["verifiable_addresses"] =
                json!([{ "value": email, "verified": true, "via": "email", "status": "completed" }]);
        }
        let url = format!("{}/admin/identities", self.kratos_admin);
        let made = Answer::of(client().post(url).json(&identity)).await.expect(&[201]).json();
        User { id: made["id"].as_str().unwrap().to_owned(), email, password }
    }

    /// Enrols TOTP in a session of its own, and returns the secret.
    pub(crate) async fn enrol_totp(&self, user: &User) -> String {
        let login = self.native("login", None).await;
        let body = json!({ "method": "password", "identifier": user.email, "password": user.password });
        let signed_in = self.submit(&login, &body, None).await;
        let token = signed_in["session_token"].as_str().unwrap().to_owned();
        let settings = self.native("settings", Some(&token)).await;
        let nodes = settings["ui"]["nodes"].as_array().unwrap();
        let key = nodes.iter().find(|node| node["attributes"]["id"] == "totp_secret_key").unwrap();
        let secret = key["attributes"]["text"]["text"].as_str().unwrap().to_owned();
        let body = json!({ "method": "totp", "totp_code": code(&secret) });
        self.submit(&settings, &body, Some(&token)).await;
        secret
    }

    async fn native(&self, flow: &str, token: Option<&str>) -> Value {
        let url = format!("{}/self-service/{flow}/api", self.kratos_public);
        let request = client().get(url).header("x-session-token", token.unwrap_or_default());
        Answer::of(request).await.expect(&[200]).json()
    }

    async fn submit(&self, flow: &Value, body: &Value, token: Option<&str>) -> Value {
        let request =
            client().post(flow["ui"]["action"].as_str().unwrap()).header("accept", "application/json");
        let request = request.header("x-session-token", token.unwrap_or_default()).json(body);
        Answer::of(request).await.expect(&[200]).json()
    }
}

/// The current code of a TOTP secret.
pub(crate) fn code(secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).expect("base32");
    Builder::new().with_secret(secret).build_noncompliant().generate_current().to_string()
}
