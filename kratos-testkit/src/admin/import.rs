//! Identities as an operator imports them, credentials included.

use serde_json::{Map, Value, json};

use crate::schema::Schema;
use crate::wire::{Call, Problem};
use crate::world::World;
use crate::world::credential::hash_password;
use crate::world::identity::{Address, Identity};

const KNOWN: [&str; 10] = [
    "schema_id",
    "traits",
    "state",
    "metadata_public",
    "metadata_admin",
    "external_id",
    "credentials",
    "verifiable_addresses",
    "recovery_addresses",
    "organization_id",
];

/// Returns the body as an object, or an error if a member is unknown.
pub(super) fn body(call: &Call) -> Result<Map<String, Value>, Problem> {
    let Ok(Value::Object(body)) = serde_json::from_slice(&call.body) else {
        return Err(Problem::new(400, "unexpected EOF"));
    };
    match body.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        Some(unknown) => Err(Problem::new(400, format!("json: unknown field {unknown:?}"))),
        None => Ok(body),
    }
}

/// Returns a new identity without storing it.
pub(super) fn identity(world: &World, body: &Map<String, Value>) -> Result<Identity, Problem> {
    let now = world.now();
    let (schema_id, schema) = schema(world, body)?;
    let traits = traits(schema, body)?;
    let mut person = Identity::new(&schema_id, schema, traits, now);
    apply(&mut person, body, now)?;
    for (kind, list) in [
        ("verifiable_addresses", &mut person.verifiable_addresses),
        ("recovery_addresses", &mut person.recovery_addresses),
    ] {
        for sent in body.get(kind).and_then(Value::as_array).into_iter().flatten() {
            let word = |name: &str| sent.get(name).and_then(Value::as_str).unwrap_or_default();
            let (value, via) = (word("value").to_lowercase(), word("via"));
            let known = list.iter_mut().find(|known| known.value == value);
            let mut address = known.cloned_or(|| Address::new(&value, via, now));
            if sent.get("verified").and_then(Value::as_bool).unwrap_or_default() {
                address.verified_at = Some(now);
                address.status = "completed";
            }
            list.retain(|known| known.value != value);
            list.push(address);
        }
    }
    credentials(&mut person, schema, body, now)?;
    if world.conflicts(&person) { Err(conflict()) } else { Ok(person) }
}

pub(super) fn conflict() -> Problem {
    Problem::new(409, "The resource could not be created due to a conflict")
        .reason("This identity conflicts with another identity that already exists.")
}

/// Overwrites an identity with the body.
pub(super) fn overwrite(
    world: &World,
    person: &mut Identity,
    body: &Map<String, Value>,
) -> Result<(), Problem> {
    let now = world.now();
    let mut asked = body.clone();
    asked.entry("schema_id").or_insert_with(|| person.schema_id.clone().into());
    let (schema_id, schema) = schema(world, &asked)?;
    let traits = traits(schema, &asked)?;
    person.schema_id = schema_id;
    person.set_traits(schema, traits, now);
    apply(person, &asked, now)?;
    credentials(person, schema, &asked, now)
}

fn schema<'a>(world: &'a World, body: &Map<String, Value>) -> Result<(String, &'a Schema), Problem> {
    let asked = body.get("schema_id").and_then(Value::as_str).filter(|id| !id.is_empty());
    let id = asked.unwrap_or(&world.config.default_schema);
    let schema = world.config.schema(id);
    let unknown = || Problem::bad_request(format!("Unable to find JSON Schema ID: {id}"));
    Ok((id.to_owned(), schema.ok_or_else(unknown)?))
}

fn traits(schema: &Schema, body: &Map<String, Value>) -> Result<Value, Problem> {
    let traits = body.get("traits").filter(|traits| traits.is_object()).cloned().unwrap_or_else(|| json!({}));
    match schema.check_in_words(&traits) {
        Some(words) => Err(Problem::bad_request(words)),
        None => Ok(traits),
    }
}

fn apply(person: &mut Identity, body: &Map<String, Value>, now: time::OffsetDateTime) -> Result<(), Problem> {
    let object = |name: &str| body.get(name).cloned().unwrap_or(Value::Null);
    person.metadata_public = object("metadata_public");
    person.metadata_admin = object("metadata_admin");
    person.external_id = body.get("external_id").and_then(Value::as_str).map(str::to_owned);
    if let Some(state) = body.get("state").and_then(Value::as_str).filter(|state| !state.is_empty()) {
        if !matches!(state, "active" | "inactive") {
            return Err(Problem::bad_request("identity state is not valid"));
        }
        if person.state != state {
            person.state_changed_at = Some(now);
        }
        state.clone_into(&mut person.state);
    }
    Ok(())
}

fn credentials(
    person: &mut Identity,
    schema: &Schema,
    body: &Map<String, Value>,
    now: time::OffsetDateTime,
) -> Result<(), Problem> {
    let Some(sent) = body.get("credentials").and_then(Value::as_object) else { return Ok(()) };
    if let Some(unknown) = sent.keys().find(|kind| !matches!(kind.as_str(), "password" | "oidc" | "saml")) {
        return Err(Problem::new(400, format!("json: unknown field {unknown:?}")));
    }
    if let Some(config) = sent.get("password").and_then(|password| password.get("config")) {
        let word = |name: &str| config.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let hash = match (word("hashed_password"), word("password")) {
            (Some(hash), _) => hash.to_owned(),
            (None, Some(password)) => hash_password(password),
            (None, None) => String::new(),
        };
        let identifiers = schema.marked(&person.traits).password;
        let migrates = config.get("use_password_migration_hook") == Some(&Value::Bool(true));
        let kept = if migrates {
            json!({ "hashed_password": hash, "use_password_migration_hook": true })
        } else {
            json!({ "hashed_password": hash })
        };
        person.set_credential("password", identifiers, kept, now);
    }
    if let Some(providers) = sent.get("oidc").and_then(|oidc| oidc.pointer("/config/providers")) {
        let word = |provider: &Value, name: &str| {
            provider.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let identifiers = providers
            .as_array()
            .into_iter()
            .flatten()
            .map(|provider| format!("{}:{}", word(provider, "provider"), word(provider, "subject")))
            .collect();
        person.set_credential("oidc", identifiers, json!({ "providers": providers }), now);
    }
    Ok(())
}

/// Returns a known address, or a new one.
trait ClonedOr {
    fn cloned_or(self, new: impl FnOnce() -> Address) -> Address;
}

impl ClonedOr for Option<&mut Address> {
    fn cloned_or(self, new: impl FnOnce() -> Address) -> Address {
        self.map_or_else(new, |known| known.clone())
    }
}
