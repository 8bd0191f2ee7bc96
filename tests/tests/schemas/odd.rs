//! Traits that a form cannot hold: `check` names each, and the settings page keeps the identity's values of them.

use std::path::Path;

use kratos_core::{
    Kratos,
    check::{Topic, Verdict},
    model::RawJson,
};
use kratos_tests::http::client;
use kratos_ui::Theme;
use serde_json::{Value, json};

use crate::{Server, assert_same, browser, browser::Entered, email, register};

/// Traits, their schemas and values: none fits into a form.
fn odd() -> [(&'static str, Value, Value); 6] {
    [
        ("nick", json!({"type": ["string", "null"]}), json!("Ada")),
        ("nothing", json!({"type": "null"}), json!(null)),
        ("either", json!({"enum": ["a", 1]}), json!(1)),
        (
            "contacts",
            json!({"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}),
            json!([{"name": "Bob"}]),
        ),
        (
            "grid",
            json!({"type": "array", "items": {"type": "array", "items": {"type": "number"}}}),
            json!([[1, 2]]),
        ),
        ("free", json!({"type": "object"}), json!({"colour": "red", "deep": {"n": 1}})),
    ]
}

fn schema(names: &[&str], is_open: bool) -> Value {
    let mut properties = json!({
        "email": {"type": "string", "format": "email", "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}}},
        "plain": {"type": "string"},
        "level": {"type": "integer", "enum": [1, 2]},
    });
    for (name, schema, _) in odd() {
        if names.contains(&name) {
            properties[name] = schema;
        }
    }
    json!({"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"traits": {
        "type": "object", "properties": properties, "required": ["email"], "additionalProperties": is_open}}})
}

/// Checks all shapes together, then the one that needs no script. Returns the number of shapes.
pub(crate) async fn kept(program: Option<&Path>) -> usize {
    let names: Vec<&str> = odd().iter().map(|(name, ..)| *name).collect();
    let open = json!({"more": {"of": ["anything", 1, null]}});
    all(program, &schema(&names, true), &names, &open, true).await;
    all(program, &schema(&["free"], false), &["free"], &json!({}), false).await;
    names.len() + 1
}

async fn all(program: Option<&Path>, schema: &Value, names: &[&str], more: &Value, scripts: bool) {
    let server = match program {
        Some(path) => Server::real_with(path, false, schema).await,
        None => Server::testkit_with(false, schema.clone()).await,
    };
    let report = Kratos::new(&server.public_url).unwrap().check().unwrap().run().await;
    let finding = report
        .findings()
        .iter()
        .find(|it| it.topic() == Topic::IdentitySchemas && it.verdict() == Verdict::Warning);
    let finding = finding.unwrap_or_else(|| panic!("no finding: {report}")).to_string();
    for name in names {
        assert!(finding.contains(&format!("`traits.{name}` (")), "{name}: {finding}");
    }
    assert_eq!(scripts, finding.contains("`traits` (it may have properties"), "{finding}");

    let theme = Theme::new().with_identity_schema(&RawJson::from_value(schema).unwrap());
    let mut browser = browser(&server, &theme, scripts);
    let email = email();
    let messages = register(&mut browser, &email, Entered::new()).await;
    assert!(messages.is_empty(), "{messages:#?}");
    let mut traits = json!({"email": email, "plain": "before", "level": 1});
    for (name, _, value) in odd() {
        if names.contains(&name) {
            traits[name] = value;
        }
    }
    traits.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    set(&server, &email, &traits).await;

    for (plain, level) in [("before", None), ("after", Some("2")), ("", None)] {
        let page = browser.open("settings").await;
        let mut entered = Entered::from([("traits.plain".to_owned(), vec![plain.to_owned()])]);
        entered.extend(level.map(|level| ("traits.level".to_owned(), vec![level.to_owned()])));
        let messages = browser.submit("settings", &page, "profile", &entered).await;
        assert!(messages.is_empty(), "{messages:#?}");
        traits["plain"] = json!(plain);
        if level.is_some() {
            traits["level"] = json!(2);
        }
        if plain.is_empty() {
            traits.as_object_mut().unwrap().shift_remove("plain");
        }
        assert_same(&server.traits(&email).await, &traits, "saved beside what a form cannot hold");
    }
}

async fn set(server: &Server, email: &str, traits: &Value) {
    let found = format!("{}/admin/identities?credentials_identifier={email}", server.admin_url);
    let found: Value = client().get(found).send().await.unwrap().json().await.unwrap();
    let id = found[0]["id"].as_str().unwrap();
    let body = json!({"schema_id": found[0]["schema_id"], "state": "active", "traits": traits});
    let answer =
        client().put(format!("{}/admin/identities/{id}", server.admin_url)).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    assert_same(&server.traits(email).await, traits, "set by the admin API");
}
