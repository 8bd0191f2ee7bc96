//! The messages of forms (Kratos 26.2.0, text/id.go).

use serde_json::{Value, json};

use super::Message;
use crate::config::TestRelease;

// Labels of fields.

pub(crate) fn password() -> Message {
    Message::info(1_070_001, "Password")
}

pub(crate) fn trait_label(name: &str, title: &str) -> Message {
    Message::info(1_070_002, title).with(json!({"name": name, "title": title}))
}

pub(crate) fn save() -> Message {
    Message::info(1_070_003, "Save")
}

pub(crate) fn identifier() -> Message {
    Message::info(1_070_004, "ID")
}

pub(crate) fn verify_code() -> Message {
    Message::info(1_070_006, "Verify code")
}

pub(crate) fn email() -> Message {
    Message::info(1_070_007, "Email")
}

pub(crate) fn resend() -> Message {
    Message::info(1_070_008, "Resend code")
}

pub(crate) fn proceed() -> Message {
    Message::info(1_070_009, "Continue")
}

// Validation errors.

pub(crate) fn generic(reason: &str) -> Message {
    Message::error(4_000_001, reason).with(json!({ "reason": reason }))
}

pub(crate) fn missing(property: &str) -> Message {
    Message::error(4_000_002, format!("Property {property} is missing."))
        .with(json!({ "property": property }))
}

pub(crate) fn invalid_credentials() -> Message {
    let text = "The provided credentials are invalid, check for spelling mistakes in your password or username, email \
                address, or phone number.";
    Message::error(4_000_006, text)
}

pub(crate) fn duplicate() -> Message {
    Message::error(
        4_000_007,
        "An account with the same identifier (email, phone, username, ...) exists already.",
    )
}

pub(crate) fn wrong_totp() -> Message {
    Message::error(4_000_008, "The provided authentication code is invalid, please try again.")
}

/// Kratos 26.2.0 answers as for an authenticator app; later sources have a message of their own (selfservice/strategy/webauthn).
pub(crate) fn wrong_key(release: TestRelease) -> Message {
    if release < TestRelease::Latest {
        return wrong_totp();
    }
    Message::error(4_000_043, "The provided web authn login is invalid, please try again.")
}

pub(crate) fn email_format(value: &Value) -> Message {
    Message::error(4_000_040, "Enter a valid email address").with(json!({ "value": value }))
}

/// No strategy handles the form.
pub(crate) fn no_strategy(id: u64, to: &str) -> Message {
    Message::error(id, format!("Could not find a strategy to {to}. Did you fill out the form correctly?"))
}

pub(crate) fn invalid_code(id: u64, what: &str) -> Message {
    Message::error(id, format!("The {what} code is invalid or has already been used. Please try again."))
}

pub(crate) fn saved() -> Message {
    Message::success(1_050_001, "Your changes have been saved!")
}

/// Returns an error if the password policy refuses the password: too short, or similar to an identifier.
pub(crate) fn password_policy(password: &str, identifiers: &[String]) -> Option<Message> {
    let length = password.chars().count();
    if length < 8 {
        let text = format!("The password must be at least 8 characters long, but got {length}.");
        return Some(Message::error(4_000_032, text).with(json!({"actual_length": length, "min_length": 8})));
    }
    let lower = password.to_lowercase();
    let alike = |identifier: &String| lower.contains(identifier.as_str()) || identifier.contains(&lower);
    identifiers.iter().any(alike).then(|| {
        Message::error(4_000_031, "The password can not be used because it is too similar to the identifier.")
    })
}
