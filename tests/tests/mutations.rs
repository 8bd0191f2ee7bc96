//! Forward compatibility: every recorded response, mutated at every place in the ways that Kratos has changed before.
//!
//! Each mutant is decoded as the type of its response, and must be encoded unchanged: decoding never fails or loses
//! data, so no such change can break a login.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot continue has failed, and it prints"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use kratos_tests::replay::{Exchange, Read, Row, classify, versions};
use serde_json::{Map, Value, json};

/// Fields whose values are from a list that grows.
const ENUMS: &[&str] = &[
    "type",
    "group",
    "node_type",
    "state",
    "status",
    "via",
    "method",
    "aal",
    "authenticator_assurance_level",
    "requested_aal",
    "active",
    "action",
    "template_type",
    "autocomplete",
    "onclickTrigger",
    "onloadTrigger",
    "channel",
];

/// Places that may be absent: below them are the form, application data, or a list of items.
const FREE: &[&str] = &[
    "nodes",
    "messages",
    "traits",
    "context",
    "continue_with",
    "devices",
    "metadata_public",
    "verifiable_addresses",
    "recovery_addresses",
    "authentication_methods",
    "credentials",
    "details",
    "dispatches",
    "schema",
    "properties",
];

/// Members that identify a response or that nothing works without.
const NEEDED: &[&str] =
    &["id", "ui", "session", "identity", "flow", "error", "recovery_link", "recovery_code"];

type Step = String;

/// The number of mutants of one response, unless `KRATOS_CAPTURE_MUTANTS` says how many a release has at least.
const OF_A_RESPONSE: usize = 20;

/// The JSON pointers of all objects in a value.
fn objects(value: &Value, at: &mut Vec<Step>, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.push(pointer(at));
            for (key, inner) in map {
                at.push(key.clone());
                objects(inner, at, found);
                at.pop();
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                at.push(index.to_string());
                objects(inner, at, found);
                at.pop();
            }
        }
        _ => {}
    }
}

fn pointer(at: &[Step]) -> String {
    at.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect()
}

fn is_needed(object: &str, key: &str) -> bool {
    NEEDED.contains(&key) && !object.split('/').any(|step| FREE.contains(&step))
}

type Change = Box<dyn Fn(&mut Map<String, Value>)>;

