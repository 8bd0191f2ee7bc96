//! What not every server offers.

use crate::lab::{Era, Server};

/// Something that a scenario needs of its server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// AAL2 by TOTP.
    SecondFactor,
    /// Revoking a person's sessions by the admin port.
    AdminRevocation,
    /// Extending a session by the admin port.
    Extension,
    /// Deactivating an identity by a patch.
    IdentityState,
    /// `whoami?tokenize_as=`.
    Tokenize,
    /// Sessions that end while the suite looks on.
    Expiry,
}

impl Server {
    /// Why this server does not offer something; none when it does.
    #[must_use]
    pub fn lacks(&self, feature: Feature) -> Option<&'static str> {
        match feature {
            Feature::Expiry => Some("its sessions live an hour, and nothing ages one over HTTP"),
            _ if self.era() >= Era::V1 => None,
            Feature::SecondFactor => Some("second factors came with 0.8"),
            Feature::AdminRevocation => Some("revoking sessions by the admin port came with 0.8"),
            Feature::Extension => Some("extending sessions came with 0.10"),
            Feature::IdentityState => Some("patching identities came with 0.11"),
            Feature::Tokenize => Some("tokenised sessions came with 1.1"),
        }
    }
}
