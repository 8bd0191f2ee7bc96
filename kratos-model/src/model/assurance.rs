//! Authentication methods and assurance levels.

use crate::wire::open_enum;

open_enum! {
    /// The authenticator assurance level of a session.
    ///
    /// Kratos before 0.8 sends none. Kratos 0.8 to 0.13 define `aal3` and never grant it.
    pub enum Aal {
        /// No factor.
        Aal0 = "aal0",
        /// One factor, for example a password.
        Aal1 = "aal1",
        /// Two factors, for example a password and a TOTP code.
        Aal2 = "aal2",
        /// Two factors, one of them hardware.
        Aal3 = "aal3",
    }
}

impl Aal {
    /// Returns whether the level stands for at least two factors. Unknown levels do not.
    #[must_use]
    pub fn is_second_factor(&self) -> bool {
        matches!(self, Self::Aal2 | Self::Aal3)
    }
}

open_enum! {
    /// An authentication method: the type of an identity's credential, and the `method` in a session.
    pub enum Method {
        /// A password.
        Password = "password",
        /// Single sign-on by OpenID Connect or OAuth 2.
        Oidc = "oidc",
        /// Single sign-on by SAML (25.4 and later).
        Saml = "saml",
        /// A time-based one-time password (0.8 and later).
        Totp = "totp",
        /// A backup code (0.8 and later).
        LookupSecret = "lookup_secret",
        /// A security key (0.8 and later).
        Webauthn = "webauthn",
        /// A passkey (1.2 and later).
        Passkey = "passkey",
        /// A code sent to an address (1.1 and later).
        Code = "code",
        /// A recovery link (0.8 and later).
        LinkRecovery = "link_recovery",
        /// A recovery code (0.11 and later).
        CodeRecovery = "code_recovery",
        /// A key in the hardware of a native app's device (after 26.2, Ory Network and enterprise builds).
        Deviceauthn = "deviceauthn",
        /// The identifier step of a login (1.3 and later); no identity has such a credential.
        IdentifierFirst = "identifier_first",
        /// The traits step of two-step registration (1.2 and later).
        Profile = "profile",
        /// A session from before 0.8, when Kratos recorded no methods.
        LegacySession = "v0.6_legacy_session",
    }
}
