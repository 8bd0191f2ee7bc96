//! Compares output with the page.

use libtest_mimic::Trial;

/// Returns whether the output matches the page line by line. `…` matches anything within a line; alone on a line it matches
/// any number of lines.
pub(crate) fn is(printed: &str, expected: &str) -> bool {
    let (printed, expected): (Vec<_>, Vec<_>) =
        (printed.trim_end().lines().collect(), expected.trim_end().lines().collect());
    lines(&printed, &expected)
}

/// Returns whether the output contains each of these lines.
pub(crate) fn has(printed: &str, expected: &str) -> bool {
    expected.lines().all(|wanted| printed.lines().any(|line| fits(line.trim(), wanted.trim())))
}

fn lines(printed: &[&str], expected: &[&str]) -> bool {
    match (printed, expected) {
        ([], []) => true,
        (_, ["…", rest @ ..]) => {
            (0..=printed.len()).filter_map(|skipped| printed.get(skipped..)).any(|left| lines(left, rest))
        }
        ([line, more @ ..], [wanted, rest @ ..]) => fits(line.trim_end(), wanted) && lines(more, rest),
        _ => false,
    }
}

fn fits(line: &str, wanted: &str) -> bool {
    let Some((front, rest)) = wanted.split_once('…') else { return line == wanted };
    line.strip_prefix(front).is_some_and(|line| {
        rest.is_empty()
            || line.char_indices().any(|(at, _)| line.get(at..).is_some_and(|line| fits(line, rest)))
    })
}

/// Checks the comparison itself.
pub(crate) fn trial() -> Trial {
    Trial::test("output is compared with the page", || {
        let same = [
            ("a\nb\n", "a\nb"),
            ("a 1 z", "a … z"),
            ("a\nb\nc", "…\nc"),
            ("a\nb", "…\nb\n…"),
            ("a 1", "a …"),
        ];
        let other = [
            ("a\nb", "a"),
            ("a", "a\nb"),
            ("a 1 y", "a … z"),
            ("b", "a…"),
            ("a\nb", "…\nc"),
            ("", "a"),
            ("a", ""),
        ];
        let wrong = same.iter().find(|(printed, shown)| !is(printed, shown));
        let wrong = wrong.or(other.iter().find(|(printed, shown)| is(printed, shown)));
        let quoted = has("one\n two 2\n", "two …\none") && !has("one\ntwo\n", "three");
        wrong
            .map_or(Ok(()), |wrong| Err(format!("{wrong:?}").into()))
            .and(quoted.then_some(()).ok_or("quotes".into()))
    })
}
