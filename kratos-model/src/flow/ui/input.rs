//! Input nodes.

use serde_json::Value;

use super::{NodeType, UiText};
use crate::wire::{RawJson, open_enum, wire_struct};

wire_struct! {
    /// What an `<input>` needs.
    pub struct InputAttributes {
        required {
            /// The field's name in the submit body.
            name: String = "name",
        }
        optional {
            /// Its type.
            kind: Option<InputType> = "type",
            /// Its value: any JSON. It may be the CSRF token or what somebody typed, so `Debug` hides it.
            value: Option<RawJson> = "value",
            /// Whether it has to be filled in.
            required: bool = "required",
            /// Whether it cannot be changed.
            disabled: bool = "disabled",
            /// What the browser may fill in (0.11 and later).
            autocomplete: Option<Autocomplete> = "autocomplete",
            /// A label of older releases; newer ones have [`super::UiMeta::label`].
            label: Option<UiText> = "label",
            /// The pattern that a value has to match.
            pattern: Option<String> = "pattern",
            /// How long a value may be (1.3 and later).
            maxlength: Option<i64> = "maxlength",
            /// JavaScript text (0.8 and later). Do not run it: use the trigger.
            onclick: Option<String> = "onclick",
            /// The function of `webauthn.js` to call on a click (1.3 and later).
            onclick_trigger: Option<WebAuthnTrigger> = "onclickTrigger",
            /// JavaScript text (1.2 and later). Do not run it: use the trigger.
            onload: Option<String> = "onload",
            /// The function of `webauthn.js` to call when the page is there (1.3 and later).
            onload_trigger: Option<WebAuthnTrigger> = "onloadTrigger",
            /// The values to choose from (after 26.2.0).
            options: Vec<InputOption> = "options",
            /// Always `input` (0.8 and later).
            node_type: Option<NodeType> = "node_type",
        }
    }
}

impl InputAttributes {
    /// The value as a form shows it: a string as it is, a number or truth value in words, an object or list as
    /// JSON text; `None` for no value and for `null`.
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
    /// A value to choose.
    pub struct InputOption {
        required {}
        optional {
            /// The value.
            value: Option<RawJson> = "value",
            /// How it is called.
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
        /// Yes or no.
        Checkbox = "checkbox",
        /// Not shown.
        Hidden = "hidden",
        /// An e-mail address.
        Email = "email",
        /// A telephone number (0.11 and later).
        Tel = "tel",
        /// A button that submits.
        Submit = "submit",
        /// A button that does not (0.8 and later).
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
    /// What a browser may fill in (0.11 and later).
    pub enum Autocomplete {
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Tel = "tel",
        /// A URL.
        Url = "url",
        /// The present password.
        CurrentPassword = "current-password",
        /// A new password.
        NewPassword = "new-password",
        /// A code that was sent.
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
        /// Offers passkeys in the identifier's field.
        PasskeyLoginAutocompleteInit = "oryPasskeyLoginAutocompleteInit",
        /// Signs up with a passkey.
        PasskeyRegistration = "oryPasskeyRegistration",
        /// Adds a passkey.
        PasskeySettingsRegistration = "oryPasskeySettingsRegistration",
    }
}
