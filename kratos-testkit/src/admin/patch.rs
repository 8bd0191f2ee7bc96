//! `PATCH /admin/identities/{id}`: a JSON Patch of an identity.

use json_patch::{Patch, PatchOperation};
use serde_json::{Map, Value, json};

use super::identities::{Shown, json as shown, known, store};
use super::import;
use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply};

/// The members that a patch may not change.
const DENIED: [&str; 5] = ["/id", "/state_changed_at", "/credentials", "/stateChangedAt", "/organization_id"];

pub(super) fn apply(exchange: &mut Exchange<'_>) -> Answer {
    let mut person = known(exchange)?.clone();
    let refused =
        |message: String| Problem::new(400, message).reason("An error occured when applying the JSON patch");
    let patch: Patch = serde_json::from_slice(&exchange.call.body).map_err(|_| {
        refused("json: cannot unmarshal object into Go value of type jsonpatch.Patch".to_owned())
    })?;
    for operation in patch.iter() {
        let path = operation.path().to_string();
        if let Some(denied) = DENIED.iter().find(|denied| path.starts_with(**denied)) {
            return Err(refused(format!("patch includes denied path: {denied}")));
        }
    }
    let mut document = json!({
        "schema_id": person.schema_id, "state": person.state, "traits": person.traits,
        "metadata_public": person.metadata_public, "metadata_admin": person.metadata_admin,
        "external_id": person.external_id,
    });
    let members: Vec<String> = document.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    for operation in patch.0 {
        // Kratos 26.2.0 ignores an unknown member
        let path = operation.path().to_string();
        let head = path.split('/').nth(1).unwrap_or_default();
        if !members.iter().any(|known| known == head) {
            continue;
        }
        let one = Patch(vec![or_add(operation, &document)]);
        json_patch::patch(&mut document, &one).map_err(|error| refused(error.to_string()))?;
    }
    let body = document.as_object().cloned().unwrap_or_default();
    let body = body.into_iter().filter(|(_, value)| !value.is_null()).collect();
    import::overwrite(&exchange.world, &mut person, &body)?;
    store(&mut exchange.world, person.clone())?;
    Ok(Reply::ok(&shown(&exchange.world, &person, &Shown::With(Vec::new()))))
}

/// Turns a replacement of a missing member into an addition, as Kratos 26.2.0 does.
fn or_add(operation: PatchOperation, document: &Value) -> PatchOperation {
    match operation {
        PatchOperation::Replace(replace) if document.pointer(&replace.path.to_string()).is_none() => {
            PatchOperation::Add(json_patch::AddOperation { path: replace.path, value: replace.value })
        }
        other => other,
    }
}
