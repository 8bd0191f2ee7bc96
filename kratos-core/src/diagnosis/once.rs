//! Remembers which findings this process has logged.

use std::sync::{Mutex, PoisonError};

use super::{Finding, Topic, Verdict};

/// The maximum of log lines for one topic and verdict. It bounds log and memory where a finding contains text from a
/// request, such as the origin of a refused `return_to`.
const LIMIT: usize = 64;

static LOGGED: Mutex<Vec<(Topic, Verdict, String)>> = Mutex::new(Vec::new());

/// Returns whether to log the finding: neither it nor a text that contains it was logged before.
pub(super) fn is_new(finding: &Finding) -> bool {
    let text = finding.to_string();
    let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    let kind = (finding.topic(), finding.verdict());
    let known = logged.iter().any(|(.., known)| known.contains(&text) || text.contains(known.as_str()));
    if known || logged.iter().filter(|(topic, verdict, _)| (*topic, *verdict) == kind).count() >= LIMIT {
        return false;
    }
    logged.push((kind.0, kind.1, text));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_logged_once_and_their_number_is_limited() {
        let finding = |text: &str| Finding::warning(Topic::Clock, text, "set it");
        assert!(is_new(&finding("the clock is wrong")));
        assert!(!is_new(&finding("the clock is wrong")));
        assert!(!is_new(&finding("a call failed: the clock is wrong")), "a longer text contains it");
        let more = (0..1000).filter(|number| is_new(&finding(&format!("clock {number:04}")))).count();
        assert_eq!(more, LIMIT - 1);
        assert!(is_new(&Finding::problem(Topic::Clock, "another verdict", "set it")));
    }
}
