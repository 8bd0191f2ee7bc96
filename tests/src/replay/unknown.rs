//! The names in recorded exchanges that the types of kratos-model do not name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::{Exchange, Read, classify};

/// The messages of Kratos up to its sources of 2026-07-29 (text/id.go), as ranges of ids.
pub const MESSAGES: &[(i64, i64)] = &[
    (1_010_000, 1_010_025),
    (1_020_000, 1_020_000),
    (1_030_000, 1_030_000),
    (1_040_000, 1_040_009),
    (1_050_000, 1_050_023),
    (1_060_000, 1_060_007),
    (1_070_000, 1_070_018),
    (1_080_000, 1_080_005),
    (4_000_000, 4_000_046),
    (4_010_000, 4_010_011),
    (4_040_000, 4_040_003),
    (4_050_000, 4_050_002),
    (4_060_000, 4_060_006),
    (4_070_000, 4_070_006),
    (5_000_000, 5_000_003),
];

static FIELDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(\w+) \{|extra: \{("[^}]+")\}"#).expect("a pattern"));
static VALUES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(\w+): (?:Some\()?Other\("([^"]+)"\)"#).expect("a pattern"));

/// What was seen and has no name, with how often.
#[derive(Debug, Default)]
pub struct Unknown(pub BTreeMap<String, usize>);

impl Unknown {
    /// Adds the unknown names of an exchange.
    pub fn add(&mut self, exchange: &Exchange) {
        let body = exchange.body.to_string();
        let decoded = match classify(exchange) {
            None => {
                self.count(format!("response without a type: {}", exchange.operation()));
                return;
            }
            Some(row) => match row.read {
                Read::Json(read) | Read::Error(read) if !exchange.body.is_string() => read(&body),
                _ => return,
            },
        };
        let Ok(decoded) = decoded else {
            self.count(format!("response that does not decode: {}", exchange.operation()));
            return;
        };
        let debug = format!("{:?}", decoded.value);
        for found in FIELDS.captures_iter(&debug) {
            for name in
                found.get(2).map_or("", |names| names.as_str()).split(", ").filter(|name| !name.is_empty())
            {
                self.count(format!("field {name} in {}", exchange.operation()));
            }
        }
        for found in VALUES.captures_iter(&debug) {
            self.count(format!("value {:?} of {}", &found[2], &found[1]));
        }
        self.messages(&exchange.body);
    }

    fn messages(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                let is_message = fields.contains_key("text") && fields.contains_key("type");
                if let Some(id) = fields.get("id").and_then(Value::as_i64).filter(|_| is_message)
                    && !MESSAGES.iter().any(|(first, last)| (*first..=*last).contains(&id))
                {
                    self.count(format!("message {id}"));
                }
                fields.values().for_each(|field| self.messages(field));
            }
            Value::Array(items) => items.iter().for_each(|item| self.messages(item)),
            _ => {}
        }
    }

    fn count(&mut self, name: String) {
        *self.0.entry(name).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn unknown_fields_values_and_messages_are_named() {
        let flow = json!({
            "id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "brand_new": 1,
            "ui": {"action": "a", "method": "POST", "messages": [{"id": 9_000_001, "text": "t", "type": "info"}],
                "nodes": [{"type": "input", "group": "newgroup", "attributes": {"name": "x", "node_type": "input"},
                    "messages": [], "meta": {"label": {"id": 1_070_001, "text": "t", "type": "info"}}}]},
        });
        let text = json!({
            "request": {"method": "GET", "url": "http://localhost:1/self-service/login/flows?id=x", "headers": {}, "body": ""},
            "response": {"status": 200, "headers": [], "body": flow},
        });
        let mut unknown = Unknown::default();
        unknown.add(&Exchange::parse("x", &text.to_string()).unwrap());
        let names: Vec<&str> = unknown.0.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "field \"brand_new\" in GET /self-service/login/flows 200",
                "message 9000001",
                "value \"newgroup\" of group",
            ]
        );
    }
}
