use std::fmt;

use kratos_model::{Identity, QuietText, RawJson, SecretText, Timestamp};
use serde::Deserialize;
use url::Url;

/// What a message's template is made of (Kratos 26.2.0 and its HEAD of July 2026, courier/template). `Debug` shows no value.
///
/// Each template has some of the fields: a code for `*_code_valid`, a link for `*_valid`, neither for `*_invalid`, which go
/// to an address that has no account.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct MessageData {
    /// The recipient.
    pub to: QuietText,
    /// The identity. Kratos' models of a registration have [`MessageData::traits`] instead.
    pub identity: Option<Identity>,
    /// The traits that the user registers with.
    pub traits: Option<RawJson>,
    /// The code to recover an account. In an SMS it is in [`MessageData::verification_code`] (26.2.0,
    /// courier/template/sms/recovery_code.go): use [`MessageData::code`].
    pub recovery_code: Option<SecretText>,
    /// The code to verify an address.
    pub verification_code: Option<SecretText>,
    /// The code to sign in.
    pub login_code: Option<SecretText>,
    /// The code to register.
    pub registration_code: Option<SecretText>,
    /// The link to recover an account.
    pub recovery_url: Option<SecretText>,
    /// The link to verify an address.
    pub verification_url: Option<SecretText>,
    /// How long the code or link is valid (1.1 and later).
    pub expires_in_minutes: Option<i64>,
    /// The URL that began the flow.
    pub request_url: QuietText,
    /// The domain that a code in an SMS is bound to (HEAD: `@domain #code`).
    pub request_url_domain: Option<String>,
    /// The application's data in the flow.
    pub transient_payload: Option<RawJson>,
    /// The OAuth 2 request that the login is for (HEAD).
    pub oauth2_login_request: Option<RawJson>,
    /// When an authenticator was added (HEAD).
    pub added_at: Option<String>,
    /// When an address was changed (HEAD).
    pub changed_at: Option<String>,
}

impl MessageData {
    /// Returns the code of the message, if it has one. Do not log it.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let codes = [&self.recovery_code, &self.verification_code, &self.login_code, &self.registration_code];
        codes.into_iter().flatten().map(SecretText::expose_secret).find(|code| !code.is_empty())
    }

    /// Returns the link of the message, if it has one: an http or https URL. Do not log it.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        let links = [&self.recovery_url, &self.verification_url].into_iter().flatten();
        links
            .map(SecretText::expose_secret)
            .find(|link| Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https")))
    }

    /// Returns the time of an event that the message tells, if its text is a time.
    #[must_use]
    pub fn event_time(&self) -> Option<Timestamp> {
        let text = self.added_at.as_ref().or(self.changed_at.as_ref())?;
        serde_json::from_value(serde_json::Value::from(text.as_str())).ok()
    }

    pub(super) fn language_of_traits(&self) -> Option<String> {
        let of_identity = self.identity.as_ref().and_then(|identity| identity.traits.as_ref());
        let traits = of_identity.or(self.traits.as_ref())?.to_value();
        let names = ["language", "lang", "locale", "preferred_language"];
        names.iter().find_map(|name| traits.get(name)?.as_str()).map(str::to_owned)
    }
}

impl fmt::Debug for MessageData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageData")
            .field("code", &self.code().map(|_| "[redacted]"))
            .field("link", &self.link().map(|_| "[redacted]"))
            .field("expires_in_minutes", &self.expires_in_minutes)
            .finish_non_exhaustive()
    }
}
