//! Decoding that tolerates fields of an unexpected type.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// The number of values to drop before decoding fails.
const MAX_DROPPED: usize = 64;

/// The error of [`decode_salvaging`]: the JSON path and the kind of fault, never a value.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("cannot decode `{path}`: {what}")]
pub struct DecodeError {
    /// The JSON path.
    pub path: String,
    /// The kind of fault, for people.
    pub what: &'static str,
}

/// Decodes `T`. Drops nested values of an unexpected type and decodes again, at most 64 times, so that a malformed
/// address or device does not invalidate a session.
///
/// # Errors
/// Returns an error if the bytes are not JSON, the root does not match `T`, or too many values do not match.
pub fn decode_salvaging<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    // Validating UTF-8 once is faster than validating each string.
    if let Some(value) = std::str::from_utf8(bytes).ok().and_then(|text| serde_json::from_str(text).ok()) {
        return Ok(value);
    }
    let mut tree: Value = serde_json::from_slice(bytes)
        .map_err(|_| DecodeError { path: ".".to_owned(), what: "malformed or truncated JSON" })?;
    for _ in 0..MAX_DROPPED {
        match serde_path_to_error::deserialize::<_, T>(&tree) {
            Ok(value) => return Ok(value),
            Err(error) => {
                let path = error.path().to_string();
                if !drop_at(&mut tree, error.path()) {
                    return Err(DecodeError { path, what: "unexpected type or missing field" });
                }
                tracing::warn!(target: "kratos", %path, "dropped a value of an unexpected type from a Kratos response");
            }
        }
    }
    Err(DecodeError { path: ".".to_owned(), what: "too many values of an unexpected type" })
}

/// Removes the value at `path`. Returns false if `path` is the root.
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
