//! Mutates valid input.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// A replaced or added value.
pub(crate) fn nasty() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "x", {"a": []}])),
        Just(json!("")),
        Just(json!("9999-12-31T23:59:59.999999999-23:59")),
        Just(json!("0000-01-01T00:00:00+23:59")),
        Just(json!("javascript:alert(1)")),
        Just(json!("https://auth.example/\u{0}\r\n\"'><script>alert(1)</script><svg onload=alert(1)>")),
        Just(json!("https://evil.example/x.js")),
        Just(json!("//evil.example")),
        Just(json!("\u{202e}\u{0}\u{feff}&lt;&#x3c;")),
        (1_usize..200).prop_map(|depth| (0..depth).fold(Value::Null, |inner, _| json!([inner]))),
        (1_usize..4000).prop_map(|length| Value::from("é".repeat(length))),
        ".*".prop_map(Value::from),
    ]
}

/// Replaces values of the JSON in the input, which is all of it or the body of an exchange.
pub(crate) fn json(seed: Vec<u8>, changes: &[(Index, Value)]) -> Vec<u8> {
    let start = seed.windows(2).position(|pair| pair == b"\n\n").map_or(0, |end| end + 2);
    let Some(Ok(mut tree)) = seed.get(start..).map(serde_json::from_slice::<Value>) else { return seed };
    for (index, value) in changes {
        let mut left = index.index(count(&tree));
        put(&mut tree, &mut left, value);
    }
    let mut changed = seed.get(..start).unwrap_or_default().to_vec();
    changed.extend(tree.to_string().into_bytes());
    changed
}

fn count(tree: &Value) -> usize {
    1 + match tree {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(list) => list.iter().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Inserts the value at the place with this number. Returns whether the place exists.
fn put(tree: &mut Value, left: &mut usize, value: &Value) -> bool {
    if *left == 0 {
        *tree = value.clone();
        return true;
    }
    *left -= 1;
    match tree {
        Value::Object(map) => map.values_mut().any(|inner| put(inner, left, value)),
        Value::Array(list) => list.iter_mut().any(|inner| put(inner, left, value)),
        _ => false,
    }
}

/// A mutation of bytes.
#[derive(Clone, Debug)]
pub(crate) enum Noise {
    Put(u8),
    Insert(Vec<u8>),
    Remove(usize),
    End,
    Twice(usize),
}

pub(crate) fn noise() -> impl Strategy<Value = Noise> {
    let text = prop::sample::select(vec![
        "\n",
        "\r\n",
        ";",
        "=",
        "; ory_kratos_session=x",
        "\0",
        "\"",
        ",",
        "{",
        "]",
        "%00",
        "\u{ff}",
        ": ",
        "@",
        "\\",
        "//evil.example/",
        "?return_to=https://evil.example",
    ]);
    prop_oneof![
        any::<u8>().prop_map(Noise::Put),
        text.prop_map(|text| Noise::Insert(text.as_bytes().to_vec())),
        (1_usize..20).prop_map(Noise::Remove),
        Just(Noise::End),
        (1_usize..60).prop_map(Noise::Twice),
    ]
}

/// Mutates the bytes.
pub(crate) fn bytes(mut data: Vec<u8>, changes: &[(Index, Noise)]) -> Vec<u8> {
    for (index, change) in changes {
        let at = index.index(data.len() + 1);
        let until = |length: usize| (at + length).min(data.len());
        match change {
            Noise::Put(byte) => {
                if let Some(place) = data.get_mut(at) {
                    *place = *byte;
                }
            }
            Noise::Insert(text) => drop(data.splice(at..at, text.iter().copied())),
            Noise::Remove(length) => drop(data.drain(at..until(*length))),
            Noise::End => data.truncate(at),
            Noise::Twice(length) => {
                let part = data.get(at..until(*length)).unwrap_or_default().to_vec();
                drop(data.splice(at..at, part));
            }
        }
    }
    data
}
