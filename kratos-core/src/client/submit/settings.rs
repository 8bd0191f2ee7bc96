//! Methods of a settings flow.

use super::body::submit_body;

submit_body! {
    /// New traits. They replace the old ones.
    Profile = "profile" for SettingsFlow
    {
        json traits = "traits",
    }
    {
    }
}

submit_body! {
    /// A new password.
    Password = "password" for SettingsFlow
    {
        text password = "password",
    }
    {
    }
}

submit_body! {
    /// Links or unlinks a provider of OpenID Connect or OAuth 2.
    Oidc = "oidc" for SettingsFlow
    {
    }
    {
        /// Links this provider. The answer is where the browser goes.
        query with_link = "link",
        /// Unlinks this provider.
        query with_unlink = "unlink",
        /// Traits that the provider does not tell.
        json with_traits = "traits",
        /// Parameters for the provider's page (1.0 and later).
        json with_upstream_parameters = "upstream_parameters",
    }
}

submit_body! {
    /// Links or unlinks a provider of SAML (25.4 and later, Ory Network).
    Saml = "saml" for SettingsFlow
    {
    }
    {
        /// Links this provider.
        text with_link = "link",
        /// Unlinks this provider.
        text with_unlink = "unlink",
    }
}

submit_body! {
    /// An authenticator app (0.8 and later).
    Totp = "totp" for SettingsFlow
    {
    }
    {
        /// Enrols it: the code that it shows for the key of the flow.
        text with_code = "totp_code",
        /// Removes it.
        flag with_unlink = "totp_unlink",
    }
}

submit_body! {
    /// Backup codes (0.8 and later). Make them, then confirm that they were kept.
    LookupSecret = "lookup_secret" for SettingsFlow
    {
    }
    {
        /// Shows them.
        flag with_reveal = "lookup_secret_reveal",
        /// Makes new ones.
        flag with_regenerate = "lookup_secret_regenerate",
        /// Confirms that they were kept.
        flag with_confirm = "lookup_secret_confirm",
        /// Removes them.
        flag with_disable = "lookup_secret_disable",
    }
}

submit_body! {
    /// A security key (0.8 and later).
    WebAuthn = "webauthn" for SettingsFlow
    {
    }
    {
        /// Adds it: what `webauthn.js` put into the form.
        text with_register = "webauthn_register",
        /// What it is called.
        text with_display_name = "webauthn_register_displayname",
        /// Removes the one of this id.
        text with_remove = "webauthn_remove",
    }
}

submit_body! {
    /// A passkey (1.2 and later).
    Passkey = "passkey" for SettingsFlow
    {
    }
    {
        /// Adds it: what `webauthn.js` put into the form.
        text with_register = "passkey_settings_register",
        /// Removes the one of this id.
        text with_remove = "passkey_remove",
    }
}
