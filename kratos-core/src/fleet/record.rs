//! What a record of the log says.

use uuid::Uuid;

use crate::{credential::CacheKey, resolve::Revocation};

/// A record: a revocation, or (`None`) the mark of a log's begin, which revokes nothing.
pub(super) type Content = Option<Revocation>;

/// A random name of the process that wrote a record.
pub(super) type Sender = [u8; 8];

const LENGTH: usize = 1 + 16 + 8;

pub(super) fn encode(content: Content, sender: Sender) -> [u8; LENGTH] {
    let (kind, id) = match content {
        None => (0, [0; 16]),
        Some(Revocation::Key(key)) => (1, *key.as_bytes()),
        Some(Revocation::Session(id)) => (2, *id.as_bytes()),
        Some(Revocation::Identity(id)) => (3, *id.as_bytes()),
        Some(Revocation::All) => (4, [0; 16]),
    };
    let mut bytes = [0; LENGTH];
    let (first, rest) = bytes.split_at_mut(1);
    let (middle, last) = rest.split_at_mut(16);
    first.copy_from_slice(&[kind]);
    middle.copy_from_slice(&id);
    last.copy_from_slice(&sender);
    bytes
}

/// A record of a newer release that this one does not know revokes everything.
pub(super) fn decode(bytes: &[u8]) -> (Content, Option<Sender>) {
    const UNKNOWN: (Content, Option<Sender>) = (Some(Revocation::All), None);
    let Some((kind, rest)) = bytes.split_first() else { return UNKNOWN };
    let Some((id, sender)) = rest.split_first_chunk::<16>() else { return UNKNOWN };
    let Ok(sender) = Sender::try_from(sender) else { return UNKNOWN };
    let content = match kind {
        0 => None,
        1 => Some(Revocation::Key(CacheKey::from_bytes(*id))),
        2 => Some(Revocation::Session(Uuid::from_bytes(*id))),
        3 => Some(Revocation::Identity(Uuid::from_bytes(*id))),
        _ => Some(Revocation::All),
    };
    (content, Some(sender))
}

/// The id by which entries are revoked; `None` for all of them.
pub(super) fn id(revocation: Revocation) -> Option<u128> {
    match revocation {
        Revocation::All => None,
        Revocation::Key(key) => Some(u128::from_le_bytes(*key.as_bytes())),
        Revocation::Session(id) | Revocation::Identity(id) => Some(id.as_u128()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_written_and_an_unknown_one_revokes_everything() {
        let id = Uuid::from_u128(7);
        let key = CacheKey::from_bytes([9; 16]);
        for content in [
            None,
            Some(Revocation::Key(key)),
            Some(Revocation::Session(id)),
            Some(Revocation::Identity(id)),
            Some(Revocation::All),
        ] {
            assert_eq!(decode(&encode(content, [3; 8])), (content, Some([3; 8])));
        }
        for unknown in [&b""[..], &[5; LENGTH], &[2; LENGTH - 1], &[2; LENGTH + 1], &[0]] {
            assert_eq!(decode(unknown).0, Some(Revocation::All), "{unknown:?}");
        }
    }
}
