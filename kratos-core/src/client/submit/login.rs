//! Methods of a login flow.

use serde_json::Value;

use super::LoginBody;

impl LoginBody {
    /// Signs in with identifier and password. Sends the identifier under both names that releases have for it.
    pub fn password(identifier: &str, password: &str) -> Self {
        Self::of_method("password")
            .with_field("identifier", identifier)
            .with_field("password_identifier", identifier)
            .with_field("password", password)
    }

    /// Signs in with an OpenID Connect or OAuth 2 provider. A browser is redirected to the provider.
    pub fn oidc(provider: &str) -> Self {
        Self::of_method("oidc").with_query_field("provider", provider)
    }

    /// Signs in with a SAML provider (Ory Network, since 25.4). A browser is redirected to the provider.
    pub fn saml(provider: &str) -> Self {
        Self::of_method("saml").with_field("provider", provider)
    }

    /// Sends the code of an authenticator app as the second factor (since 0.8).
    pub fn totp(code: &str) -> Self {
        Self::of_method("totp").with_field("totp_code", code)
    }

    /// Sends a backup code as the second factor (since 0.8).
    pub fn lookup_secret(code: &str) -> Self {
        Self::of_method("lookup_secret").with_field("lookup_secret", code)
    }

    /// Signs in with a security key, as the second factor (since 0.8) or the only one (since 0.9). Takes two submits: the
    /// identifier, then also [`with_webauthn_login`](Self::with_webauthn_login).
    pub fn webauthn(identifier: &str) -> Self {
        Self::of_method("webauthn").with_field("identifier", identifier)
    }

    /// Signs in with a passkey (since 1.2): the value that `webauthn.js` wrote to `passkey_login`.
    pub fn passkey(passkey_login: &str) -> Self {
        Self::of_method("passkey").with_field("passkey_login", passkey_login)
    }

    /// Signs in with a code by mail or SMS (since 1.1). Takes two submits:
    /// [`with_identifier`](Self::with_identifier), then also [`with_code`](Self::with_code).
    pub fn code() -> Self {
        Self::of_method("code")
    }

    /// Sends the identifier of a login that requires it first (since 1.3).
    pub fn identifier_first(identifier: &str) -> Self {
        Self::of_method("identifier_first").with_field("identifier", identifier)
    }

    /// `oidc`: sets traits that the provider does not supply.
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

    /// `webauthn`: sets the value that `webauthn.js` wrote to `webauthn_login`.
    pub fn with_webauthn_login(self, value: &str) -> Self {
        self.with_field("webauthn_login", value)
    }

    /// `code`: sets the identifier to send the code to.
    pub fn with_identifier(self, identifier: &str) -> Self {
        self.with_field("identifier", identifier)
    }

    /// `code`: sets the code that the user received.
    pub fn with_code(self, code: &str) -> Self {
        self.with_field("code", code)
    }

    /// `code`: sends another code. `value` is that of the `resend` node.
    pub fn with_resend(self, value: &str) -> Self {
        self.with_field("resend", value)
    }

    /// `code` as the second factor: sets the address to send the code to (since 1.3).
    pub fn with_address(self, address: &str) -> Self {
        self.with_field("address", address)
    }
}
