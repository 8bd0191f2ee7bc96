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

/// Records for each field (by index) whether a blank value was absent, `null`, or written out (`""`, `[]`, `false`). All
/// spellings compare equal, since they mean the same.
///
/// A word of 32 bits for each 16 fields: a cached session holds six. The lower half of a word has the fields that were
/// `null`, the upper half those that were written.
#[derive(Clone, Copy)]
pub(crate) struct Spelling<const WORDS: usize>([u32; WORDS]);

/// How many words the spelling of a struct with these fields has.
pub(crate) const fn spelling_words(fields: &[&str]) -> usize {
    fields.len().div_ceil(16)
}

impl<const WORDS: usize> Spelling<WORDS> {
    pub(crate) fn saw_null(&mut self, index: usize) {
        self.note(index, NULL);
    }

    pub(crate) fn saw_value(&mut self, index: usize) {
        self.note(index, WRITTEN);
    }

    fn note(&mut self, index: usize, what: u32) {
        if let Some(word) = self.0.get_mut(index / 16) {
            *word = *word & !((NULL | WRITTEN) << (index % 16)) | what << (index % 16);
        }
    }

    pub(crate) fn is_null(self, index: usize) -> bool {
        self.has(index, NULL)
    }

    pub(crate) fn is_written(self, index: usize) -> bool {
        self.has(index, WRITTEN)
    }

    fn has(self, index: usize, what: u32) -> bool {
        self.0.get(index / 16).is_some_and(|word| word & what << (index % 16) != 0)
    }
}

/// What is noted of the first field of a word.
const NULL: u32 = 1;
const WRITTEN: u32 = 1 << 16;

impl<const WORDS: usize> Default for Spelling<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl<const WORDS: usize> PartialEq for Spelling<WORDS> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<const WORDS: usize> std::fmt::Debug for Spelling<WORDS> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("_")
    }
}
