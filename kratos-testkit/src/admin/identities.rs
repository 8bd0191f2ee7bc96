//! `/admin/identities/{id}`: one identity.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::import;
use crate::exchange::Exchange;
use crate::wire::{Answer, Problem, Reply};
use crate::world::World;
use crate::world::identity::Identity;
use crate::world::row_time;

/// The parts of credentials that a response includes.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    /// None: lists.
    None,
    /// Types, identifiers and times, and the configuration of these types.
    With(Vec<String>),
}

pub(super) fn create(exchange: &mut Exchange<'_>) -> Answer {
    let body = import::body(exchange.call)?;
    let person = import::identity(&exchange.world, &body)?;
    let id = person.id;
    let mut shown = json(&exchange.world, &person, &Shown::With(Vec::new()));
    omit_null(&mut shown, "metadata_admin");
    // the response holds the value from before the database stored it
    if let Some(version) = shown.pointer_mut("/credentials/webauthn/version") {
        *version = 0.into();
    }
    exchange.world.identities.push(person);
    let location = format!("{}/identities/{id}", exchange.world.admin_url);
    Ok(Reply::json(201, &shown).header("location", &location))
}

pub(super) fn get(exchange: &mut Exchange<'_>) -> Answer {
    let person = known(exchange)?;
    let shown = Shown::With(exchange.call.queries("include_credential"));
    Ok(Reply::ok(&json(&exchange.world, person, &shown)))
}

pub(super) fn get_by_external(exchange: &mut Exchange<'_>) -> Answer {
    let external = exchange.call.param("id");
    let mut people = exchange.world.identities.iter();
    let person =
        people.find(|person| person.external_id.as_deref() == Some(external)).ok_or_else(Problem::no_row)?;
    let shown = Shown::With(exchange.call.queries("include_credential"));
    Ok(Reply::ok(&json(&exchange.world, person, &shown)))
}

/// Replaces traits, state and metadata. A missing member is emptied, except the state.
pub(super) fn replace(exchange: &mut Exchange<'_>) -> Answer {
    let id = known(exchange)?.id;
    let body = import::body(exchange.call)?;
    let mut person = exchange.world.identity(id).cloned().ok_or_else(Problem::no_row)?;
    import::overwrite(&exchange.world, &mut person, &body)?;
    store(&mut exchange.world, person.clone())?;
    let mut shown = json(&exchange.world, &person, &Shown::With(Vec::new()));
    omit_null(&mut shown, "metadata_admin");
    Ok(Reply::ok(&shown))
}

pub(super) fn delete(exchange: &mut Exchange<'_>) -> Answer {
    let id = known(exchange)?.id;
    exchange.world.identities.retain(|person| person.id != id);
    exchange.world.sessions.retain(|session| session.identity != id);
    Ok(Reply::empty(204))
}

/// Deletes a credential, but neither the last first factor nor a code.
pub(super) fn delete_credential(exchange: &mut Exchange<'_>) -> Answer {
    let id = known(exchange)?.id;
    let kind = exchange.call.param("kind").to_owned();
    let codes_sign_in = exchange.world.config.methods.passwordless_code;
    let person = exchange.world.identity_mut(id).ok_or_else(Problem::no_row)?;
    if kind == "code" {
        return Err(Problem::bad_request("Credentials type code cannot be deleted."));
    }
    if !person.credentials.contains_key(kind.as_str()) {
        let reason = format!("You tried to remove a {kind} but this user have no {kind} set up.");
        return Err(Problem::not_found(reason));
    }
    let by_code = codes_sign_in && person.credentials.contains_key("code");
    if kind == "password" && !by_code && !person.credentials.contains_key("oidc") {
        return Err(Problem::bad_request("You cannot remove the last first factor credential."));
    }
    person.credentials.remove(kind.as_str());
    Ok(Reply::empty(204))
}

/// Stores a changed identity, unless it conflicts with another.
pub(super) fn store(world: &mut World, person: Identity) -> Result<(), Problem> {
    if world.conflicts(&person) {
        return Err(import::conflict());
    }
    let known = world.identity_mut(person.id).ok_or_else(Problem::no_row)?;
    *known = person;
    Ok(())
}

/// Returns an identity as the admin API writes it.
pub(super) fn json(world: &World, person: &Identity, shown: &Shown) -> Value {
    let mut out = Map::new();
    let Value::Object(public) = world.public_identity(person) else { return Value::Null };
    for (name, value) in public {
        if let ("schema_id", Shown::With(whole)) = (name.as_str(), shown) {
            out.insert("credentials".into(), credentials(person, whole));
        }
        let after = name == "metadata_public";
        out.insert(name, value);
        if after {
            out.insert("metadata_admin".into(), person.metadata_admin.clone());
        }
    }
    Value::Object(out)
}

fn credentials(person: &Identity, whole: &[String]) -> Value {
    let mut all = Map::new();
    for (kind, credential) in &person.credentials {
        let mut one = Map::new();
        one.insert("type".into(), (*kind).into());
        one.insert("identifiers".into(), json!(credential.identifiers));
        if whole.iter().any(|wanted| wanted == kind) && !credential.config.is_null() {
            one.insert("config".into(), credential.config.clone());
        }
        one.insert("version".into(), u8::from(matches!(*kind, "code" | "webauthn")).into());
        one.insert("created_at".into(), row_time(credential.created_at).into());
        one.insert("updated_at".into(), row_time(credential.updated_at).into());
        all.insert((*kind).into(), Value::Object(one));
    }
    Value::Object(all)
}

/// Removes a null member: the response to a change omits empty admin metadata, the response to a read does not.
pub(super) fn omit_null(shown: &mut Value, name: &str) {
    if let Value::Object(shown) = shown
        && shown.get(name).is_some_and(Value::is_null)
    {
        shown.shift_remove(name);
    }
}

/// Returns the identity of the path. A malformed id is not found.
pub(super) fn known<'a>(exchange: &'a Exchange<'_>) -> Result<&'a Identity, Problem> {
    let id = Uuid::parse_str(exchange.call.param("id")).map_err(|_| Problem::no_row())?;
    exchange.world.identity(id).ok_or_else(Problem::no_row)
}
