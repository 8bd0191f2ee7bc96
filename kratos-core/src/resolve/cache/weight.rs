//! How much memory a session takes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Device, Extra, Identity, RawJson, Session};

/// The two counters of an `Arc`.
const ARC: usize = 2 * size_of::<usize>();

/// The bytes of a session in an `Arc`, with everything that it owns.
///
/// Names of methods and levels that this crate does not know are left out: they are short and rare. Lists count by their
/// capacity, as texts do.
pub(super) fn session(session: &Session) -> usize {
    let methods = session.authentication_methods.iter().map(|method| {
        text(method.provider.as_ref()) + text(method.organization.as_ref()) + unknown(&method.extra)
    });
    let lists = list(&session.authentication_methods) + list(&session.devices);
    let token = session.tokenized.as_ref().map_or(0, |token| token.expose_secret().len());
    let owned = methods.sum::<usize>() + session.devices.iter().map(device).sum::<usize>() + lists + token;
    ARC + size_of::<Session>() + owned + unknown(&session.extra) + session.identity().map_or(0, identity)
}

fn identity(identity: &Identity) -> usize {
    let verifiable = identity
        .verifiable_addresses
        .iter()
        .map(|address| address.value.capacity() + address.via.capacity() + unknown(&address.extra));
    let recovery = identity
        .recovery_addresses
        .iter()
        .map(|address| address.value.capacity() + address.via.capacity() + unknown(&address.extra));
    let json = [&identity.traits, &identity.metadata_public, &identity.metadata_admin];
    let json: usize = json.into_iter().flatten().map(|raw: &RawJson| raw.as_str().len()).sum();
    // whoami never tells credentials; sessions from other sources may have them.
    let credentials = identity.credentials.len() * 512;
    let texts = identity.schema_id.capacity() + identity.schema_url.capacity();
    let lists = list(&identity.verifiable_addresses) + list(&identity.recovery_addresses);
    ARC + size_of::<Identity>()
        + text(identity.external_id.as_ref())
        + verifiable.sum::<usize>()
        + recovery.sum::<usize>()
        + (json + credentials + texts + lists)
        + unknown(&identity.extra)
}

fn device(device: &Device) -> usize {
    [&device.ip_address, &device.user_agent, &device.location]
        .into_iter()
        .map(|part| text(part.as_ref()))
        .sum::<usize>()
        + unknown(&device.extra)
}

fn text(text: Option<&String>) -> usize {
    text.map_or(0, String::capacity)
}

fn list<T>(list: &Vec<T>) -> usize {
    list.capacity() * size_of::<T>()
}

/// The unknown fields: nothing, or a map in a box.
fn unknown(fields: &Extra) -> usize {
    if fields.is_empty() { 0 } else { size_of::<serde_json::Map<String, Value>>() + map(fields.iter()) }
}

/// What a map of serde_json owns: a B-tree, or an index map where another crate of the build enables serde_json's
/// `preserve_order`.
fn map<'a>(fields: impl Iterator<Item = (&'a String, &'a Value)>) -> usize {
    let (count, owned) = fields.fold((0_usize, 0), |(count, owned), (name, value)| {
        (count + 1, owned + name.capacity() + json(value))
    });
    let entry = size_of::<String>() + size_of::<Value>();
    if size_of::<serde_json::Map<String, Value>>() == size_of::<BTreeMap<String, Value>>() {
        let nodes = if count <= NODE { count.min(1) } else { count.div_ceil(NODE / 2) };
        return nodes * (NODE * entry + 2 * size_of::<usize>()) + owned;
    }
    if count == 0 {
        return owned;
    }
    // Entries with their hashes, and a table of their places that is at most 7/8 full. There is room for as many entries
    // as the table takes (indexmap 2.14).
    let places = (count * 8).div_ceil(7).next_power_of_two().max(4);
    let capacity = if places <= 8 { places - 1 } else { places / 8 * 7 };
    capacity * (entry + size_of::<u64>()) + places * (size_of::<usize>() + 1) + 16 + owned
}

/// The fields that a node of a B-tree has room for; after a split it is half full.
const NODE: usize = 11;

fn json(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.capacity(),
        Value::Array(values) => list(values) + values.iter().map(json).sum::<usize>(),
        Value::Object(fields) => map(fields.iter()),
    }
}
