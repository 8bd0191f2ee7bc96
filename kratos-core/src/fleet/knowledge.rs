//! What a process knows of the log: which entries of the store it may use.
//!
//! An entry carries the generation and the position of the log that its writer had read before it called Kratos. Every
//! revocation up to that position was in effect at Kratos by then. A reader uses the entry if it knows every record after
//! that position, and none of them concerns the entry. Ids are kept in a fixed number of stripes: two that share one cost a
//! call, never a wrong answer.
//!
//! What this process revoked itself bars entries at once, until its own record came back in the log: only then is known which
//! entries are older.
//!
//! The crate `models` checks this file.

use std::collections::BTreeMap;

/// How much of the log of a generation was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Seen {
    pub(crate) generation: [u8; 16],
    /// Every record up to this position was applied.
    pub(crate) position: u128,
}

/// The records that a process applied.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Knowledge {
    seen: Option<Seen>,
    /// Every record of the generation from this position on was seen.
    floor: u128,
    cleared: u128,
    revoked: Box<[u128]>,
    /// The ids that this process revoked and whose records did not come back yet, with how many there are.
    pending: BTreeMap<u128, u32>,
    /// How many more there are. Which ids they have is not kept.
    pending_beyond: u32,
    pending_all: u32,
    /// The ids that may have been revoked, while it is looked up whether any process can know them.
    suspects: Vec<u128>,
}

/// What a page of the log means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Continuity {
    /// The records follow what was read before.
    Continues,
    /// Records may be missing: everything in memory is to be dropped, and the log read from its begin.
    Broken,
}

impl Knowledge {
    pub(crate) fn with_stripes(stripes: usize) -> Self {
        Self {
            seen: None,
            floor: 0,
            cleared: 0,
            revoked: vec![0; stripes.max(1)].into(),
            pending: BTreeMap::new(),
            pending_beyond: 0,
            pending_all: 0,
            suspects: Vec::new(),
        }
    }

    /// The position to read after; `None` before the log's begin was read.
    pub(crate) fn seen(&self) -> Option<Seen> {
        self.seen
    }

    /// Takes the head of a page: its generation, and the oldest record that the store still has.
    pub(crate) fn continues(&self, generation: [u8; 16], oldest: Option<u128>) -> Continuity {
        match self.seen {
            Some(seen)
                if seen.generation == generation && oldest.is_some_and(|oldest| oldest <= seen.position) =>
            {
                Continuity::Continues
            }
            _ => Continuity::Broken,
        }
    }

    /// Begins anew at the oldest record of a log.
    pub(crate) fn begin(&mut self, generation: [u8; 16], oldest: u128) {
        self.seen = Some(Seen { generation, position: 0 });
        self.floor = oldest;
        self.cleared = 0;
        self.revoked.fill(0);
        self.pending.clear();
        self.pending_beyond = 0;
        self.pending_all = 0;
    }

    /// Bars the entries of an id (`None`: all) until its record comes back. When there are too many, bars all.
    pub(crate) fn expect(&mut self, id: Option<u128>) {
        match id {
            Some(id) if self.pending.len() < MOST_PENDING || self.pending.contains_key(&id) => {
                let count = self.pending.entry(id).or_default();
                *count = count.saturating_add(1);
            }
            Some(_) => self.pending_beyond = self.pending_beyond.saturating_add(1),
            None => self.pending_all = self.pending_all.saturating_add(1),
        }
    }

    /// Bars the entries of an id as [`Knowledge::expect`] does, unless it is expected already.
    pub(crate) fn expect_still(&mut self, id: Option<u128>) {
        let is_expected = match id {
            Some(id) => self.pending_beyond > 0 || self.pending.contains_key(&id),
            None => self.pending_all > 0,
        };
        if !is_expected {
            self.expect(id);
        }
    }

    /// A record of this process came back, or will not: one of everything replaced it.
    pub(crate) fn came_back(&mut self, id: Option<u128>) {
        let Some(id) = id else {
            self.pending_all = self.pending_all.saturating_sub(1);
            return;
        };
        let Some(count) = self.pending.get_mut(&id) else {
            self.pending_beyond = self.pending_beyond.saturating_sub(1);
            return;
        };
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.pending.remove(&id);
        }
    }

    /// Bars the entries of an id until [`Knowledge::clear_suspect`]. The caller bounds how many there are.
    pub(crate) fn suspect(&mut self, id: u128) {
        self.suspects.push(id);
    }

    /// Ends one [`Knowledge::suspect`] of an id.
    pub(crate) fn clear_suspect(&mut self, id: u128) {
        if let Some(place) = self.suspects.iter().position(|suspect| *suspect == id) {
            self.suspects.swap_remove(place);
        }
    }

    /// Forgets what was read: nothing is admitted until [`Knowledge::begin`].
    pub(crate) fn end(&mut self) {
        self.seen = None;
    }

    /// Notes that an id was revoked.
    pub(crate) fn revoke(&mut self, position: u128, id: u128) {
        if let Some(index) = stripe(id, self.revoked.len())
            && let Some(stripe) = self.revoked.get_mut(index)
        {
            *stripe = position.max(*stripe);
        }
    }

    /// Notes that everything was revoked.
    pub(crate) fn revoke_all(&mut self, position: u128) {
        self.cleared = position.max(self.cleared);
    }

    /// Notes that every record up to this position was applied. Call it after the removals.
    pub(crate) fn applied(&mut self, position: u128) {
        if let Some(seen) = &mut self.seen {
            seen.position = position.max(seen.position);
        }
    }

    /// Whether an entry may be used whose writer had read the log so far, and which these ids revoke.
    pub(crate) fn admits(&self, written: Seen, ids: &[u128]) -> bool {
        let Some(seen) = self.seen else { return false };
        let revoked = |id: &u128| {
            let position = stripe(*id, self.revoked.len()).and_then(|index| self.revoked.get(index)).copied();
            position.is_none_or(|position| position > written.position)
        };
        seen.generation == written.generation
            && written.position >= self.floor
            && written.position >= self.cleared
            && self.pending_all == 0
            && self.pending_beyond == 0
            && !ids
                .iter()
                .any(|id| revoked(id) || self.pending.contains_key(id) || self.suspects.contains(id))
    }
}

/// More than wait to be sent; these end when one of everything replaces them.
const MOST_PENDING: usize = 20_000;

fn stripe(id: u128, stripes: usize) -> Option<usize> {
    // The halves of an id are random or hashes; the lower one of a UUID holds its variant.
    usize::try_from((id ^ (id >> 64)).checked_rem(stripes as u128)?).ok()
}
