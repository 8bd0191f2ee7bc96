//! Room for what is inserted into a request.

use std::sync::LazyLock;

use http::Extensions;

/// Gives empty extensions room for seven entries at once. A router inserts three or four beside the session, and would
/// otherwise move all of them to a larger table.
///
/// `http` has no method for it. A clone of emptied extensions keeps their room; if it did not, only time would be lost.
pub(super) fn reserve(extensions: &mut Extensions) {
    if extensions.is_empty() {
        extensions.clone_from(&ROOMY);
    }
}

static ROOMY: LazyLock<Extensions> = LazyLock::new(|| {
    let mut extensions = Extensions::new();
    // Four entries: a table with room for three grows.
    extensions.insert(0_u8);
    extensions.insert(0_u16);
    extensions.insert(0_u32);
    extensions.insert(0_u64);
    extensions.clear();
    extensions
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_empty_extensions_change_and_stay_empty() {
        let mut extensions = Extensions::new();
        reserve(&mut extensions);
        assert!(extensions.is_empty());
        extensions.insert("kept");
        reserve(&mut extensions);
        assert_eq!(extensions.get::<&str>(), Some(&"kept"));
    }
}
