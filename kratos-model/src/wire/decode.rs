//! Decoding that a single odd field does not spoil.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// How many odd values are dropped before an answer counts as unreadable.
const MOST_DROPPED: usize = 64;

/// Why bytes could not be read as a model: the JSON path and serde's category, never a value.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("unreadable at `{path}`: {what}")]
pub struct DecodeError {
    /// The JSON path.
    pub path: String,
    /// The kind of fault.
    pub what: &'static str,
}

/// Reads `T`; when a value deep inside does not fit, drops that value and reads again, so that an odd address
/// or device never costs a user the session. Only a value at the root that does not fit is an error.
pub fn decode_salvaging<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    // Checking once that it is text is faster than checking each string.
    if let Some(value) = std::str::from_utf8(bytes).ok().and_then(|text| serde_json::from_str(text).ok()) {
        return Ok(value);
    }
    let mut tree: Value = serde_json::from_slice(bytes)
        .map_err(|_| DecodeError { path: ".".to_owned(), what: "not JSON, or cut short" })?;
    for _ in 0..MOST_DROPPED {
        match serde_path_to_error::deserialize::<_, T>(&tree) {
            Ok(value) => return Ok(value),
            Err(error) => {
                let path = error.path().to_string();
                if !drop_at(&mut tree, error.path()) {
                    return Err(DecodeError { path, what: "a value of another type, or a missing field" });
                }
                tracing::warn!(target: "kratos", %path, "dropped a value that Kratos sent and this crate cannot read");
            }
        }
    }
    Err(DecodeError { path: ".".to_owned(), what: "too many values of another type" })
}

/// Removes what lies at `path`; false when that is the root.
fn drop_at(tree: &mut Value, path: &Path) -> bool {
    let segments: Vec<&Segment> = path.iter().collect();
    let Some((last, parents)) = segments.split_last() else { return false };
    let mut place = tree;
    for segment in parents {
        let next = match segment {
            Segment::Map { key } => place.get_mut(key.as_str()),
            Segment::Seq { index } => place.get_mut(*index),
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        let Some(next) = next else { return false };
        place = next;
    }
    match (last, place) {
        (Segment::Map { key }, Value::Object(map)) => map.remove(key.as_str()).is_some(),
        (Segment::Seq { index }, Value::Array(list)) if *index < list.len() => {
            list.remove(*index);
            true
        }
        _ => false,
    }
}
