//! What this process has said already.

use std::sync::{Mutex, PoisonError};

use super::{Finding, Topic, Verdict};

/// How much is said of one topic and verdict. What comes in with requests (the origin of a refused `return_to`) can
/// therefore neither fill the log nor the memory, nor hide a finding of another kind.
const MOST: usize = 64;

static SAID: Mutex<Vec<(Topic, Verdict, String)>> = Mutex::new(Vec::new());

/// Whether it is to be said: it was not before, neither by itself nor within something longer.
pub(super) fn is_new(finding: &Finding) -> bool {
    let text = finding.to_string();
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    let kind = (finding.topic(), finding.verdict());
    let known = said.iter().any(|(.., known)| known.contains(&text) || text.contains(known.as_str()));
    if known || said.iter().filter(|(topic, verdict, _)| (*topic, *verdict) == kind).count() >= MOST {
        return false;
    }
    said.push((kind.0, kind.1, text));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_once_and_not_without_end() {
        let finding = |text: &str| Finding::warning(Topic::Clock, text, "set it");
        assert!(is_new(&finding("the clock is wrong")));
        assert!(!is_new(&finding("the clock is wrong")));
        assert!(!is_new(&finding("a call failed, for the clock is wrong")), "a longer one holds it");
        let more = (0..1000).filter(|number| is_new(&finding(&format!("clock {number:04}")))).count();
        assert_eq!(more, MOST - 1);
        assert!(is_new(&Finding::problem(Topic::Clock, "another verdict", "set it")));
    }
}
