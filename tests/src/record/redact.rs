//! Replaces the secrets of a recorded exchange.
//!
//! A placeholder has the length and kind of its secret, so that any parser of the secret parses the placeholder: a
//! session token keeps its `ory_st_`, base64 its padding, a code its digits, a URL its parameters.

use regex::{Captures, Regex};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

/// Members whose text is a secret at any depth.
const MEMBERS: &[&str] = &[
    "access_token",
    "client_secret",
    "code",
    "csrf_token",
    "hashed_password",
    "id_token",
    "init_code",
    "initial_access_token",
    "initial_id_token",
    "initial_refresh_token",
    "login_code",
    "logout_token",
    "lookup_secret",
    "ory_session_token",
    "passkey_login",
    "passkey_register",
    "passkey_settings_register",
    "password",
    "recovery_code",
    "refresh_token",
    "registration_code",
    "return_to_code",
    "secret",
    "session_token",
    "session_token_exchange_code",
    "token",
    "tokenized",
    "totp_code",
    "totp_url",
    "verification_code",
    "webauthn_login",
    "webauthn_register",
];

/// Shorter secrets, such as six digits, are only replaced in place: elsewhere an equal text is a coincidence.
const LONG: usize = 8;

const JWT: &str = "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.e30";
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

struct Patterns {
    tokens: Regex,
    jwt: Regex,
    hashes: Regex,
    parameters: Regex,
    nested: Regex,
    digits: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let regex = |text| Regex::new(text).expect("a regular expression");
    Patterns {
        tokens: regex(r"\bory_[a-z]{2,3}_[A-Za-z0-9._~-]+"),
        jwt: regex(r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"),
        hashes: regex(r"\$(2[abxy]|argon2[a-z]*|scrypt|pbkdf2[a-z0-9-]*)\$[A-Za-z0-9$./+=,-]+"),
        parameters: regex(
            r#"(?P<name>(?:[?&]|&amp;)(?:token|code|init_code|return_to_code|session_token|id_token|state|nonce)=)(?P<secret>[^&\#"'<>\s\\]+)"#,
        ),
        nested: regex(
            r#"(?P<name>%(?:3[Ff]|26)(?:token|code|init_code|return_to_code)%3[Dd])(?P<secret>[^%&\#"'<>\s\\]+)"#,
        ),
        digits: regex(r"\b[0-9]{6}\b"),
    }
});

/// Replaces secrets in exchanges, and keeps the long ones to replace them in later places that do not mark them as
/// secrets.
#[derive(Debug, Default)]
pub struct Redactor {
    known: Mutex<BTreeMap<String, String>>,
}

impl Redactor {
    /// Replaces every secret in an exchange.
    ///
    /// # Panics
    /// If another thread panicked while redacting.
    pub fn redact(&self, exchange: &mut Value) {
        let mut known = self.known.lock().expect("no panic elsewhere");
        let request = &mut exchange["request"];
        if let Some(headers) = request["headers"].as_object_mut() {
            for (name, value) in headers {
                if let Value::String(text) = value {
                    *text = header(&mut known, name, text);
                }
            }
        }
        if let Value::String(body) = &mut request["body"] {
            *body = request_body(&mut known, body);
        }
        let response = &mut exchange["response"];
        for line in response["headers"].as_array_mut().into_iter().flatten() {
            let name = line[0].as_str().unwrap_or_default().to_owned();
            if let Value::String(text) = &mut line[1] {
                *text = header(&mut known, &name, text);
            }
        }
        members(&mut known, &mut response["body"]);
        everywhere(&known, exchange);
    }
}

fn hide(known: &mut BTreeMap<String, String>, secret: &str) -> String {
    let instead = placeholder(secret);
    if secret.len() >= LONG && secret != instead {
        known.insert(secret.to_owned(), instead.clone());
        let encoded = form(secret);
        if encoded != secret {
            known.insert(encoded, form(&instead));
        }
    }
    instead
}

fn form(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn header(known: &mut BTreeMap<String, String>, name: &str, text: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "cookie" => {
            let hidden = text.split("; ").map(|pair| match pair.split_once('=') {
                Some((name, value)) => format!("{name}={}", hide(known, value)),
                None => hide(known, pair),
            });
            hidden.collect::<Vec<_>>().join("; ")
        }
        "set-cookie" => {
            let (pair, rest) = text.split_at(text.find(';').unwrap_or(text.len()));
            match pair.split_once('=') {
                Some((name, value)) => format!("{name}={}{rest}", hide(known, value)),
                None => hide(known, pair) + rest,
            }
        }
        "authorization" | "proxy-authorization" => match text.split_once(' ') {
            Some((scheme, secret)) => format!("{scheme} {}", hide(known, secret)),
            None => hide(known, text),
        },
        "x-session-token" | "x-session-cookie" | "x-csrf-token" => hide(known, text),
        _ => text.to_owned(),
    }
}

