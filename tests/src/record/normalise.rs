//! Replaces what another run of the same server gives differently: ids, times, addresses, ports and the names of CSRF cookies.

use regex::{Captures, Regex};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

/// The headers of a response that say nothing about Kratos.
const DROPPED: &[&str] = &["date", "content-length"];

const ID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/// The path with `id` in place of each id.
pub(super) fn without_ids(path: &str) -> String {
    static IDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(ID).expect("a pattern"));
    IDS.replace_all(path, "id").into_owned()
}

/// A pattern, and what is written in its place.
struct Rule {
    pattern: Regex,
    instead: fn(&mut Numbers, &Captures<'_>) -> String,
}

/// Numbers of what was seen, in the order of its appearance.
#[derive(Debug, Default)]
struct Numbers(BTreeMap<&'static str, BTreeMap<String, usize>>);

impl Numbers {
    fn of(&mut self, kind: &'static str, text: &str) -> usize {
        let known = self.0.entry(kind).or_default();
        let next = known.len() + 1;
        *known.entry(text.to_owned()).or_insert(next)
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |pattern, instead| Rule { pattern: Regex::new(pattern).expect("a pattern"), instead };
    vec![
        // No word begins where a percent-encoded space ends.
        rule(ID, |numbers, found| {
            if found[0].starts_with("00000000-0000") {
                return found[0].to_owned();
            }
            format!("00000000-0000-4000-8000-{:012x}", numbers.of("id", &found[0]))
        }),
        // A time of the same zone. Go writes no trailing zero, so that only the unit is told: none, micro- or nanoseconds.
        rule(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9:]{5})", |_, found| {
            let digits = |found: regex::Match<'_>| if found.len() > 7 { ".123456789" } else { ".123456" };
            let fraction = found.get(1).map(digits).unwrap_or_default();
            format!("2026-01-02T03:04:05{fraction}{}", &found[2])
        }),
        rule(r"\b[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT", |_, _| {
            "Fri, 02 Jan 2026 03:04:05 GMT".to_owned()
        }),
        rule(r"\b[a-z][0-9a-f]{32}(@|%40)example\.org", |numbers, found| {
            format!("user{}{}example.org", numbers.of("user", &found[0].replace("%40", "@")), &found[1])
        }),
        // The challenge and the user's handle in the options of WebAuthn, which a node holds as text. A handle has 16 or 64 bytes.
        rule(r#""(challenge|id)":"([A-Za-z0-9_+/=-]{22}|[A-Za-z0-9_+/=-]{40,})""#, |_, found| {
            format!("\"{}\":\"{}\"", &found[1], "x".repeat(found[2].len()))
        }),
        // What an authorization or a page's token holds.
        rule(r"\b(code_challenge|page_token)=[A-Za-z0-9_-]{20,}", |_, found| {
            format!("{}={}", &found[1], "x".repeat(43))
        }),
        // The hash of the configuration.
        rule(r"^[0-9a-f]{64}$", |_, _| "0".repeat(64)),
        rule(r"\bcsrf_token_[0-9a-f]{64}\b", |_, _| format!("csrf_token_{}", "0".repeat(64))),
        // Ports of loopback alone are those of the run.
        rule(r"\b(localhost|127\.0\.0\.1)(:|%3A)[0-9]{4,5}\b", |numbers, found| {
            let number = numbers.of("port", found[0].rsplit([':', 'A']).next().unwrap_or_default());
            format!("{}{}{}", &found[1], &found[2], 4432 + number)
        }),
    ]
});

/// Replaces alike what is alike in all exchanges of a recorder.
#[derive(Debug, Default)]
pub struct Normaliser {
    numbers: Mutex<Numbers>,
}

