//! The guide's table of the conformance suite's checks.

use std::collections::BTreeSet;

use crate::stories;

const GUIDE: &str = include_str!("../../../docs/src/oauth2.md");

/// Asserts that each story of the table exists, and that no check is named twice.
pub(crate) fn check() {
    let stories: BTreeSet<&str> = stories::all().into_iter().map(|(name, _)| name).collect();
    let (_, table) = GUIDE.split_once("| check of the conformance suite | story |").expect("the table");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut checks = BTreeSet::new();
    let mut count = 0;
    for row in rows {
        let [_, check, named, _] = row.split('|').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let (plan, modules) = check.trim().split_once(": ").unwrap_or_else(|| panic!("{row}"));
        for module in modules.split('`').filter(|part| part.starts_with("oidcc-")) {
            assert!(checks.insert((plan == "form post", module)), "{module} is named twice");
        }
        if plan == "not covered" {
            continue;
        }
        for story in named.trim().split("; ") {
            assert!(stories.contains(story), "no story {story:?}");
            count += 1;
        }
    }
    assert!(count > 20, "{count} stories are named");
}
