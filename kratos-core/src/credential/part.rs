//! A part of a header's value.

use http::HeaderValue;

use super::{Credential, CredentialKind, HeaderLookup};

/// Bytes of a header, and the header where holding on to it is cheaper than a copy of them.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    bytes: &'a [u8],
    header: Option<&'a HeaderValue>,
}

impl<'a> Part<'a> {
    /// The whole value of each header of this name.
    pub(super) fn all(headers: &'a impl HeaderLookup, name: &str) -> impl Iterator<Item = Self> {
        headers.shared_values(name).map(|(bytes, header)| Self { bytes, header })
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// These bytes of it.
    pub(super) fn narrowed(self, bytes: &'a [u8]) -> Self {
        Self { bytes, ..self }
    }

    /// The bytes that `choose` finds in it.
    pub(super) fn map(self, choose: impl FnOnce(&'a [u8]) -> Option<&'a [u8]>) -> Option<Self> {
        choose(self.bytes).map(|bytes| self.narrowed(bytes))
    }

    pub(super) fn credential(self, kind: CredentialKind) -> Credential {
        let kept = self.header.and_then(|header| {
            let start = self.bytes.as_ptr().addr().checked_sub(header.as_bytes().as_ptr().addr())?;
            let part = start..start.checked_add(self.bytes.len())?;
            // What does not lie in the header is copied.
            header
                .as_bytes()
                .get(part.clone())
                .is_some()
                .then(|| Credential::kept(kind, header.clone(), part))
        });
        kept.unwrap_or_else(|| Credential::new(kind, self.bytes))
    }
}
