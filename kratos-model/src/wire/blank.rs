//! How a blank field was written on the wire.

use std::collections::BTreeMap;

/// A field type with a blank value.
pub(crate) trait Blank: Default {
    fn is_blank(&self) -> bool;
}

impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<K: Ord, V> Blank for BTreeMap<K, V> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Blank for String {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Blank for bool {
    fn is_blank(&self) -> bool {
        !self
    }
}

impl Blank for i64 {
    fn is_blank(&self) -> bool {
        *self == 0
    }
}

/// Records for each field (by index, below 64) whether a blank value was absent, `null`, or written out
/// (`""`, `[]`, `false`). All spellings compare equal, since they mean the same.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spelling {
    nulls: u64,
    written: u64,
}

impl Spelling {
    pub(crate) fn saw_null(&mut self, index: usize) {
        self.nulls |= 1 << index;
        self.written &= !(1 << index);
    }

    pub(crate) fn saw_value(&mut self, index: usize) {
        self.written |= 1 << index;
        self.nulls &= !(1 << index);
    }

    pub(crate) fn is_null(self, index: usize) -> bool {
        self.nulls & (1 << index) != 0
    }

    pub(crate) fn is_written(self, index: usize) -> bool {
        self.written & (1 << index) != 0
    }
}

impl PartialEq for Spelling {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl std::fmt::Debug for Spelling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("_")
    }
}
