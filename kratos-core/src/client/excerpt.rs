//! What an error shows of a response that it could not read: words that Kratos wrote, none that the request carried.

use serde_json::{Map, Value};
use url::form_urlencoded;

/// The longest excerpt, in bytes, and the most bytes of a body that are considered.
const LONGEST: usize = 160;
const READ: usize = 4096;
/// The longest word. Session tokens, links and ids are longer.
const LONGEST_WORD: usize = 20;
/// The most names of an object that are shown.
const NAMES: usize = 12;

/// Returns an excerpt of a body: the names of an object, or the words of a text.
pub(super) fn of_body(body: &[u8], sent: &[u8]) -> String {
    if let Ok(object) = serde_json::from_slice::<Map<String, Value>>(body) {
        let names: Vec<&str> =
            object.keys().map(String::as_str).filter(|name| is_name(name)).take(NAMES).collect();
        return format!("an object of {}", if names.is_empty() { "…".to_owned() } else { names.join(", ") });
    }
    of_text(&String::from_utf8_lossy(body.get(..READ).unwrap_or(body)), sent)
}

/// Returns an excerpt of a text, without what is quoted in it, and without words that have digits, are long, or occur in
/// the request's body.
pub(super) fn of_text(text: &str, sent: &[u8]) -> String {
    let carried = carried(sent);
    let mut excerpt = String::new();
    for word in unquoted(text).split_whitespace() {
        let word = if is_shown(word, &carried) { word } else { "…" };
        if word == "…" && excerpt.ends_with('…') {
            continue;
        }
        if excerpt.len() + word.len() >= LONGEST {
            break;
        }
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
    }
    if excerpt == "…" { String::new() } else { excerpt }
}

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_WORD
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

fn is_shown(word: &str, carried: &str) -> bool {
    let core = word.trim_matches(|character: char| character.is_ascii_punctuation());
    let is_word = core.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b'/'));
    let is_status = core.len() <= 3 && core.bytes().all(|byte| byte.is_ascii_digit());
    (is_word || is_status)
        && (1..=LONGEST_WORD).contains(&core.len())
        && (core.len() < 3 || !carried.contains(&core.to_ascii_lowercase()))
}

/// Replaces what is in quotes.
fn unquoted(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut quote = None;
    let mut before = ' ';
    for character in text.chars().take(READ) {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            // An apostrophe follows a letter.
            None if matches!(character, '"' | '`') || (character == '\'' && !before.is_alphanumeric()) => {
                quote = Some(character);
                plain.push('…');
            }
            None => plain.push(character),
        }
        before = character;
    }
    plain
}

/// The values of a request's body in lower case.
fn carried(sent: &[u8]) -> String {
    fn collect(value: &Value, into: &mut String) {
        match value {
            Value::String(text) => {
                into.push_str(text);
                into.push(' ');
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
            Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
            _ => {}
        }
    }
    let mut all = String::new();
    match serde_json::from_slice(sent) {
        Ok(value) => collect(&value, &mut all),
        Err(_) => form_urlencoded::parse(sent).for_each(|(name, value)| {
            all.push_str(&name);
            all.push(' ');
            all.push_str(&value);
            all.push(' ');
        }),
    }
    all.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_server_are_shown_and_those_of_a_request_are_not() {
        let sent = br#"{"identifier": "Ada Lovelace", "password": "correct horse", "n": [{"x": "deep"}]}"#;
        for (text, shown) in [
            ("sqlite update: database is locked", "sqlite update: database is locked"),
            ("no identity ada@example.org, code 123456", "no identity … code …"),
            ("upstream answered 502 (Bad Gateway)", "upstream answered 502 (Bad Gateway)"),
            ("ory_st_abcdefghijklmnopqrstuvw and \"quoted words\" and 'more' can't", "… and … and …"),
            ("Lovelace said correct horse deep down", "… said … down"),
            ("eyJhbGciOiJIUzI1NiJ9.e30.x", ""),
            ("", ""),
        ] {
            assert_eq!(of_text(text, sent), shown, "{text}");
        }
        assert!(of_text(&"words ".repeat(500), b"").len() <= LONGEST);
        assert_eq!(of_text("said horse and battery", b"password=horse+battery"), "said … and …");
    }

    #[test]
    fn an_object_is_shown_by_its_names() {
        let body = br#"{"id": "s3cret", "ui": {"x": "s3cret"}, "a name with spaces": 1}"#;
        assert_eq!(of_body(body, b""), "an object of id, ui");
        assert_eq!(of_body(br#"{"1": 2}"#, b""), "an object of …");
        assert_eq!(of_body(b"<html> Bad gateway </html>", b""), "<html> Bad gateway </html>");
    }
}