fn request_body(known: &mut BTreeMap<String, String>, body: &str) -> String {
    if let Ok(mut json) = serde_json::from_str::<Value>(body)
        && (json.is_object() || json.is_array())
    {
        members(known, &mut json);
        return json.to_string();
    }
    if !body.contains('=') || body.contains(['{', '<', '\n']) {
        return body.to_owned();
    }
    let pairs = url::form_urlencoded::parse(body.as_bytes()).into_owned();
    let mut told = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        let secret = MEMBERS.contains(&name.as_str());
        told.append_pair(&name, &if secret { hide(known, &value) } else { value });
    }
    told.finish()
}

fn members(known: &mut BTreeMap<String, String>, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| members(known, item)),
        Value::Object(object) => {
            // A node of a flow's UI names its field beside the value.
            let named =
                object.get("name").and_then(Value::as_str).is_some_and(|name| MEMBERS.contains(&name));
            for (name, member) in object {
                match member {
                    Value::String(text) if MEMBERS.contains(&name.as_str()) || (named && name == "value") => {
                        *text = hide(known, text);
                    }
                    Value::String(text) if name == "src" && text.starts_with("data:image/") => {
                        PIXEL.clone_into(text);
                    }
                    // The text of a mail, which contains codes.
                    Value::String(text) if matches!(name.as_str(), "body" | "subject") => {
                        *text = PATTERNS.digits.replace_all(text, "000000").into_owned();
                    }
                    // A patch names the member in its path.
                    Value::String(text) if name == "value" && text.starts_with('$') => {
                        *text = hide(known, text);
                    }
                    other => members(known, other),
                }
            }
        }
        _ => {}
    }
}

fn everywhere(known: &BTreeMap<String, String>, value: &mut Value) {
    match value {
        Value::String(text) => *text = clean(known, text),
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(known, item)),
        Value::Object(object) => object.values_mut().for_each(|member| everywhere(known, member)),
        _ => {}
    }
}

fn clean(known: &BTreeMap<String, String>, text: &str) -> String {
    let mut text = text.to_owned();
    // In reverse order, so that a secret is replaced before its own prefix.
    for (secret, instead) in known.iter().rev() {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), instead);
        }
    }
    let parameter = |found: &Captures<'_>| format!("{}{}", &found["name"], placeholder(&found["secret"]));
    let hidden = |found: &Captures<'_>| placeholder(&found[0]);
    text = PATTERNS.parameters.replace_all(&text, parameter).into_owned();
    text = PATTERNS.nested.replace_all(&text, parameter).into_owned();
    text = PATTERNS.jwt.replace_all(&text, hidden).into_owned();
    text = PATTERNS.tokens.replace_all(&text, hidden).into_owned();
    PATTERNS.hashes.replace_all(&text, hidden).into_owned()
}

/// The placeholder of a secret. A placeholder is its own placeholder.
fn placeholder(secret: &str) -> String {
    if PATTERNS.jwt.find(secret).is_some_and(|found| found.len() == secret.len()) {
        return format!("{JWT}.{}", "x".repeat(86));
    }
    if uuid::Uuid::try_parse(secret).is_ok() {
        return uuid::Uuid::nil().to_string();
    }
    if let Some(query) = secret.strip_prefix("otpauth://") {
        return format!("otpauth://{}", cover(query, 'A'));
    }
    let kept = match secret.split('_').collect::<Vec<_>>().as_slice() {
        ["ory", kind, _, ..] if kind.len() <= 3 => "ory__".len() + kind.len(),
        _ if secret.starts_with('$') => secret.rfind('$').map_or(0, |last| last + 1),
        _ => 0,
    };
    let (kept, hidden) = secret.split_at(kept.min(secret.len()));
    let all = |kind: fn(char) -> bool| !hidden.is_empty() && hidden.chars().all(kind);
    let letter = if all(|letter| letter.is_ascii_digit()) {
        '0'
    } else if hidden.len() >= 16 && all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()) {
        // base32, as in a TOTP secret
        'A'
    } else {
        'x'
    };
    format!("{kept}{}", cover(hidden, letter))
}

fn cover(text: &str, letter: char) -> String {
    let padding = text.len() - text.trim_end_matches('=').len();
    let percent = text.trim_end_matches("%3D");
    if percent.len() < text.len() {
        return cover(percent, letter) + &text[percent.len()..];
    }
    let covered = text.chars().count() - padding;
    letter.to_string().repeat(covered) + &"=".repeat(padding)
}

#[cfg(test)]
#[path = "redact_tests.rs"]
mod tests;
