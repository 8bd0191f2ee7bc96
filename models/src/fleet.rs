//! The protocol of a fleet, in every order of its steps: two processes, a log, an entry in the store, one session that is
//! revoked, and an engine that may lose everything. What a process knows of the log is kratos-core's own
//! `fleet/knowledge.rs`; time passes in ticks.

use stateright::{Checker as _, Model, Property};

#[path = "../../kratos-core/src/fleet/knowledge.rs"]
pub(crate) mod knowledge;

use knowledge::{Continuity, Knowledge, Seen};

/// The session's id, by which entries are revoked.
const ID: u128 = 1;
/// For how many ticks memory is used after the log was read.
const BOUND: u8 = 2;
/// `KRATOS_MODEL_FULL` lets both processes call Kratos, and time pass further: 18,671,198 states, for minutes.
const LAST_TICK: u8 = if IS_FULL { 5 } else { 4 };
const CALLERS: usize = if IS_FULL { 2 } else { 1 };
const IS_FULL: bool = option_env!("KRATOS_MODEL_FULL").is_some();
const MOST_GENERATIONS: u8 = 2;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Fleet {
    now: u8,
    /// Whether Kratos has the session.
    is_valid: bool,
    /// When the revocation was acknowledged.
    acknowledged: Option<u8>,
    generation: u8,
    /// The positions of the log's records, and whether each revokes the session.
    log: Vec<(u128, bool)>,
    /// Grows with every record, of every generation.
    last: u128,
    /// What the writer of the store's entry had read.
    entry: Option<Seen>,
    processes: [Process; 2],
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Process {
    knowledge: Knowledge,
    /// Whether the session is in memory.
    has_entry: bool,
    heard_until: u8,
    /// A page on its way, and when it was asked for.
    page: Option<(u8, u8, Vec<(u128, bool)>)>,
    call: Option<Call>,
}

/// A call of Kratos under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Call {
    seen: Option<Seen>,
    answer: Option<bool>,
    /// A revocation was applied since it began: the ledger does not store its answer.
    is_barred: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Tick,
    /// The session ends at Kratos, then a record is acknowledged.
    EndAtKratos,
    Acknowledge,
    /// The engine restarts: with its entries, or without; never with its log.
    Restart {
        keeps_entries: bool,
    },
    Ask(usize),
    Hear(usize),
    Call(usize),
    Answer(usize),
    Settle(usize),
    Fetch(usize),
}

/// What a mistake in the protocol would be; each must be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    None,
    /// Memory is valid from when the page arrived, not from when it was asked for.
    HeardOnArrival,
    /// A new generation is read on from the old position.
    GenerationIgnored,
    /// Entries carry the position at which their call ended.
    PositionOfTheEnd,
    /// Entries of the store are not compared with the log.
    EntriesTrusted,
}

struct Protocol(Mistake);

fn generation(number: u8) -> [u8; 16] {
    [number; 16]
}

impl Process {
    fn may_use_memory(&self, now: u8) -> bool {
        now < self.heard_until
    }

    fn admits(&self, entry: Seen, mistake: Mistake) -> bool {
        mistake == Mistake::EntriesTrusted || self.knowledge.admits(entry, &[ID])
    }

    fn drop_entry(&mut self) {
        self.has_entry = false;
        if let Some(call) = &mut self.call {
            call.is_barred = true;
        }
    }
}

impl Model for Protocol {
    type State = Fleet;
    type Action = Step;

    fn init_states(&self) -> Vec<Fleet> {
        let process = Process {
            knowledge: Knowledge::with_stripes(2),
            has_entry: false,
            heard_until: 0,
            page: None,
            call: None,
        };
        vec![Fleet {
            now: 0,
            is_valid: true,
            acknowledged: None,
            generation: 1,
            log: vec![(1, false)],
            last: 1,
            entry: None,
            processes: [process.clone(), process],
        }]
    }

    fn actions(&self, state: &Fleet, steps: &mut Vec<Step>) {
        if state.now < LAST_TICK {
            steps.push(Step::Tick);
        }
        if state.is_valid {
            steps.push(Step::EndAtKratos);
        } else if state.acknowledged.is_none() {
            steps.push(Step::Acknowledge);
        }
        if state.generation < MOST_GENERATIONS {
            steps.extend([true, false].map(|keeps_entries| Step::Restart { keeps_entries }));
        }
        for (number, process) in state.processes.iter().enumerate() {
            steps.push(if process.page.is_some() { Step::Hear(number) } else { Step::Ask(number) });
            match process.call {
                // Without a session Kratos is not called again: it says no.
                None if number < CALLERS && !process.has_entry && state.is_valid => steps.push(Step::Call(number)),
                None => {}
                Some(Call { answer: None, .. }) => steps.push(Step::Answer(number)),
                Some(_) => steps.push(Step::Settle(number)),
            }
            if !process.has_entry
                && process.call.is_none()
                && state.entry.is_some()
                && process.may_use_memory(state.now)
            {
                steps.push(Step::Fetch(number));
            }
        }
    }

