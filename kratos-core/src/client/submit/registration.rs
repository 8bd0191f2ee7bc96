//! Methods of a registration flow.

use serde_json::Value;

use super::RegistrationBody;

impl RegistrationBody {
    /// Registers with a password.
    pub fn password(traits: Value, password: &str) -> Self {
        Self::of_traits("password", traits).with_field("password", password)
    }

    /// Registers with an OpenID Connect or OAuth 2 provider. A browser is redirected to the provider.
    pub fn oidc(provider: &str) -> Self {
        Self::of_method("oidc").with_query_field("provider", provider)
    }

    /// Registers with a SAML provider (Ory Network, since 25.4). A browser is redirected to the provider.
    pub fn saml(provider: &str) -> Self {
        Self::of_method("saml").with_field("provider", provider)
    }

    /// Registers with a security key (since 0.9). Takes two submits: the traits, then also
    /// [`with_webauthn_register`](Self::with_webauthn_register).
    pub fn webauthn(traits: Value) -> Self {
        Self::of_traits("webauthn", traits)
    }

    /// Registers with a passkey (since 1.2). Takes two submits: the traits, then also
    /// [`with_passkey_register`](Self::with_passkey_register).
    pub fn passkey(traits: Value) -> Self {
        Self::of_traits("passkey", traits)
    }

    /// Registers with a code by mail or SMS (since 1.1). Takes two submits: the traits, then also
    /// [`with_code`](Self::with_code).
    pub fn code(traits: Value) -> Self {
        Self::of_traits("code", traits)
    }

    /// Sends the profile as the first of two steps (since 1.2).
    pub fn profile(traits: Value) -> Self {
        Self::of_traits("profile", traits)
    }

    /// `oidc`, `saml`: sets traits that the provider does not supply.
    pub fn with_traits(self, traits: Value) -> Self {
        self.with_field("traits", traits)
    }

    /// `oidc`: sets parameters of the provider's page, such as `login_hint` (since 1.0).
    pub fn with_upstream_parameters(self, parameters: Value) -> Self {
        self.with_field("upstream_parameters", parameters)
    }

    /// `oidc`: sets the provider's ID token that a native app requested itself (since 1.1).
    pub fn with_id_token(self, id_token: &str) -> Self {
        self.with_field("id_token", id_token)
    }

    /// `oidc`: sets the nonce of the ID token.
    pub fn with_id_token_nonce(self, nonce: &str) -> Self {
        self.with_field("id_token_nonce", nonce)
    }

    /// `webauthn`: sets the value that `webauthn.js` wrote to `webauthn_register`.
    pub fn with_webauthn_register(self, value: &str) -> Self {
        self.with_field("webauthn_register", value)
    }

    /// `webauthn`: sets the name of the security key.
    pub fn with_display_name(self, name: &str) -> Self {
        self.with_field("webauthn_register_displayname", name)
    }

    /// `passkey`: sets the value that `webauthn.js` wrote to `passkey_register`.
    pub fn with_passkey_register(self, value: &str) -> Self {
        self.with_field("passkey_register", value)
    }

    /// `code`: sets the code that the user received.
    pub fn with_code(self, code: &str) -> Self {
        self.with_field("code", code)
    }

    /// `code`: sends another code. `value` is that of the `resend` node.
    pub fn with_resend(self, value: &str) -> Self {
        self.with_field("resend", value)
    }

    /// `profile`: sets the screen to show next, `credential-selection` or `previous`.
    pub fn with_screen(self, screen: &str) -> Self {
        self.with_field("screen", screen)
    }

    fn of_traits(method: &str, traits: Value) -> Self {
        Self::of_method(method).with_traits(traits)
    }
}
