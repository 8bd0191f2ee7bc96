//! What not every server offers.

use crate::lab::{Era, Server};

/// Something that a scenario needs of its server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// AAL2 by TOTP.
    SecondFactor,
    /// Revoking a session by the admin port.
    AdminRevocation,
    /// Revoking a session of one's own.
    OwnRevocation,
    /// Extending a session by the admin port.
    Extension,
    /// Deactivating an identity by a patch.
    IdentityState,
    /// `whoami?tokenize_as=`.
    Tokenize,
    /// Sessions without assurance levels.
    NoLevels,
    /// Looking at every session cookie of a request that carries several of one name.
    AnyDuplicate,
    /// Sessions that end while the suite looks on.
    Expiry,
    /// The endpoints and answers of today: browser flows over AJAX, `/admin`, codes by mail.
    Modern,
    /// Browser flows answered in JSON.
    Ajax,
    /// Login and registration by a code.
    PasswordlessCode,
    /// A login that begins with the identifier.
    IdentifierFirst,
    /// A login with identifier and password in one form.
    Unified,
    /// Registration in two steps.
    TwoSteps,
    /// Registration in one step.
    OneStep,
    /// Sessions that stay privileged long enough to change something.
    LongPrivilege,
    /// Sessions that are soon no longer privileged.
    ShortPrivilege,
    /// Login flows that are over soon.
    ShortLogin,
    /// What came between 1.3 and 26.2.
    Newest,
}

impl Server {
    /// Why this server does not offer something; none when it does.
    #[must_use]
    pub fn lacks(&self, feature: Feature) -> Option<&'static str> {
        let strict = self.profile == "strict";
        match feature {
            Feature::Modern => (self.era() < Era::V1).then_some("these endpoints and answers came with 1.0"),
            Feature::Ajax => (self.era() < Era::V0_7).then_some("answers to browsers' scripts came with 0.7"),
            Feature::PasswordlessCode | Feature::IdentifierFirst | Feature::OneStep | Feature::ShortLogin
                if self.era() >= Era::V1 =>
            {
                (!strict).then_some("the strict configuration alone has it")
            }
            Feature::Unified | Feature::TwoSteps | Feature::LongPrivilege if self.era() >= Era::V1 => {
                strict.then_some("the plain configuration alone has it")
            }
            Feature::ShortPrivilege if self.era() >= Era::V1 => {
                (!strict).then_some("the strict configuration alone has it")
            }
            Feature::PasswordlessCode
            | Feature::IdentifierFirst
            | Feature::OneStep
            | Feature::ShortLogin
            | Feature::TwoSteps
            | Feature::ShortPrivilege => Some("it came with 1.0"),
            Feature::Unified | Feature::LongPrivilege => None,
            Feature::Newest => (!self.version.starts_with("26.")).then_some("it came after 1.3"),
            Feature::Expiry if self.testkit.is_some() => None,
            Feature::Expiry => Some("its sessions live an hour, and nothing ages one over HTTP"),
            Feature::NoLevels => (self.era() >= Era::V1).then_some("its sessions have levels"),
            _ if self.era() >= Era::V1 => None,
            Feature::SecondFactor => Some("second factors came with 0.8"),
            Feature::AdminRevocation => Some("revoking a session by the admin port came with 0.11"),
            Feature::OwnRevocation => Some("revoking a session of one's own came with 0.8.3"),
            Feature::Extension => Some("extending sessions came with 0.10"),
            Feature::IdentityState => Some("patching identities came with 0.11"),
            Feature::AnyDuplicate => Some("0.6 and 0.7 look at the first cookie of a name alone"),
            Feature::Tokenize => Some("tokenised sessions came with 1.1"),
        }
    }
}
