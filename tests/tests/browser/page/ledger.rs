//! The inspected pages and their weights.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::weight::Weight;

/// The pages of one place: an example on a server, or the suite's own.
#[derive(Debug)]
pub(crate) struct Ledger {
    place: String,
    pages: Mutex<BTreeMap<String, Option<Weight>>>,
}

impl Ledger {
    pub(crate) fn new(place: &str) -> Self {
        Self { place: place.to_owned(), pages: Mutex::default() }
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// Whether this page was not inspected before.
    pub(super) fn begin(&self, name: &str) -> bool {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let new = !pages.contains_key(name);
        if new {
            pages.insert(name.to_owned(), None);
        }
        new
    }

    pub(super) fn note(&self, name: &str, weight: Weight) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), Some(weight));
    }

    /// One line for each page, and one for all.
    pub(crate) fn lines(&self) -> Vec<String> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let done: Vec<_> =
            pages.iter().filter_map(|(name, weight)| weight.as_ref().map(|weight| (name, weight))).collect();
        if done.is_empty() {
            return Vec::new();
        }
        let mut lines: Vec<_> = done.iter().map(|(name, weight)| format!("  {weight}  {name}")).collect();
        let requests = done.iter().map(|(_, weight)| weight.requests()).max().unwrap_or_default();
        let bytes = done.iter().map(|(_, weight)| weight.bytes()).max().unwrap_or_default();
        lines.push(format!(
            "{}: {} pages inspected, at most {requests} requests and {bytes} bytes a page, no violations found by axe",
            self.place,
            done.len()
        ));
        lines
    }
}
