//! Seals what a store keeps.

use std::{fmt, sync::Arc};

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};

/// A message: format, key id, nonce, ciphertext and tag.
const FORMAT: u8 = 1;
const ID: usize = 4;
const NONCE: usize = 12;
/// What a seal adds to a text, in bytes.
pub(super) const OVERHEAD: usize = 1 + ID + NONCE + 16;

/// The keys of a deployment: the first seals, all of them open.
///
/// AES-256-GCM-SIV (RFC 8452): nonces are random, and one that repeats reveals only that two texts are equal. So many
/// messages as a fleet writes in years under one key stay far below its limits.
#[derive(Clone, Default)]
pub(super) struct SealingKeys(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: [u8; ID],
    key: Arc<LessSafeKey>,
}

/// Separates what is sealed for one purpose from another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose<'a> {
    /// An entry of this key, written by this release. Entries of another release are misses.
    Entry(&'a [u8; 16]),
    /// A record of the log, which all releases read.
    Record,
}

impl SealingKeys {
    /// Adds a key. The first one seals.
    pub(super) fn push(&mut self, id: [u8; ID], key: &[u8; 32]) {
        // Fails only for keys of another length.
        if let Ok(key) = UnboundKey::new(&AES_256_GCM_SIV, key) {
            self.0.push(Key { id, key: Arc::new(LessSafeKey::new(key)) });
        }
    }

    /// Seals a text. `None` without a key.
    pub(super) fn seal(&self, purpose: Purpose<'_>, text: &[u8]) -> Option<Vec<u8>> {
        let Key { id, key } = self.0.first()?;
        let mut nonce = [0; NONCE];
        aws_lc_rs::rand::fill(&mut nonce).ok()?;
        let mut message = Vec::with_capacity(text.len() + OVERHEAD);
        message.push(FORMAT);
        message.extend_from_slice(id);
        message.extend_from_slice(&nonce);
        let mut sealed = text.to_vec();
        let aad = Aad::from(aad(purpose, id));
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
        message.append(&mut sealed);
        Some(message)
    }

    /// Opens a message that one of the keys sealed for this purpose.
    pub(super) fn open(&self, purpose: Purpose<'_>, message: &[u8]) -> Option<Vec<u8>> {
        let (format, rest) = message.split_first()?;
        let (id, rest) = rest.split_first_chunk::<ID>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
        let Key { key, .. } = self.0.iter().find(|key| key.id == *id && *format == FORMAT)?;
        let mut text = sealed.to_vec();
        let aad = Aad::from(aad(purpose, id));
        let length = key.open_in_place(Nonce::assume_unique_for_key(*nonce), aad, &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }
}

fn aad(purpose: Purpose<'_>, id: &[u8; ID]) -> Vec<u8> {
    let (name, bound): (&[u8], &[u8]) = match purpose {
        Purpose::Entry(key) => (concat!("entry ", env!("CARGO_PKG_VERSION"), "\0").as_bytes(), key),
        Purpose::Record => (b"record\0", b""),
    };
    [&[FORMAT], &id[..], name, bound].concat()
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKeys({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> SealingKeys {
        let mut keys = SealingKeys::default();
        for byte in bytes {
            keys.push([*byte; ID], &[*byte; 32]);
        }
        keys
    }

    #[test]
    fn a_message_opens_only_unchanged_for_its_purpose_under_its_key() {
        let sealed = keys(&[1]).seal(Purpose::Entry(&[7; 16]), b"a session").unwrap();
        assert_eq!(sealed.len(), 9 + OVERHEAD);
        assert!(!sealed.windows(9).any(|window| window == b"a session"));
        let open = |bytes: &[u8], purpose| keys(&[1]).open(purpose, bytes);
        assert_eq!(open(&sealed, Purpose::Entry(&[7; 16])).unwrap(), b"a session");
        // Another key of the store: the entry of another user.
        assert!(open(&sealed, Purpose::Entry(&[8; 16])).is_none());
        assert!(open(&sealed, Purpose::Record).is_none());
        assert!(keys(&[2]).open(Purpose::Entry(&[7; 16]), &sealed).is_none());
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(open(&changed, Purpose::Entry(&[7; 16])).is_none(), "byte {place}");
            assert!(open(&sealed[..place], Purpose::Entry(&[7; 16])).is_none(), "cut at {place}");
        }
    }

    #[test]
    fn keys_rotate_by_their_ids() {
        let purpose = Purpose::Entry(&[7; 16]);
        let old = keys(&[1]).seal(purpose, b"a").unwrap();
        // The new key is accepted everywhere before any process seals with it.
        assert!(keys(&[1, 2]).open(purpose, &old).is_some());
        assert!(keys(&[2, 1]).open(purpose, &old).is_some());
        let new = keys(&[2, 1]).seal(purpose, b"a").unwrap();
        assert!(keys(&[1, 2]).open(purpose, &new).is_some());
        assert!(keys(&[1]).open(purpose, &new).is_none());
        assert_ne!(keys(&[1]).seal(purpose, b"a").unwrap(), old, "the nonce is random");
        assert!(keys(&[]).seal(purpose, b"a").is_none());
    }
}
