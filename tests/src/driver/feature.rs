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
    /// Login flows that end while the suite looks on.
    ShortFlows,
}

impl Server {
    /// Why this server does not offer something; none when it does.
    #[must_use]
    pub fn lacks(&self, feature: Feature) -> Option<&'static str> {
        match feature {
            Feature::Expiry if self.testkit.is_some() => None,
            Feature::Expiry => Some("its sessions live an hour, and nothing ages one over HTTP"),
            Feature::ShortFlows if self.profile == "strict" => None,
            Feature::ShortFlows => Some("its login flows live ten minutes"),
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
