//! Features that not every server offers.

use crate::lab::{Era, Server};

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
    /// Deactivating an identity with a patch.
    IdentityState,
    /// `whoami?tokenize_as=`.
    Tokenize,
    /// Sessions without assurance levels.
    NoLevels,
    /// Trying every session cookie of a request that carries several of one name.
    AnyDuplicate,
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
    /// Features added between 1.3 and 26.2.
    Newest,
}

impl Server {
    /// Returns why this server does not offer the feature, or `None` if it does.
    #[must_use]
    pub fn lacks(&self, feature: Feature) -> Option<&'static str> {
        let strict = self.profile == "strict";
        match feature {
            Feature::Modern => (self.era() < Era::V1).then_some("added in 1.0"),
            Feature::Ajax => (self.era() < Era::V0_7).then_some("AJAX was added in 0.7"),
            Feature::PasswordlessCode | Feature::IdentifierFirst | Feature::OneStep | Feature::ShortLogin
                if self.era() >= Era::V1 =>
            {
                (!strict).then_some("only in the strict configuration")
            }
            Feature::Unified | Feature::TwoSteps | Feature::LongPrivilege if self.era() >= Era::V1 => {
                strict.then_some("only in the plain configuration")
            }
            Feature::ShortPrivilege if self.era() >= Era::V1 => {
                (!strict).then_some("only in the strict configuration")
            }
            Feature::PasswordlessCode
            | Feature::IdentifierFirst
            | Feature::OneStep
            | Feature::ShortLogin
            | Feature::TwoSteps
            | Feature::ShortPrivilege => Some("added in 1.0"),
            Feature::Unified | Feature::LongPrivilege => None,
            Feature::Newest => (!self.version.starts_with("26.")).then_some("added after 1.3"),
            Feature::Expiry if self.testkit.is_some() => None,
            Feature::Expiry => Some("its sessions live an hour, and its API cannot age one"),
            Feature::NoLevels => (self.era() >= Era::V1).then_some("its sessions have assurance levels"),
            _ if self.era() >= Era::V1 => None,
            Feature::SecondFactor => Some("second factors were added in 0.8"),
            Feature::AdminRevocation => Some("revoking a session as an admin was added in 0.11"),
            Feature::OwnRevocation => Some("revoking one's own session was added in 0.8.3"),
            Feature::Extension => Some("extending sessions was added in 0.10"),
            Feature::IdentityState => Some("patching identities was added in 0.11"),
            Feature::AnyDuplicate => Some("0.6 and 0.7 read only the first cookie of a name"),
            Feature::Tokenize => Some("tokenised sessions were added in 1.1"),
        }
    }
}
