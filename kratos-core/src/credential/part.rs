//! A part of a header's value.

use http::HeaderValue;

use super::{Credential, CredentialKind, HeaderLookup};

/// Bytes of a header, with the header itself where cloning it is cheaper than copying them.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    bytes: &'a [u8],
    header: Option<&'a HeaderValue>,
}

impl<'a> Part<'a> {
    /// The whole value of a header.
    pub(super) fn new((bytes, header): (&'a [u8], Option<&'a HeaderValue>)) -> Self {
        Self { bytes, header }
    }

    /// The whole value of each header of this name.
    pub(super) fn all(headers: &'a impl HeaderLookup, name: &str) -> impl Iterator<Item = Self> {
        headers.shared_values(name).map(Self::new)
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The same header, narrowed to `bytes`.
    pub(super) fn narrowed(self, bytes: &'a [u8]) -> Self {
        Self { bytes, ..self }
    }

    /// The same header, narrowed to the bytes that `choose` returns.
    pub(super) fn map(self, choose: impl FnOnce(&'a [u8]) -> Option<&'a [u8]>) -> Option<Self> {
        choose(self.bytes).map(|bytes| self.narrowed(bytes))
    }

    /// A credential of these bytes, which shares the header's memory where it can.
    pub(super) fn credential(self, kind: CredentialKind) -> Credential {
        let kept = self.header.and_then(|header| {
            let start = self.bytes.as_ptr().addr().checked_sub(header.as_bytes().as_ptr().addr())?;
            let part = start..start.checked_add(self.bytes.len())?;
            // Bytes outside the header are copied.
            header
                .as_bytes()
                .get(part.clone())
                .is_some()
                .then(|| Credential::kept(kind, header.clone(), part))
        });
        kept.unwrap_or_else(|| Credential::new(kind, self.bytes))
    }
}
