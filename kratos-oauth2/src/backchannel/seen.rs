//! The logout tokens that were received.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The most tokens that are remembered.
const MOST: usize = 100_000;
/// The longest `jti` that is accepted, in bytes.
const LONGEST: usize = 256;

/// Remembers each `jti` until its token is too old to be accepted. Bounded: a full store accepts nothing new.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen(Arc<Mutex<HashMap<Box<str>, i64>>>);

/// What the store says of a `jti`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    New,
    Repeated,
    Full,
}

impl Seen {
    /// Takes a `jti` until `end`, in seconds since 1970. Of several calls with one, a single one is `New`.
    pub(super) fn claim(&self, jti: &str, end: i64, now: i64) -> Claim {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.get(jti).is_some_and(|until| *until >= now) || jti.len() > LONGEST {
            return Claim::Repeated;
        }
        if seen.len() >= MOST {
            seen.retain(|_, until| *until >= now);
        }
        if seen.len() >= MOST {
            return Claim::Full;
        }
        seen.insert(jti.into(), end);
        Claim::New
    }

    /// Gives a `jti` back: its logout failed, and the provider may send it again.
    pub(super) fn release(&self, jti: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(jti);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_jti_counts_once_until_its_token_is_too_old() {
        let seen = Seen::default();
        assert_eq!(seen.claim("a", 100, 50), Claim::New);
        assert_eq!(seen.claim("a", 100, 50), Claim::Repeated);
        assert_eq!(seen.claim("b", 100, 50), Claim::New);
        assert_eq!(seen.claim("a", 100, 100), Claim::Repeated);
        assert_eq!(seen.claim("a", 200, 101), Claim::New);
        seen.release("a");
        assert_eq!(seen.claim("a", 200, 101), Claim::New);
        assert_eq!(seen.claim(&"x".repeat(LONGEST + 1), 200, 101), Claim::Repeated);
    }

    #[test]
    fn a_full_store_accepts_nothing_new_and_forgets_what_is_too_old() {
        let seen = Seen::default();
        for n in 0..MOST {
            assert_eq!(seen.claim(&n.to_string(), 100, 50), Claim::New);
        }
        assert_eq!(seen.claim("new", 100, 50), Claim::Full);
        assert_eq!(seen.claim("new", 200, 101), Claim::New);
    }
}
