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

use kratos_tests::replay::{Exchange, Read, classify, versions};
use serde_json::{Value, json};

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

/// The number of mutants of one response, unless `KRATOS_ALL_MUTANTS` is set.
const MOST_OF_ONE: usize = 60;

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

/// All mutants of a body, each with its kind.
fn mutants(body: &Value) -> Vec<(&'static str, String, Value)> {
    let mut places = Vec::new();
    objects(body, &mut Vec::new(), &mut places);
    let mut all = Vec::new();
    let mut add = |what, at: String, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut mutant = body.clone();
        change(mutant.pointer_mut(&at).unwrap().as_object_mut().unwrap());
        all.push((what, at, mutant));
    };
    for place in &places {
        add("an extra field", place.clone(), &|object| {
            object.insert("brand_new".to_owned(), json!({"a": [1, null, "x"]}));
        });
        let object = body.pointer(place).unwrap().as_object().unwrap();
        for (key, value) in object {
            let at = || place.clone();
            // A null credential is absent: the client drops it, and it is not encoded again.
            if !is_needed(place, key) && !place.ends_with("/credentials") {
                add("a null", at(), &|object| {
                    object.insert(key.clone(), Value::Null);
                });
            }
            if !is_needed(place, key) {
                add("a missing field", at(), &|object| {
                    object.remove(key);
                });
            }
            if ENUMS.contains(&key.as_str()) && value.is_string() {
                add("an unknown value", at(), &|object| {
                    object.insert(key.clone(), json!("brand_new_value"));
                });
            }
            if key == "nodes" && value.is_array() {
                for node in [
                    json!({"type": "canvas", "group": "brand_new", "attributes": {"w": 1, "node_type": "canvas"},
                        "messages": [], "meta": {}}),
                    json!({"type": "input", "group": "password", "attributes": {"node_type": "input"}, "messages": null}),
                    json!({}),
                ] {
                    add("an unknown node", at(), &|object| {
                        object[key].as_array_mut().unwrap().insert(0, node.clone());
                    });
                }
            }
            if key == "continue_with" && value.is_array() {
                add("an unknown action", at(), &|object| {
                    object[key].as_array_mut().unwrap().push(json!({"action": "brand_new", "flow": 7}));
                });
            }
            if value.is_array() {
                add("an empty list", at(), &|object| {
                    object.insert(key.clone(), json!([]));
                });
            }
        }
    }
    all
}

#[test]
fn no_mutant_fails_or_loses_anything() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("captures");
    let mut tried = BTreeMap::<&str, usize>::new();
    let mut failures = Vec::new();
    let every_one = std::env::var_os("KRATOS_ALL_MUTANTS").is_some();
    let mut number = 0;
    for (version, exchanges) in versions(&folder).unwrap() {
        for exchange in exchanges {
            let Some(row) = classify(&exchange) else { continue };
            if !matches!(row.read, Read::Json(_) | Read::Error(_)) || exchange.body.is_string() {
                continue;
            }
            // All mutants of a response take minutes. Responses are similar, so each has another part of its mutants tried.
            let all = mutants(&exchange.body);
            let step = if every_one { 1 } else { (all.len() / MOST_OF_ONE).max(1) };
            number += 1;
            for (what, at, body) in all.into_iter().skip(number % step).step_by(step) {
                *tried.entry(what).or_default() += 1;
                let mutant = Exchange { body, ..exchange.clone() };
                if let Err(why) = row.check(&mutant) {
                    failures
                        .push(format!("{version} {} ({}), {what} at {at}: {why}", exchange.name, row.name));
                }
            }
        }
    }
    let all: usize = tried.values().sum();
    println!("{all} mutants: {tried:?}");
    assert!(
        failures.is_empty(),
        "{} of {all} failed, the first: {:#?}",
        failures.len(),
        &failures[..failures.len().min(12)]
    );
    assert!(all >= 10_000, "only {all} mutants");
}
