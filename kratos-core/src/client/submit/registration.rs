//! Methods of a registration flow.

use super::body::submit_body;

submit_body! {
    /// A password.
    Password = "password" for RegistrationFlow
    {
        json traits = "traits",
        text password = "password",
    }
    {
    }
}

submit_body! {
    /// A provider of OpenID Connect or OAuth 2. The answer is where the browser goes.
    Oidc = "oidc" for RegistrationFlow
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
    Saml = "saml" for RegistrationFlow
    {
        text provider = "provider",
    }
    {
        /// Traits that the provider does not tell.
        json with_traits = "traits",
    }
}

submit_body! {
    /// A security key (0.9 and later).
    WebAuthn = "webauthn" for RegistrationFlow
    {
        json traits = "traits",
    }
    {
        /// What `webauthn.js` put into the form.
        text with_webauthn_register = "webauthn_register",
        /// What the key is called.
        text with_display_name = "webauthn_register_displayname",
    }
}

submit_body! {
    /// A passkey (1.2 and later).
    Passkey = "passkey" for RegistrationFlow
    {
        json traits = "traits",
    }
    {
        /// What `webauthn.js` put into the form.
        text with_passkey_register = "passkey_register",
    }
}

submit_body! {
    /// A code that is sent (1.1 and later): first the traits, then the same and the code that came.
    Code = "code" for RegistrationFlow
    {
        json traits = "traits",
    }
    {
        /// The code that came.
        text with_code = "code",
        /// Sends another one: the value of the `resend` node.
        text with_resend = "resend",
    }
}

submit_body! {
    /// The profile, as the first of two steps (1.2 and later).
    Profile = "profile" for RegistrationFlow
    {
        json traits = "traits",
    }
    {
        /// `credential-selection` or `previous`.
        text with_screen = "screen",
    }
}
