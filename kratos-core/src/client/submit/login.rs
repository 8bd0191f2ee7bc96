//! Methods of a login flow.

use super::body::submit_body;

submit_body! {
    /// An identifier and a password. It is sent under both names that releases have for the identifier.
    Password = "password" for LoginFlow
    {
        text identifier = "identifier" | "password_identifier",
        text password = "password",
    }
    {
    }
}

submit_body! {
    /// A provider of OpenID Connect or OAuth 2. The answer is where the browser goes.
    Oidc = "oidc" for LoginFlow
    {
        query provider = "provider",
    }
    {
        /// Traits that the provider does not tell.
        json with_traits = "traits",
        /// Parameters for the provider's page, such as `login_hint` (1.0 and later).
        json with_upstream_parameters = "upstream_parameters",
        /// The provider's id token, which a native app got by itself (1.1 and later).
        text with_id_token = "id_token",
        /// The nonce of that token.
        text with_id_token_nonce = "id_token_nonce",
    }
}

submit_body! {
    /// A provider of SAML (25.4 and later, Ory Network).
    Saml = "saml" for LoginFlow
    {
        text provider = "provider",
    }
    {
    }
}

submit_body! {
    /// The code of an authenticator app, as a second factor (0.8 and later).
    Totp = "totp" for LoginFlow
    {
        text code = "totp_code",
    }
    {
    }
}

submit_body! {
    /// A backup code, as a second factor (0.8 and later).
    LookupSecret = "lookup_secret" for LoginFlow
    {
        text code = "lookup_secret",
    }
    {
    }
}

submit_body! {
    /// A security key (0.8 as a second factor, 0.9 and later alone). First with the identifier alone, then with what the key said.
    WebAuthn = "webauthn" for LoginFlow
    {
        text identifier = "identifier",
    }
    {
        /// What `webauthn.js` put into the form.
        text with_webauthn_login = "webauthn_login",
    }
}

submit_body! {
    /// A passkey (1.2 and later).
    Passkey = "passkey" for LoginFlow
    {
        text passkey_login = "passkey_login",
    }
    {
    }
}

submit_body! {
    /// A code that is sent (1.1 and later): first the identifier, then the code that came.
    Code = "code" for LoginFlow
    {
    }
    {
        /// To whom it is sent.
        text with_identifier = "identifier",
        /// The code that came.
        text with_code = "code",
        /// Sends another one: the value of the `resend` node.
        text with_resend = "resend",
        /// To which address, as a second factor (1.3 and later).
        text with_address = "address",
    }
}

submit_body! {
    /// The identifier alone, where login asks for it first (1.3 and later).
    IdentifierFirst = "identifier_first" for LoginFlow
    {
        text identifier = "identifier",
    }
    {
    }
}
