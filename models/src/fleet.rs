//! The protocol of a fleet, in every order of its steps: two processes, a log, an entry and a lease in the store, one session
//! that is revoked, and an engine that may lose everything. What a process knows of the log is kratos-core's own
//! `fleet/knowledge.rs`; time passes in ticks.
//!
//! Two scopes keep the number of states small: of restarts of the engine and pages of the log that arrive late, without the
//! lease; and of the lease, without those. `KRATOS_MODEL_FULL` widens both, for minutes.

use stateright::{Checker as _, HasDiscoveries, Model, Property};

#[path = "../../kratos-core/src/fleet/knowledge.rs"]
pub(crate) mod knowledge;

use knowledge::{Continuity, Knowledge, Seen};

/// The session's id, by which entries are revoked.
const ID: u128 = 1;
/// For how many ticks memory is used after the log was read.
const BOUND: u8 = 2;
/// For how many ticks a lease is held, or open, and a process waits for it.
const LEASE: u8 = 1;
const IS_FULL: bool = option_env!("KRATOS_MODEL_FULL").is_some();

/// What may happen.
#[derive(Clone, Copy, Debug)]
struct Scope {
    last_tick: u8,
    /// How many of the processes call Kratos.
    callers: usize,
    generations: u8,
    has_lease: bool,
}

const RESTARTS: Scope = if IS_FULL {
    Scope { last_tick: 5, callers: 2, generations: 2, has_lease: false }
} else {
    Scope { last_tick: 4, callers: 1, generations: 2, has_lease: false }
};
const LEASES: Scope =
    Scope { last_tick: if IS_FULL { 4 } else { 3 }, callers: 2, generations: 1, has_lease: true };

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
    lease: Lease,
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
    looking: Looking,
    call: Option<Call>,
    /// Opening a lease is under way, in the background.
    is_opening: bool,
}

/// The lease of the session's credential, in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Lease {
    Free,
    Held { by: usize, until: u8 },
    Open { until: u8 },
}

/// How far a process is that has no entry in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Looking {
    No,
    /// The store has no entry: the lease is to be asked for. It is waited for until then.
    Nothing {
        until: u8,
    },
    /// Another process has the lease, as it was told then.
    Waits {
        until: u8,
        told: u8,
    },
    /// By mistake: the lease is free, and is to be taken.
    SawFree,
}

/// A call of Kratos under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Call {
    seen: Option<Seen>,
    answer: Option<bool>,
    /// A revocation was applied since it began: the ledger does not store its answer.
    is_barred: bool,
    /// Until when the process has the lease for it.
    leased: Option<u8>,
    /// Whether the store was looked at before.
    is_looked_up: bool,
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
    /// Looks an entry up, for the first time or after waiting.
    Look(usize),
    TakeLease(usize),
    /// The request that made the call is dropped.
    GiveUp(usize),
    OpenLease(usize),
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
    /// The entry that a process waited for is not compared with the log: its writer may have begun before the revocation.
    AwaitedTrusted,
    /// The lease is read, and then taken.
    TakenInTwoSteps,
    /// A process that has the lease and stores no entry leaves the others waiting.
    NotOpened,
    /// A process waits for one lease after another.
    WaitsOn,
}

