//! What was printed, against what the page says.

/// Whether it is what the page shows: line by line, where `…` stands for anything within a line, or alone on it for
/// any number of lines.
pub(crate) fn is(printed: &str, expected: &str) -> bool {
    let (printed, expected): (Vec<_>, Vec<_>) =
        (printed.trim_end().lines().collect(), expected.trim_end().lines().collect());
    lines(&printed, &expected)
}

/// Whether each of these lines is somewhere in it.
pub(crate) fn has(printed: &str, expected: &str) -> bool {
    expected.lines().all(|wanted| printed.lines().any(|line| fits(line.trim(), wanted.trim())))
}

fn lines(printed: &[&str], expected: &[&str]) -> bool {
    match (printed, expected) {
        ([], []) => true,
        (_, ["…", rest @ ..]) => (0..=printed.len()).any(|skipped| lines(&printed[skipped..], rest)),
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
