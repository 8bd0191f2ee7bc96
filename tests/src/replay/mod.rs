//! Replays recorded responses: each is decoded into its type of kratos-core and encoded again, and both JSON values must
//! be equal. This finds fields of a release that the models would drop.

mod difference;
mod exchange;
mod table;
mod unknown;

pub use difference::difference;
pub use exchange::{Exchange, versions};
pub use table::{Decoded, Read, Row, TABLE, Verdict, classify};
pub use unknown::{MESSAGES, Unknown};

use std::collections::BTreeMap;

/// The result of replaying one version.
#[derive(Debug, Default)]
pub struct Tally {
    /// Responses that survived decoding and encoding, by type.
    pub passed: BTreeMap<&'static str, usize>,
    /// One message for each response that did not.
    pub failures: Vec<String>,
    /// Responses without a row in the table, as `METHOD path status`, and their number.
    pub untyped: BTreeMap<String, usize>,
}

impl Tally {
    /// Replays exchanges.
    #[must_use]
    pub fn of(exchanges: &[Exchange]) -> Self {
        let mut tally = Self::default();
        for exchange in exchanges {
            match classify(exchange) {
                None => *tally.untyped.entry(exchange.operation()).or_default() += 1,
                Some(row) => match row.check(exchange) {
                    Ok(()) => *tally.passed.entry(row.name).or_default() += 1,
                    Err(why) => tally.failures.push(format!("{} as {}: {why}", exchange.name, row.name)),
                },
            }
        }
        tally
    }

    /// `26.2.0: 41 of 41 (40 not yet typed)`.
    #[must_use]
    pub fn line(&self, version: &str) -> String {
        let passed: usize = self.passed.values().sum();
        let typed = passed + self.failures.len();
        let untyped: usize = self.untyped.values().sum();
        let rest = if untyped == 0 { String::new() } else { format!(" ({untyped} not yet typed)") };
        format!("{version}: {passed} of {typed}{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn exchange(method: &str, url: &str, status: u16, body: &serde_json::Value) -> Exchange {
        let text = json!({
            "request": {"method": method, "url": url, "headers": {}, "body": ""},
            "response": {"status": status, "headers": [["Location", "/"]], "body": body},
        });
        Exchange::parse("x", &text.to_string()).unwrap()
    }

    fn answer_type(method: &str, url: &str, status: u16, body: &serde_json::Value) -> Option<&'static str> {
        classify(&exchange(method, url, status, body)).map(|row| row.name)
    }

    #[test]
    fn type_follows_from_method_path_and_status() {
        let error = json!({"error": {"message": "no"}});
        for (method, path, status, name) in [
            ("GET", "/sessions/whoami?tokenize_as=jwt", 200, Some("Session")),
            ("GET", "/sessions/whoami", 401, Some("ErrorEnvelope")),
            ("GET", "/admin/sessions", 200, Some("[Session]")),
            ("GET", "/admin/identities/9ebc7ddf-0d64-4a4f-8163-b9597344e66d", 200, Some("Identity")),
            ("GET", "/identities", 200, Some("[Identity]")),
            ("DELETE", "/identities/9ebc7ddf-0d64-4a4f-8163-b9597344e66d", 204, Some("nothing")),
            ("GET", "/self-service/login/browser", 303, Some("redirect")),
            ("GET", "/self-service/surprise", 200, None),
        ] {
            let told = answer_type(method, &format!("http://localhost:1{path}"), status, &error);
            assert_eq!(told, name, "{method} {path} {status}");
        }
    }

    #[test]
    fn undecodable_and_lossy_responses_are_failures() {
        let whoami = "http://localhost:1/sessions/whoami";
        let id = "9ebc7ddf-0d64-4a4f-8163-b9597344e66d";
        let good =
            exchange("GET", whoami, 200, &json!({"id": id, "active": true, "devices": null, "new": [1]}));
        let no_id = exchange("GET", whoami, 200, &json!({"active": true}));
        let not_json = exchange("GET", whoami, 200, &json!("<html>"));
        let untyped = exchange("GET", "http://localhost:1/self-service/surprise", 200, &json!({}));
        let tally = Tally::of(&[good, no_id, not_json, untyped]);
        assert_eq!(tally.failures.len(), 2, "{:?}", tally.failures);
        assert_eq!(tally.line("1.2.3"), "1.2.3: 1 of 3 (1 not yet typed)");
        let lossy = Row {
            name: "lossy",
            methods: &["GET"],
            path: "/sessions/whoami",
            statuses: |_| true,
            read: Read::Json(|_| {
                let json = json!({"id": 1, "a": [true, false]});
                Ok(Decoded { json, value: Box::new(()) })
            }),
        };
        let said = exchange("GET", whoami, 200, &json!({"id": 1, "a": [true, true]}));
        assert_eq!(lossy.check(&said).unwrap_err(), "lost at /a/1: was true, is false");
    }
}
