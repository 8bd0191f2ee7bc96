//! Traits: each control submits what Kratos and the identity schema accept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_model::RawJson;
use kratos_ui::{
    Theme,
    view::{Control, Field, View},
};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use support::nodes::{hidden, input, login, submit, with};

fn settings(theme: &Theme, nodes: &[Value]) -> View {
    let mut all = nodes.to_vec();
    all.push(submit("profile", "method", "profile"));
    support::view_as(theme, "settings", &login(&all))
}

fn text(name: &str, value: Value) -> Value {
    input("profile", name, "text", value, "")
}

fn field<'a>(view: &'a View, name: &str) -> &'a Field {
    let mut fields = view.forms().filter(|form| !form.without_script).flat_map(|form| &form.fields);
    fields.find(|field| field.name == name).unwrap_or_else(|| panic!("no {name}"))
}

/// Returns what the first form submits if nothing is changed and no script runs, without the token and the method.
fn submitted(theme: &Theme, view: &View) -> Vec<(String, String)> {
    let page = Html::parse_document(theme.render(view).html());
    let form = page.select(&Selector::parse("form").unwrap()).next().unwrap();
    let controls = Selector::parse("input:not([disabled]), select option[selected]").unwrap();
    let controls = form.select(&controls);
    controls
        .filter_map(|control| {
            let is_box = control.attr("type") == Some("checkbox");
            if is_box && control.attr("checked").is_none() {
                return None;
            }
            let select = || {
                control.parent().and_then(scraper::ElementRef::wrap).and_then(|select| select.attr("name"))
            };
            let name = control.attr("name").or_else(select)?;
            Some((name.to_owned(), control.attr("value").unwrap_or_default().to_owned()))
        })
        .filter(|(name, _)| name.starts_with("traits."))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn schema(traits: &Value) -> RawJson {
    RawJson::from_value(&json!({"properties": {"traits": {"properties": traits}}})).unwrap()
}

/// Kratos 26.2.0 draws the list and each of its entries, and reads all values of the list's name.
#[test]
fn a_list_submits_each_entry_under_the_name_of_the_list() {
    let theme = Theme::new();
    let nodes = [
        text("traits.name", json!("Ada")),
        input("profile", "traits.tags", "text", json!(null), "Tags"),
        with(
            text("traits.tags.1", json!("second")),
            "/messages",
            json!([{"id": 4000003, "text": "length must be >= 9, but got 6", "type": "error"}]),
        ),
        text("traits.tags.0", json!("first")),
        input("profile", "traits.numbers.0", "number", json!(2.5), ""),
        text("traits.numbers", json!(null)),
    ];
    let view = settings(&theme, &nodes);
    let expected = [
        ("traits.name", "Ada"),
        ("traits.tags", "first"),
        ("traits.tags", "second"),
        ("traits.numbers", "2.5"),
    ];
    assert_eq!(submitted(&theme, &view), pairs(&expected));
    let tags = field(&view, "traits.tags");
    assert_eq!((tags.label.as_str(), tags.messages.len(), tags.required), ("Tags", 1, false));
    assert!(matches!(field(&view, "traits.numbers").control, Control::List { add: Some("number"), .. }));
    assert!(view.uses_script(), "an input for another entry, whose empty value is not submitted");
    // Without a script, an entry is added by a form that submits the rest as it is.
    let addition = view.forms().find(|form| form.without_script).unwrap();
    let hidden = addition.hidden.iter().filter(|hidden| hidden.name.starts_with("traits."));
    let hidden: Vec<_> =
        hidden.map(|hidden| (hidden.name.clone(), hidden.value.as_str().to_owned())).collect();
    assert_eq!(hidden, pairs(&expected));
    assert!(addition.fields[0].name == "traits.tags" && addition.fields[0].required);
}

/// A name such as `traits.room.1` without a field `traits.room` is an object's.
#[test]
fn an_object_with_a_number_as_a_name_is_not_a_list() {
    let theme = Theme::new();
    let view = settings(
        &theme,
        &[text("traits.room.1", json!("a")), text("other", json!(null)), text("other.0", json!("b"))],
    );
    assert_eq!(submitted(&theme, &view), pairs(&[("traits.room.1", "a")]));
    assert!(matches!(field(&view, "other.0").control, Control::Input { .. }));
}

#[test]
fn an_optional_list_that_stays_empty_submits_nothing() {
    let theme = Theme::new().with_identity_schema(&schema(&json!({
        "tags": {"type": "array", "items": {"type": "string", "format": "email"}},
        "days": {"type": "array", "items": {"type": "string", "enum": ["mon", "tue"]}},
    })));
    let view = settings(&theme, &[text("traits.tags", json!(null)), text("traits.days", json!(null))]);
    assert_eq!(submitted(&theme, &view), pairs(&[]));
    assert!(matches!(field(&view, "traits.tags").control, Control::List { add: Some("email"), .. }));
    let Control::List { entries, add: None } = &field(&view, "traits.days").control else { panic!("a list") };
    assert_eq!(entries.iter().map(|entry| entry.value.as_str()).collect::<Vec<_>>(), ["mon", "tue"]);
    // A required one has an input without a script.
    let required = with(
        text("traits.tags", json!(null)),
        "/attributes",
        json!({"name": "traits.tags", "type": "text", "required": true}),
    );
    let view = settings(&theme, &[required]);
    assert!(field(&view, "traits.tags").required);
    assert!(theme.render(&view).html().contains("<input type=\"email\" name=\"traits.tags\""));
    assert_eq!(submitted(&theme, &view), pairs(&[("traits.tags", "")]), "the browser requires a value");
}

/// RFC 3339 needs a zone, which `datetime-local` cannot have: Kratos would refuse every value.
#[test]
fn a_time_is_entered_with_its_zone() {
    let theme = Theme::new();
    for value in [json!(null), json!("2026-11-28T09:30:00Z"), json!("2026-11-28T10:30")] {
        let view = settings(&theme, &[input("profile", "traits.at", "datetime-local", value, "At")]);
        let at = field(&view, "traits.at");
        assert!(matches!(at.control, Control::Input { kind: "text", .. }), "{at:?}");
        let html = theme.render(&view).into_html();
        let id = at.hint_id();
        assert!(
            html.contains(&format!("aria-describedby=\"{id}\"")) && html.contains(&format!("id=\"{id}\""))
        );
    }
}

/// JSON Schema looks for a part that matches; HTML compares the whole value.
#[test]
fn a_pattern_accepts_what_kratos_accepts() {
    let theme = Theme::new();
    let pattern = |name: &str, pattern: &str| {
        let mut node = text(name, json!(null));
        node["attributes"]["pattern"] = json!(pattern);
        field(&settings(&theme, &[node]), name).pattern.clone()
    };
    for (given, expected) in [
        ("[A-Z]{2}", Some(".*(?:[A-Z]{2}).*")),
        ("^[A-Z]{2}$", Some(".*(?:^[A-Z]{2}$).*")),
        ("a|b", Some(".*(?:a|b).*")),
        // Go reads these otherwise than browsers do.
        ("[[:alpha:]]+", None),
        ("[a&&b]", None),
        ("[!--]", None),
        ("", None),
    ] {
        assert_eq!(pattern("traits.code", given).as_deref(), expected, "{given}");
    }
    assert_eq!(pattern("code", "[0-9]+").as_deref(), Some("[0-9]+"), "Kratos wrote it for HTML");
}

#[test]
fn a_box_that_must_be_checked_is_required() {
    let required = |theme: &Theme, messages: Value, is_required: bool| {
        let mut node =
            with(input("profile", "traits.terms", "checkbox", json!(null), "Terms"), "/messages", messages);
        node["attributes"]["required"] = json!(is_required);
        field(&settings(theme, &[node]), "traits.terms").required
    };
    let plain = Theme::new();
    let knows =
        Theme::new().with_identity_schema(&schema(&json!({"terms": {"type": "boolean", "const": true}})));
    let by_enum =
        Theme::new().with_identity_schema(&schema(&json!({"terms": {"type": "boolean", "enum": [true]}})));
    assert!(!required(&plain, json!([]), true), "Kratos only requires a value");
    assert!(required(&knows, json!([]), true) && required(&by_enum, json!([]), true));
    assert!(!required(&knows, json!([]), false), "an optional one may be left out");
    for id in [4000029, 4000030] {
        let refused = json!([{"id": id, "text": "must be equal to constant true", "type": "error"}]);
        assert!(required(&plain, refused, true), "Kratos has refused another value");
    }
}

/// An absent trait must not become `false` by saving another one.
#[test]
fn an_optional_box_submits_false_only_in_place_of_a_value() {
    let theme = Theme::new();
    let sent = |value: Value, required: bool| {
        let mut node = input("profile", "traits.news", "checkbox", value, "News");
        node["attributes"]["required"] = json!(required);
        let sent = submitted(&theme, &settings(&theme, &[node]));
        sent.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sent(json!(null), false), "");
    assert_eq!(sent(json!(false), false), "false");
    assert_eq!(sent(json!(true), false), "false true");
    assert_eq!(sent(json!(null), true), "false");
}

#[test]
fn a_schema_offers_the_values_of_an_enum() {
    let theme = Theme::new().with_identity_schema(&schema(&json!({
        "level": {"type": "integer", "enum": [1, 2]}, "fixed": {"type": "string", "const": "yes"},
    })));
    let options = |value: Value, name: &str| {
        let view = settings(&theme, &[input("profile", name, "number", value, "X")]);
        let Control::Select { choices } = &field(&view, name).control else { panic!("a select") };
        let options = choices
            .iter()
            .map(|choice| format!("{}{}", choice.value.as_str(), if choice.selected { "*" } else { "" }));
        options.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(options(json!(2), "traits.level"), "1 2*");
    assert_eq!(options(json!(null), "traits.level"), "* 1 2");
    assert_eq!(options(json!(7), "traits.level"), "7* 1 2", "a value that the schema no longer allows stays");
    assert_eq!(options(json!(null), "traits.fixed"), "* yes");
}

#[test]
fn a_list_of_an_earlier_step_is_submitted_again() {
    let nodes = [
        hidden("default", "traits.tags", ""),
        hidden("default", "traits.tags.0", "a"),
        hidden("default", "traits.tags.1", "b"),
        hidden("default", "traits.none", ""),
        submit("password", "method", "password"),
        input("password", "password", "password", json!(null), "Password"),
    ];
    let view = support::view_as(&Theme::new(), "registration", &login(&nodes));
    let hidden = view.forms().next().unwrap().hidden.iter().filter(|hidden| hidden.name != "csrf_token");
    let hidden: Vec<_> = hidden.map(|hidden| (hidden.name.as_str(), hidden.value.as_str())).collect();
    assert_eq!(hidden, [("traits.tags", "a"), ("traits.tags", "b")]);
}