struct Protocol(Mistake, Scope);

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

    fn begin_call(&mut self, leased: Option<u8>, is_looked_up: bool) {
        self.looking = Looking::No;
        let seen = self.knowledge.seen();
        self.call = Some(Call { seen, answer: None, is_barred: false, leased, is_looked_up });
    }

    /// The call ended without an entry for the others.
    fn leave_lease(&mut self, call: &Call, mistake: Mistake) {
        if call.leased.is_some() && mistake != Mistake::NotOpened {
            self.is_opening = true;
        }
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
            looking: Looking::No,
            call: None,
            is_opening: false,
        };
        vec![Fleet {
            now: 0,
            is_valid: true,
            acknowledged: None,
            generation: 1,
            log: vec![(1, false)],
            last: 1,
            entry: None,
            lease: Lease::Free,
            processes: [process.clone(), process],
        }]
    }

    fn actions(&self, state: &Fleet, steps: &mut Vec<Step>) {
        let Self(_, scope) = self;
        if state.now < scope.last_tick {
            steps.push(Step::Tick);
        }
        if state.is_valid {
            steps.push(Step::EndAtKratos);
        } else if state.acknowledged.is_none() {
            steps.push(Step::Acknowledge);
        }
        if state.generation < scope.generations {
            steps.extend([true, false].map(|keeps_entries| Step::Restart { keeps_entries }));
        }
        for (number, process) in state.processes.iter().enumerate() {
            steps.push(if process.page.is_some() { Step::Hear(number) } else { Step::Ask(number) });
            if process.is_opening {
                steps.push(Step::OpenLease(number));
            }
            match (process.call, process.looking) {
                (Some(Call { answer: None, .. }), _) => {
                    steps.push(Step::Answer(number));
                    if scope.has_lease {
                        steps.push(Step::GiveUp(number));
                    }
                }
                (Some(_), _) => steps.push(Step::Settle(number)),
                (None, Looking::Nothing { .. } | Looking::SawFree) => steps.push(Step::TakeLease(number)),
                (None, Looking::Waits { .. }) => steps.push(Step::Look(number)),
                (None, Looking::No) if process.has_entry => {}
                // Without a session Kratos is not called again: it says no.
                (None, Looking::No) if scope.has_lease => {
                    if state.is_valid || state.entry.is_some() {
                        steps.push(Step::Look(number));
                    }
                }
                (None, Looking::No) => {
                    if number < scope.callers && state.is_valid {
                        steps.push(Step::Call(number));
                    }
                    if state.entry.is_some() && process.may_use_memory(state.now) {
                        steps.push(Step::Fetch(number));
                    }
                }
            }
        }
    }

    fn next_state(&self, before: &Fleet, step: Step) -> Option<Fleet> {
        let mut state = before.clone();
        let Self(mistake, _) = *self;
        let Fleet { now, is_valid, acknowledged, generation: current, log, last, entry, lease, processes } =
            &mut state;
        match step {
            Step::Tick => {
                *now += 1;
                match *lease {
                    Lease::Held { until, .. } | Lease::Open { until } if *now >= until => {
                        *lease = Lease::Free
                    }
                    _ => {}
                }
            }
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
                    (*entry, *lease) = (None, Lease::Free);
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
                if self.1.has_lease {
                    return self.next_state(&state, Step::Hear(number));
                }
            }
            Step::Hear(number) => {
                let process = &mut processes[number];
                let (asked, of, page) = process.page.take()?;
                let oldest = page[0].0;
                let continues =
                    process.knowledge.continues(generation(of), Some(oldest)) == Continuity::Continues;
                let is_ignored = mistake == Mistake::GenerationIgnored && process.knowledge.seen().is_some();
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
                let from = if mistake == Mistake::HeardOnArrival { *now } else { asked };
                process.heard_until = from + BOUND;
            }
            Step::Call(number) => {
                processes[number].begin_call(None, false);
            }
            Step::Answer(number) => {
                if let Some(call) = &mut processes[number].call {
                    call.answer = Some(*is_valid);
                }
            }
            Step::Settle(number) => {
                let process = &mut processes[number];
                let call = process.call.take()?;
                let is_stored = call.answer == Some(true) && !call.is_barred;
                process.has_entry |= is_stored;
                let written = match mistake {
                    Mistake::PositionOfTheEnd if call.answer == Some(true) => process.knowledge.seen(),
                    _ => call.seen.filter(|_| is_stored),
                };
                match written {
                    Some(_) => *entry = written,
                    None => process.leave_lease(&call, mistake),
                }
                if call.answer == Some(false)
                    && !call.is_looked_up
                    && process.may_use_memory(*now)
                    && self.1.has_lease
                {
                    // The store must not say otherwise.
                    *entry = None;
                    process.is_opening = true;
                }
            }
            Step::Look(number) => {
                let process = &mut processes[number];
                let until = match process.looking {
                    Looking::Waits { until, .. } => Some(until),
                    _ => None,
                };
                let is_trusted = mistake == Mistake::AwaitedTrusted && until.is_some();
                let until = until.unwrap_or(*now + LEASE);
                match *entry {
                    _ if !process.may_use_memory(*now) => process.begin_call(None, false),
                    Some(entry) if is_trusted || process.admits(entry, mistake) => {
                        process.has_entry = true;
                        process.looking = Looking::No;
                    }
                    Some(_) => process.begin_call(None, true),
                    None => process.looking = Looking::Nothing { until },
                }
            }
            Step::TakeLease(number) => {
                let process = &mut processes[number];
                match (process.looking, *lease) {
                    (Looking::Nothing { .. }, Lease::Free) if mistake == Mistake::TakenInTwoSteps => {
                        process.looking = Looking::SawFree;
                    }
                    (Looking::SawFree, _) | (_, Lease::Free) => {
                        let until = *now + LEASE;
                        *lease = Lease::Held { by: number, until };
                        process.begin_call(Some(until), true);
                    }
                    (Looking::Nothing { until }, Lease::Held { .. })
                        if (*now < until && process.may_use_memory(*now)) || mistake == Mistake::WaitsOn =>
                    {
                        process.looking = Looking::Waits { until, told: *now };
                    }
                    (_, Lease::Held { .. } | Lease::Open { .. }) => process.begin_call(None, true),
                }
            }
            Step::GiveUp(number) => {
                let process = &mut processes[number];
                let call = process.call.take()?;
                process.leave_lease(&call, mistake);
            }
            Step::OpenLease(number) => {
                processes[number].is_opening = false;
                *lease = Lease::Open { until: *now + LEASE };
            }
            Step::Fetch(number) => {
                let process = &mut processes[number];
                if (*entry).is_some_and(|entry| process.admits(entry, mistake)) {
                    process.has_entry = true;
                }
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut all = vec![
            Property::always(BOUND_HOLDS, |_: &Self, state: &Fleet| {
                let is_late = state.acknowledged.is_some_and(|at| state.now > at + BOUND);
                !is_late
                    || state
                        .processes
                        .iter()
                        .all(|process| !(process.has_entry && process.may_use_memory(state.now)))
            }),
            Property::sometimes(SHARED, |_: &Self, state: &Fleet| {
                let uses = |process: &Process| process.has_entry && process.may_use_memory(state.now);
                state.processes.iter().all(uses)
            }),
        ];
        if self.1.has_lease {
            all.extend([
                Property::always(ONE_CALLS, |_: &Self, state: &Fleet| {
                    let calls = |process: &&Process| {
                        process
                            .call
                            .is_some_and(|call| call.answer.is_none() && call.leased > Some(state.now))
                    };
                    state.processes.iter().filter(calls).count() <= 1
                }),
                Property::always(WORTH_WAITING, |_: &Self, state: &Fleet| match state.lease {
                    Lease::Held { by, .. } => {
                        // Any process opens it that withdraws the entry.
                        let is_opened = state.processes.iter().any(|process| process.is_opening);
                        state.processes[by].call.is_some() || is_opened || state.entry.is_some()
                    }
                    Lease::Free | Lease::Open { .. } => true,
                }),
                Property::always(PATIENT, |_: &Self, state: &Fleet| {
                    state.processes.iter().all(|process| match process.looking {
                        Looking::Waits { until, told } => told < until,
                        _ => true,
                    })
                }),
                Property::sometimes(WAITED, |_: &Self, state: &Fleet| {
                    let waits = |process: &Process| matches!(process.looking, Looking::Waits { .. });
                    state.entry.is_some() && state.processes.iter().any(waits)
                }),
            ]);
        }
        all
    }
}

