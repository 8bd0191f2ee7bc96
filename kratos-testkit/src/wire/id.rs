//! Ids in paths.

use uuid::Uuid;

use super::Problem;

/// Parses an id of a path, or returns the error of Go's parser.
pub(crate) fn parse_id(text: &str) -> Result<Uuid, Problem> {
    Uuid::parse_str(text).map_err(|_| {
        let length = text.len();
        Problem::new(400, format!("uuid: incorrect UUID length {length} in string {text:?}"))
    })
}
