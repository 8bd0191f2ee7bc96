//! The name of the session cookie that Kratos accepts.

use std::sync::{
    PoisonError, RwLock,
    atomic::{AtomicU32, Ordering},
};

use crate::{
    credential::Credential,
    diagnosis::{Finding, Topic},
    resolve::Resolution,
};

/// Learns which cookie name Kratos accepts, and whether it refuses most requests at present.
#[derive(Debug, Default)]
pub(super) struct AcceptedName {
    name: RwLock<Option<Box<[u8]>>>,
    /// The last 32 resolutions, the latest in the lowest bit. A set bit is an anonymous one.
    refusals: AtomicU32,
}

/// Longer names are not learned.
const LONGEST_NAME: usize = 256;
/// Of the last 32 resolutions. Kratos answers 401 to everyone when it cannot read its sessions; trying alternatives
/// would then multiply its load.
const SURGE: u32 = 16;

impl AcceptedName {
    /// The candidate to send first: the one of the accepted name, or the credential itself.
    pub(super) fn first_of<'a>(&self, credential: &'a Credential) -> &'a Credential {
        if credential.alternatives().next().is_none() {
            return credential;
        }
        let name = self.name.read().unwrap_or_else(PoisonError::into_inner);
        let Some(name) = name.as_deref() else { return credential };
        credential.candidates().find(|one| one.cookie_name() == Some(name)).unwrap_or(credential)
    }

    /// Notes the resolution of the credential sent first.
    pub(super) fn note(&self, credential: &Credential, resolution: &Resolution) {
        let refused = matches!(resolution, Resolution::Anonymous);
        let next = |last: u32| Some(last << 1 | u32::from(refused));
        let _ = self.refusals.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        if !refused {
            self.learn(credential);
        }
    }

    /// Notes that Kratos accepted this credential.
    pub(super) fn learn(&self, credential: &Credential) {
        let Some(name) = credential.cookie_name().filter(|name| name.len() <= LONGEST_NAME) else { return };
        let known = self.name.read().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(name);
        if !known {
            *self.name.write().unwrap_or_else(PoisonError::into_inner) = Some(name.into());
        }
    }

    /// Whether most of the recent resolutions were anonymous.
    pub(super) fn refusals_surge(&self) -> bool {
        self.refusals.load(Ordering::Relaxed).count_ones() > SURGE
    }
}

/// Logs once that Kratos refused the session cookie of one name and accepted that of another.
pub(super) fn warn(refused: &Credential, accepted: &Credential) {
    finding(refused, accepted).log_once();
}

fn finding(refused: &Credential, accepted: &Credential) -> Finding {
    // Names come from the request: they are escaped and cut.
    let name = |credential: &Credential| {
        let name = credential.cookie_name().unwrap_or_default();
        name.get(..64).unwrap_or(name).escape_ascii().to_string()
    };
    let (refused, accepted) = (name(refused), name(accepted));
    Finding::warning(
        Topic::Cookies,
        format!(
            "a request carries the session cookies `{refused}` and `{accepted}`, and Kratos accepts `{accepted}` only"
        ),
        format!("configure `CredentialReader::with_cookies([\"{accepted}\"])`"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finding_names_both_cookies_and_no_value() {
        let finding = finding(
            &Credential::cookie("ory_kratos_session=s3cret"),
            &Credential::cookie("ory_\nsession=s3cret"),
        );
        let text = finding.to_string();
        assert!(text.contains("`ory_kratos_session` and `ory_\\nsession`"), "{text}");
        assert!(text.contains("with_cookies") && !text.contains("s3cret"), "{text}");
    }
}