impl Normaliser {
    /// Replaces in one exchange.
    ///
    /// # Panics
    /// If another thread panicked meanwhile.
    pub fn normalise(&self, exchange: &mut Value) {
        let mut numbers = self.numbers.lock().expect("no panic elsewhere");
        if let Some(headers) = exchange["response"]["headers"].as_array_mut() {
            headers.retain(|line| {
                !DROPPED.contains(&line[0].as_str().unwrap_or_default().to_ascii_lowercase().as_str())
            });
        }
        texts(exchange, &mut |text| {
            // Of metrics only the names stay.
            if text.starts_with("# HELP ") {
                let lines: Vec<_> = text.lines().filter(|line| line.starts_with('#')).collect();
                *text = lines.join("\n");
            }
            for Rule { pattern, instead } in RULES.iter() {
                let replaced = pattern.replace_all(text, |found: &Captures<'_>| instead(&mut numbers, found));
                if let std::borrow::Cow::Owned(replaced) = replaced {
                    *text = replaced;
                }
            }
        });
    }
}

fn texts(value: &mut Value, change: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| texts(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|field| texts(field, change)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn trailing_zeros_challenges_and_metrics_of_another_run_are_the_same() {
        let run = |time: &str, challenge: &str, metric: &str| {
            let mut exchange = json!({"response": {"body": [time, format!("{{\"challenge\":\"{challenge}\"}}"),
                format!("# HELP go_goroutines Number.\ngo_goroutines {metric}\n")]}});
            Normaliser::default().normalise(&mut exchange);
            exchange
        };
        let first = run("2026-11-28T12:23:55.12345Z", &"aB".repeat(22), "17");
        assert_eq!(first, run("2026-11-28T12:23:55.123456Z", &"c_".repeat(22), "23"));
        assert_ne!(first, run("2026-11-28T12:23:55.12345678Z", &"c_".repeat(22), "23"));
    }

    #[test]
    fn handles_and_hashes_of_another_run_are_the_same() {
        let run = |handle: &str, hash: &str| {
            let text = format!(r#"f({{"user":{{"id":"{handle}"}},"rp":{{"id":"localhost"}}}})"#);
            let link =
                format!("/auth?client_id=lab&code_challenge={handle}&page_token={handle}&response_type=code");
            let mut exchange = json!({"response": {"body": [text, hash, link]}});
            Normaliser::default().normalise(&mut exchange);
            exchange
        };
        let first = run("ez321C55Taa85XKma1ndTQ", &"e4".repeat(32));
        assert_eq!(first, run("S7coVS3RR6GJ89jixPb7Xw", &"a2".repeat(32)));
        let kept = first.to_string();
        assert!(kept.contains("localhost") && kept.contains("&response_type=code"), "{kept}");
    }

    #[test]
    fn two_runs_give_the_same_text() {
        let run = |id: &str, user: &str, port: &str, time: &str| {
            let normaliser = Normaliser::default();
            let mut exchange = json!({
                "request": {"url": format!("http://localhost:{port}/x?id={id}")},
                "response": {
                    "headers": [["Date", time], ["Set-Cookie", format!("csrf_token_{}=x", "a1".repeat(32))]],
                    "body": {"id": id, "email": format!("p{user}@example.org"), "at": time, "none":
                        "00000000-0000-0000-0000-000000000000"},
                },
            });
            normaliser.normalise(&mut exchange);
            exchange
        };
        let (one, two) = ("cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "9e1ccd0e-1dd9-4948-8b0b-0b0b0b0b0b0c");
        let first = run(one, &"a1".repeat(16), "33053", "2026-11-28T12:23:55.123456Z");
        let second = run(two, &"b2".repeat(16), "28003", "2026-11-27T02:00:01.654321Z");
        assert_eq!(first, second);
        assert_eq!(first["response"]["body"]["at"], "2026-01-02T03:04:05.123456Z");
        assert_eq!(
            first["request"]["url"],
            "http://localhost:4433/x?id=00000000-0000-4000-8000-000000000001"
        );
        assert_eq!(first["response"]["body"]["none"], "00000000-0000-0000-0000-000000000000");
        assert_eq!(first["response"]["headers"].as_array().unwrap().len(), 1);
    }
}
