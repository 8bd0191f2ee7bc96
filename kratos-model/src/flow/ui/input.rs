//! Input nodes.

use serde_json::Value;

use super::{NodeType, UiText};
use crate::wire::{RawJson, open_enum, wire_struct};

wire_struct! {
    /// The attributes of an `<input>`.
    pub struct InputAttributes {
        required {
            /// The name in the submitted form.
            name: String = "name",
        }
        optional {
            /// The type.
            kind: Option<InputType> = "type",
            /// The value, any JSON. `Debug` hides it: it may be the CSRF token or user input.
            value: Option<RawJson> = "value",
            /// Whether a value is required.
            required: bool = "required",
            /// Whether the input is disabled.
            disabled: bool = "disabled",
            /// The autofill hint (0.11 and later).
            autocomplete: Option<Autocomplete> = "autocomplete",
            /// The label in older releases; newer ones send [`super::UiMeta::label`].
            label: Option<UiText> = "label",
            /// The pattern that a value must match.
            pattern: Option<String> = "pattern",
            /// The maximum length of a value, in UTF-16 code units (1.3 and later).
            maxlength: Option<i64> = "maxlength",
            /// JavaScript source (0.8 and later). Do not run it; use `onclick_trigger`.
            onclick: Option<String> = "onclick",
            /// The function of `webauthn.js` to call on click (1.3 and later).
            onclick_trigger: Option<WebAuthnTrigger> = "onclickTrigger",
            /// JavaScript source (1.2 and later). Do not run it; use `onload_trigger`.
            onload: Option<String> = "onload",
            /// The function of `webauthn.js` to call when the page has loaded (1.3 and later).
            onload_trigger: Option<WebAuthnTrigger> = "onloadTrigger",
            /// The options of a select (after 26.2.0).
            options: Vec<InputOption> = "options",
            /// Always `input` (0.8 and later).
            node_type: Option<NodeType> = "node_type",
        }
    }
}

impl InputAttributes {
    /// Returns the value as text: a string without quotes, other types as JSON. Returns `None` for no value and for
    /// `null`.
    #[must_use]
    pub fn value_text(&self) -> Option<String> {
        match self.value.as_ref()?.to_value() {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        }
    }
}

wire_struct! {
    /// An option of a select.
    pub struct InputOption {
        required {}
        optional {
            /// The value.
            value: Option<RawJson> = "value",
            /// The label.
            label: Option<UiText> = "label",
        }
    }
}

open_enum! {
    /// The type of an input.
    pub enum InputType {
        /// Text.
        Text = "text",
        /// A password.
        Password = "password",
        /// A number.
        Number = "number",
        /// A checkbox.
        Checkbox = "checkbox",
        /// A hidden input.
        Hidden = "hidden",
        /// An e-mail address.
        Email = "email",
        /// A telephone number (0.11 and later).
        Tel = "tel",
        /// A button that submits the form.
        Submit = "submit",
        /// A button that calls a script (0.8 and later).
        Button = "button",
        /// A date and time.
        DatetimeLocal = "datetime-local",
        /// A date.
        Date = "date",
        /// A URL.
        Url = "url",
    }
}

open_enum! {
    /// An autofill hint (0.11 and later).
    pub enum Autocomplete {
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Tel = "tel",
        /// A URL.
        Url = "url",
        /// The current password.
        CurrentPassword = "current-password",
        /// A new password.
        NewPassword = "new-password",
        /// A one-time code.
        OneTimeCode = "one-time-code",
        /// A user name.
        Username = "username",
        /// A user name or a passkey (25.4 and later).
        UsernameWebauthn = "username webauthn",
    }
}

open_enum! {
    /// A function of `/.well-known/ory/webauthn.js` (1.3 and later).
    pub enum WebAuthnTrigger {
        /// Registers a security key.
        WebAuthnRegistration = "oryWebAuthnRegistration",
        /// Signs in with a security key.
        WebAuthnLogin = "oryWebAuthnLogin",
        /// Signs in with a passkey.
        PasskeyLogin = "oryPasskeyLogin",
        /// Offers passkeys in the identifier field.
        PasskeyLoginAutocompleteInit = "oryPasskeyLoginAutocompleteInit",
        /// Registers with a passkey.
        PasskeyRegistration = "oryPasskeyRegistration",
        /// Adds a passkey.
        PasskeySettingsRegistration = "oryPasskeySettingsRegistration",
    }
}
