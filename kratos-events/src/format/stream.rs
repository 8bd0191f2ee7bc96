//! Events of the Ory Network: its documentation, docs/actions/live-events.mdx of github.com/ory/docs. Never run against the Network.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Found, Undecodable};
use crate::revocation::Revocation;

#[derive(Deserialize)]
struct StreamEvent {
    name: String,
    #[serde(default, rename = "eventAttributes")]
    attributes: BTreeMap<String, Value>,
}

pub(super) fn read(body: &[u8]) -> Result<Found, Undecodable> {
    let event: StreamEvent = serde_json::from_slice(body).map_err(|_| Undecodable)?;
    let texts = event.attributes.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
    let revocations: Vec<_> = Revocation::of(&event.name, texts).into_iter().collect();
    Ok(Found { ignored: usize::from(revocations.is_empty()), revocations })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn revocations(body: &[u8]) -> Result<Vec<Revocation>, Undecodable> {
        read(body).map(|found| found.revocations)
    }

    #[test]
    fn an_event_is_json() {
        let revoked = br#"{"name":"SessionRevoked","version":"1","timestamp":"2026-01-01T00:00:00Z","projectId":"p","new":[],
            "eventAttributes":{"SessionID":"00000000-0000-0000-0000-000000000001","ClientIP":"x","Count":1}}"#;
        assert_eq!(revocations(revoked).unwrap(), [Revocation::Session(Uuid::from_u128(1))]);
        assert_eq!(revocations(br#"{"name":"Unknown"}"#).unwrap(), []);
        assert_eq!(revocations(br#"{"name":"IdentityDeleted"}"#).unwrap(), [Revocation::All]);
        for body in [&b""[..], b"{}", b"[]", b"null", br#"{"name":1}"#] {
            assert!(revocations(body).is_err());
        }
    }
}
