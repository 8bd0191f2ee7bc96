//! Features that not every server offers.

use crate::lab::Server;

/// A feature that a scenario needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// AAL2 by TOTP.
    SecondFactor,
    /// Revoking a session through the admin API.
    AdminRevocation,
    /// Revoking one's own session.
    OwnRevocation,
    /// Extending a session through the admin API.
    Extension,
    /// Setting a browser's cookie again after its session was extended.
    Reissue,
    /// Deactivating an identity with a patch.
    IdentityState,
    /// `whoami?tokenize_as=`.
    Tokenize,
    /// Sessions without assurance levels.
    NoLevels,
    /// Sessions that the suite can make expire.
    Expiry,
    /// The API since 1.0: browser flows over AJAX, `/admin`, codes by mail.
    Modern,
    /// Browser flows answered as JSON.
    Ajax,
    /// Login and registration with a code.
    PasswordlessCode,
    /// A login flow that asks for the identifier first.
    IdentifierFirst,
    /// A login flow with identifier and password in one form.
    Unified,
    /// Registration in two steps.
    TwoSteps,
    /// Registration in one step.
    OneStep,
    /// Sessions that stay privileged long enough to change a credential.
    LongPrivilege,
    /// Sessions that stop being privileged after seconds.
    ShortPrivilege,
    /// Login flows that expire after seconds.
    ShortLogin,
    /// Features added between 25.4 and 26.2.
    Newest,
    /// What 1.1 added.
    Since1_1,
    /// Redirects to Kratos' own URL.
    OwnRedirects,
    /// Answers that 1.3 changed.
    Since1_3,
    /// Refusing a session cookie whose value is percent-encoded.
    RawCookie,
}

impl Server {
    /// Returns why this server does not offer the feature, or `None` if it does.
    #[must_use]
    pub fn lacks(&self, feature: Feature) -> Option<&'static str> {
        let strict = self.profile == "strict";
        let since = |major, minor, why| (!self.is_since(major, minor)).then_some(why);
        let only_strict = (!strict).then_some("only in the strict configuration");
        let only_plain = strict.then_some("only in the plain configuration");
        match feature {
            Feature::Modern => since(1, 0, "added in 1.0"),
            Feature::Ajax => since(0, 7, "AJAX was added in 0.7"),
            Feature::PasswordlessCode => {
                since(1, 1, "login and registration by code were added in 1.1").or(only_strict)
            }
            Feature::IdentifierFirst => since(1, 3, "identifier first was added in 1.3").or(only_strict),
            Feature::TwoSteps => since(1, 2, "registration in two steps was added in 1.2").or(only_plain),
            Feature::OneStep if self.is_since(1, 2) => only_strict,
            Feature::OneStep => since(1, 0, "added in 1.0"),
            Feature::Unified if self.is_since(1, 3) => only_plain,
            Feature::Unified => None,
            Feature::LongPrivilege => only_plain,
            Feature::ShortPrivilege | Feature::ShortLogin => only_strict,
            Feature::Since1_1 => since(1, 1, "added in 1.1"),
            Feature::OwnRedirects => since(0, 11, "redirects to the pages directly, until 0.10"),
            Feature::Since1_3 => since(1, 3, "answers otherwise before 1.3"),
            Feature::RawCookie => {
                let decodes = self.is_since(0, 9) && !self.is_since(0, 13);
                decodes.then_some("0.9 to 0.11 decode percent-encoded cookies")
            }
            Feature::Newest => since(26, 0, "added after 25.4"),
            Feature::Expiry if self.testkit.is_some() => None,
            Feature::Expiry => Some("its sessions live an hour, and its API cannot age one"),
            Feature::NoLevels => self.is_since(0, 8).then_some("its sessions have assurance levels"),
            Feature::SecondFactor => since(0, 8, "second factors were added in 0.8"),
            Feature::AdminRevocation => since(0, 11, "revoking a session as an admin was added in 0.11"),
            Feature::OwnRevocation => since(0, 9, "revoking one's own session was added in 0.9"),
            Feature::Extension => since(0, 10, "extending sessions was added in 0.10"),
            Feature::Reissue => since(0, 11, "whoami sets the cookie of an extended session since 0.11"),
            Feature::IdentityState => since(0, 11, "patching identities was added in 0.11"),
            Feature::Tokenize => since(1, 1, "tokenized sessions were added in 1.1"),
        }
    }
}