/// What makes a mutant: its kind, the object that changes, and how.
type Mutation = (&'static str, String, Change);

/// The body with this change.
fn mutant(body: &Value, (_, at, change): &Mutation) -> Value {
    let mut mutant = body.clone();
    change(mutant.pointer_mut(at).unwrap().as_object_mut().unwrap());
    mutant
}

/// All mutations of a body. A mutant is as large as the body: each is made when it is tried.
fn mutations(body: &Value) -> Vec<Mutation> {
    let mut places = Vec::new();
    objects(body, &mut Vec::new(), &mut places);
    let mut all: Vec<Mutation> = Vec::new();
    for place in &places {
        let mut add = |what, change: Change| {
            all.push((what, place.clone(), change));
        };
        let set = |key: &str, value: Value| -> Change {
            let key = key.to_owned();
            Box::new(move |object| drop(object.insert(key.clone(), value.clone())))
        };
        let push = |key: &str, at_the_end: bool, value: Value| -> Change {
            let key = key.to_owned();
            Box::new(move |object| {
                let list = object[&key].as_array_mut().unwrap();
                list.insert(if at_the_end { list.len() } else { 0 }, value.clone());
            })
        };
        add("an extra field", set("brand_new", json!({"a": [1, null, "x"]})));
        let object = body.pointer(place).unwrap().as_object().unwrap();
        for (key, value) in object {
            // A null credential is absent: the client drops it, and it is not encoded again.
            if !is_needed(place, key) && !place.ends_with("/credentials") {
                add("a null", set(key, Value::Null));
            }
            if !is_needed(place, key) {
                let key = key.clone();
                add("a missing field", Box::new(move |object| drop(object.remove(&key))));
            }
            if ENUMS.contains(&key.as_str()) && value.is_string() {
                add("an unknown value", set(key, json!("brand_new_value")));
            }
            if key == "nodes" && value.is_array() {
                for node in [
                    json!({"type": "canvas", "group": "brand_new", "attributes": {"w": 1, "node_type": "canvas"},
                        "messages": [], "meta": {}}),
                    json!({"type": "input", "group": "password", "attributes": {"node_type": "input"}, "messages": null}),
                    json!({}),
                ] {
                    add("an unknown node", push(key, false, node));
                }
            }
            if key == "continue_with" && value.is_array() {
                add("an unknown action", push(key, true, json!({"action": "brand_new", "flow": 7})));
            }
            if value.is_array() {
                add("an empty list", set(key, json!([])));
            }
        }
    }
    all
}

/// What was tried of a release, and what failed.
#[derive(Default)]
struct Tried {
    kinds: BTreeMap<&'static str, usize>,
    failures: Vec<String>,
}

/// The responses with a type to decode as.
fn decoded(exchanges: &[Exchange]) -> impl Iterator<Item = (&Exchange, &'static Row)> {
    let decoded = |exchange| {
        let row = classify(exchange)?;
        let is_decoded = matches!(row.read, Read::Json(_) | Read::Error(_)) && !exchange.body.is_string();
        is_decoded.then_some((exchange, row))
    };
    exchanges.iter().filter_map(decoded)
}

/// The mutant of another mutation of a mutant. Another round selects another one.
fn mutant_of_mutant(body: &Value, all: &[Mutation], index: usize, round: usize) -> Option<(String, Value)> {
    let first = all.get(index)?;
    let once = mutant(body, first);
    let again = mutations(&once);
    let second = again.get((index * 31 + round * 7) % again.len().max(1))?;
    Some((format!("{} at {}, then {} at {}", first.0, first.1, second.0, second.1), mutant(&once, second)))
}

/// Tries so many mutants of a release at least; without a number some of each response. A release with fewer than that has
/// mutants of mutants tried too.
fn try_some(version: &str, exchanges: &[Exchange], at_least: Option<usize>) -> Tried {
    let mut tried = Tried::default();
    let singles: usize = decoded(exchanges).map(|(exchange, _)| mutations(&exchange.body).len()).sum();
    let every = at_least.map(|at_least| (singles / at_least).max(1));
    let rounds = at_least.map_or(1, |at_least| at_least.div_ceil(singles.max(1)));
    let mut passed: usize = 0;
    for (number, (exchange, row)) in decoded(exchanges).enumerate() {
        let all = mutations(&exchange.body);
        // Responses are similar, so each has another part of its mutants tried.
        let (first, step) = match every {
            Some(every) => (passed.next_multiple_of(every) - passed, every),
            None => {
                let step = (all.len() / OF_A_RESPONSE).max(1);
                (number % step, step)
            }
        };
        passed += all.len();
        let mut check = |what, how: String, body| {
            *tried.kinds.entry(what).or_default() += 1;
            if let Err(why) = row.check(&Exchange { body, ..exchange.clone() }) {
                tried.failures.push(format!("{version} {} ({}), {how}: {why}", exchange.name, row.name));
            }
        };
        for mutation in all.iter().skip(first).step_by(step) {
            check(mutation.0, format!("{} at {}", mutation.0, mutation.1), mutant(&exchange.body, mutation));
        }
        for (round, index) in (1..rounds).flat_map(|round| (0..all.len()).map(move |index| (round, index))) {
            if let Some((how, body)) = mutant_of_mutant(&exchange.body, &all, index, round) {
                check("two changes", how, body);
            }
        }
    }
    tried
}

#[test]
fn no_mutant_fails_or_loses_anything() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("captures");
    let at_least = std::env::var("KRATOS_CAPTURE_MUTANTS").ok().map(|number| number.parse().unwrap());
    let releases = versions(&folder).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let queue = Mutex::new(releases.iter());
    let next = || queue.lock().unwrap().next();
    let work = || {
        let mut done = Vec::new();
        while let Some((version, exchanges)) = next() {
            done.push((version, try_some(version, exchanges, at_least)));
        }
        done
    };
    let mut all = Tried::default();
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for (version, tried) in running.into_iter().flat_map(|thread| thread.join().unwrap()) {
            let of_this: usize = tried.kinds.values().sum();
            println!("{version}: {of_this} mutants, {} failures", tried.failures.len());
            assert!(at_least.is_none_or(|least| of_this >= least), "only {of_this} mutants of {version}");
            for (what, times) in tried.kinds {
                *all.kinds.entry(what).or_default() += times;
            }
            all.failures.extend(tried.failures);
        }
    });
    let Tried { kinds, failures } = all;
    let all: usize = kinds.values().sum();
    println!("{all} mutants: {kinds:?}");
    assert!(
        failures.is_empty(),
        "{} of {all} failed, the first: {:#?}",
        failures.len(),
        &failures[..failures.len().min(12)]
    );
    assert!(all >= 10_000, "only {all} mutants");
}
