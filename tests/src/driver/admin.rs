//! Operators' calls on sessions, and verification of an address by mail.

use super::Person;
use crate::http::{Answer, Jar, client};
use regex::Regex;
use serde_json::{Value, json};
use std::time::Duration;

impl Person {
    /// Deletes the identity and all its sessions.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn delete(&self) {
        let path = format!("/identities/{}", self.identity_id);
        let _ = Answer::of(client().delete(self.server.admin(&path))).await.expect(&[204]);
    }

    /// Revokes a session through the admin API. Since Kratos 0.11.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn revoke(&self, session: &Value) {
        let path = format!("/sessions/{}", session["id"].as_str().expect("a session's id"));
        let _ = Answer::of(client().delete(self.server.admin(&path))).await.expect(&[204]);
    }

    /// Extends a session through the admin API. Since Kratos 0.10.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn extend(&self, session: &Value) {
        let id = session["id"].as_str().expect("a session's id");
        let path = format!("/sessions/{id}/extend");
        let request = client().patch(self.server.admin(&path)).header("accept", "application/json");
        let _ = Answer::of(request).await.expect(&[200, 204]);
    }

    /// Sets the identity's state (`active`, `inactive`). Since Kratos 0.8.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn set_state(&self, state: &str) {
        let path = self.server.admin(&format!("/identities/{}", self.identity_id));
        let patch = json!([{"op": "replace", "path": "/state", "value": state}]);
        let _ = Answer::of(client().patch(path).json(&patch)).await.expect(&[200]);
    }

    /// Verifies the user's address: requests a mail and uses its code or link.
    ///
    /// # Panics
    /// If no mail arrives or the server refuses.
    pub async fn verify_address(&self) {
        let known = self.server.mailbox.mails(&self.email).len();
        // Registration sends a mail too. Waiting for it first keeps the two apart.
        if known == 0 {
            let _ = self.server.mailbox.wait(&self.email, 0, Duration::from_secs(30)).await;
        }
        let known = known.max(1);
        let flow = self.server.native_flow("verification/api", None).await;
        let method = if self.server.is_since(0, 11) { "code" } else { "link" };
        let body = json!({"method": method, "email": self.email});
        let sent = self.server.submit_native(&flow, &body, None).await.expect(&[200]).json();
        let mail = self.server.mailbox.wait(&self.email, known, Duration::from_secs(30)).await;
        if self.server.is_since(0, 11) {
            let body = json!({"method": "code", "code": mail.code("verification_code")});
            let _ = self.server.submit_native(&sent, &body, None).await.expect(&[200]);
        } else {
            let text = mail.body.unwrap_or_default();
            let link =
                Regex::new(r#"https?://[^\s"<>]+/self-service/verification[^\s"<>]+"#).expect("a pattern");
            let link = link.find(&text).unwrap_or_else(|| panic!("no link in {text}"));
            let link = self.server.rebase(&link.as_str().replace("&amp;", "&"));
            let _ = Jar::default()
                .send(client().get(link).header("accept", "text/html"))
                .await
                .expect(&[302, 303]);
        }
    }
}
