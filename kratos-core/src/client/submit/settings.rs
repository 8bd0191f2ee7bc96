//! Methods of a settings flow.

use serde_json::Value;

use super::SettingsBody;

impl SettingsBody {
    /// Replaces the traits.
    pub fn profile(traits: Value) -> Self {
        Self::of_method("profile").with_traits(traits)
    }

    /// Sets a new password.
    pub fn password(password: &str) -> Self {
        Self::of_method("password").with_field("password", password)
    }

    /// Links an account at an OpenID Connect or OAuth 2 provider. A browser is redirected to the provider.
    pub fn link_oidc(provider: &str) -> Self {
        Self::of_method("oidc").with_query_field("link", provider)
    }

    /// Unlinks the account at an OpenID Connect or OAuth 2 provider.
    pub fn unlink_oidc(provider: &str) -> Self {
        Self::of_method("oidc").with_query_field("unlink", provider)
    }

    /// Links an account at a SAML provider (Ory Network, since 25.4). A browser is redirected to the provider.
    pub fn link_saml(provider: &str) -> Self {
        Self::of_method("saml").with_field("link", provider)
    }

    /// Unlinks the account at a SAML provider (Ory Network, since 25.4).
    pub fn unlink_saml(provider: &str) -> Self {
        Self::of_method("saml").with_field("unlink", provider)
    }

    /// Enrols an authenticator app (since 0.8) with the code that it shows for the flow's key.
    pub fn enrol_totp(code: &str) -> Self {
        Self::of_method("totp").with_field("totp_code", code)
    }

    /// Removes the authenticator app (since 0.8).
    pub fn unlink_totp() -> Self {
        Self::of_method("totp").with_field("totp_unlink", true)
    }

    /// Shows the backup codes (since 0.8).
    pub fn reveal_lookup_secrets() -> Self {
        Self::of_method("lookup_secret").with_field("lookup_secret_reveal", true)
    }

    /// Creates new backup codes (since 0.8). They are valid after
    /// [`confirm_lookup_secrets`](Self::confirm_lookup_secrets).
    pub fn regenerate_lookup_secrets() -> Self {
        Self::of_method("lookup_secret").with_field("lookup_secret_regenerate", true)
    }

    /// Confirms that the user stored the new backup codes (since 0.8).
    pub fn confirm_lookup_secrets() -> Self {
        Self::of_method("lookup_secret").with_field("lookup_secret_confirm", true)
    }

    /// Removes the backup codes (since 0.8).
    pub fn disable_lookup_secrets() -> Self {
        Self::of_method("lookup_secret").with_field("lookup_secret_disable", true)
    }

    /// Adds a security key (since 0.8): the value that `webauthn.js` wrote to `webauthn_register`.
    pub fn add_webauthn(value: &str) -> Self {
        Self::of_method("webauthn").with_field("webauthn_register", value)
    }

    /// Removes the security key with this id (since 0.8).
    pub fn remove_webauthn(id: &str) -> Self {
        Self::of_method("webauthn").with_field("webauthn_remove", id)
    }

    /// Adds a passkey (since 1.2): the value that `webauthn.js` wrote to `passkey_settings_register`.
    pub fn add_passkey(value: &str) -> Self {
        Self::of_method("passkey").with_field("passkey_settings_register", value)
    }

    /// Removes the passkey with this id (since 1.2).
    pub fn remove_passkey(id: &str) -> Self {
        Self::of_method("passkey").with_field("passkey_remove", id)
    }

    /// `link_oidc`: sets traits that the provider does not supply.
    pub fn with_traits(self, traits: Value) -> Self {
        self.with_field("traits", traits)
    }

    /// `link_oidc`: sets parameters of the provider's page (since 1.0).
    pub fn with_upstream_parameters(self, parameters: Value) -> Self {
        self.with_field("upstream_parameters", parameters)
    }

    /// `add_webauthn`: sets the name of the security key.
    pub fn with_display_name(self, name: &str) -> Self {
        self.with_field("webauthn_register_displayname", name)
    }
}