const BOUND_HOLDS: &str = "not served past the bound";
const SHARED: &str = "an entry of another process is used";
const ONE_CALLS: &str = "one process calls Kratos while it has the lease";
const WORTH_WAITING: &str = "a lease that is held has a call, an entry, or is about to be opened";
const PATIENT: &str = "no process waits for longer than a lease";
const WAITED: &str = "an entry is there that a process waited for";

/// Checks every state that can be reached.
fn check(scope: Scope) {
    let checker = Protocol(Mistake::None, scope).checker().threads(2).spawn_bfs().join();
    println!("{scope:?}: {} states", checker.unique_state_count());
    checker.assert_properties();
}

#[test]
fn no_session_is_served_past_the_bound() {
    check(RESTARTS);
}

#[test]
fn a_lease_spares_calls_and_no_process_waits_in_vain() {
    check(LEASES);
}

/// The model sees what the protocol is there for.
#[test]
fn every_mistake_is_found() {
    for (mistake, scope, property) in [
        (Mistake::HeardOnArrival, RESTARTS, BOUND_HOLDS),
        (Mistake::GenerationIgnored, RESTARTS, BOUND_HOLDS),
        (Mistake::PositionOfTheEnd, RESTARTS, BOUND_HOLDS),
        (Mistake::EntriesTrusted, RESTARTS, BOUND_HOLDS),
        (Mistake::AwaitedTrusted, LEASES, BOUND_HOLDS),
        (Mistake::TakenInTwoSteps, LEASES, ONE_CALLS),
        (Mistake::NotOpened, LEASES, WORTH_WAITING),
        (Mistake::WaitsOn, LEASES, PATIENT),
    ] {
        let found = HasDiscoveries::AnyOf([property].into());
        let checker = Protocol(mistake, scope).checker().threads(2).finish_when(found).spawn_bfs().join();
        println!("{mistake:?}: {} states", checker.unique_state_count());
        checker.assert_any_discovery(property);
    }
}