    fn next_state(&self, before: &Fleet, step: Step) -> Option<Fleet> {
        let mut state = before.clone();
        let Fleet { now, is_valid, acknowledged, generation: current, log, last, entry, processes } =
            &mut state;
        match step {
            Step::Tick => *now += 1,
            Step::EndAtKratos => *is_valid = false,
            Step::Acknowledge => {
                *last += 1;
                log.push((*last, true));
                *acknowledged = Some(*now);
            }
            Step::Restart { keeps_entries } => {
                *current += 1;
                *last += 1;
                *log = vec![(*last, false)];
                if !keeps_entries {
                    *entry = None;
                }
            }
            Step::Ask(number) => {
                let process = &mut processes[number];
                let after = process.knowledge.seen().map_or(0, |seen| seen.position);
                let oldest_and_later =
                    log.iter().copied().filter(|(position, _)| *position > after).collect();
                process.page = Some((*now, *current, oldest_and_later));
                // The oldest record is of the same moment here; `continues` gets it with the page.
                if let Some((_, _, page)) = &mut process.page {
                    page.insert(0, (log[0].0, false));
                }
            }
            Step::Hear(number) => {
                let process = &mut processes[number];
                let (asked, of, page) = process.page.take()?;
                let oldest = page[0].0;
                let continues =
                    process.knowledge.continues(generation(of), Some(oldest)) == Continuity::Continues;
                let is_ignored = self.0 == Mistake::GenerationIgnored && process.knowledge.seen().is_some();
                if !continues && !is_ignored {
                    let had_read = process.knowledge.seen().is_some();
                    process.drop_entry();
                    process.heard_until = 0;
                    process.knowledge.end();
                    if had_read {
                        return Some(state);
                    }
                    process.knowledge.begin(generation(of), oldest);
                }
                for (position, is_revocation) in page {
                    if is_revocation {
                        process.knowledge.revoke(position, ID);
                        process.drop_entry();
                    }
                    process.knowledge.applied(position);
                }
                let from = if self.0 == Mistake::HeardOnArrival { *now } else { asked };
                process.heard_until = from + BOUND;
            }
            Step::Call(number) => {
                let process = &mut processes[number];
                process.call = Some(Call { seen: process.knowledge.seen(), answer: None, is_barred: false });
            }
            Step::Answer(number) => {
                if let Some(call) = &mut processes[number].call {
                    call.answer = Some(*is_valid);
                }
            }
            Step::Settle(number) => {
                let process = &mut processes[number];
                let call = process.call.take()?;
                if call.answer == Some(true) && !call.is_barred {
                    process.has_entry = true;
                    *entry = if self.0 == Mistake::PositionOfTheEnd {
                        process.knowledge.seen()
                    } else {
                        call.seen
                    };
                } else if call.answer == Some(true) && self.0 == Mistake::PositionOfTheEnd {
                    *entry = process.knowledge.seen();
                }
            }
            Step::Fetch(number) => {
                let process = &mut processes[number];
                if (*entry).is_some_and(|entry| process.admits(entry, self.0)) {
                    process.has_entry = true;
                }
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("not served past the bound", |_: &Self, state: &Fleet| {
                let is_late = state.acknowledged.is_some_and(|at| state.now > at + BOUND);
                !is_late
                    || state
                        .processes
                        .iter()
                        .all(|process| !(process.has_entry && process.may_use_memory(state.now)))
            }),
            Property::sometimes("an entry of another process is used", |_: &Self, state: &Fleet| {
                let uses = |process: &Process| process.has_entry && process.may_use_memory(state.now);
                state.processes.iter().all(uses)
            }),
        ]
    }
}

/// Whether the property holds in every state that can be reached.
fn holds(mistake: Mistake) -> bool {
    let checker = Protocol(mistake).checker().threads(2).spawn_bfs().join();
    println!("{mistake:?}: {} states", checker.unique_state_count());
    assert!(checker.discovery("an entry of another process is used").is_some());
    checker.discovery("not served past the bound").is_none()
}

#[test]
fn no_session_is_served_past_the_bound() {
    assert!(holds(Mistake::None));
}

/// The model sees what the protocol is there for.
#[test]
fn every_mistake_is_found() {
    for mistake in [
        Mistake::HeardOnArrival,
        Mistake::GenerationIgnored,
        Mistake::PositionOfTheEnd,
        Mistake::EntriesTrusted,
    ] {
        assert!(!holds(mistake), "{mistake:?}");
    }
}
