//! Labels, values, names and messages never change the page's elements, and the browser parses them back unchanged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_ui::{Catalog, Theme};
use proptest::prelude::*;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use support::nodes::{input, login, submit, with};

fn flow(text: &str) -> Value {
    let message = json!([{"id": 4000001, "text": text, "type": "error", "context": {"reason": text}}]);
    let field = with(input("default", "identifier", "text", json!(text), text), "/messages", message.clone());
    let mut flow = login(&[
        field,
        support::nodes::hidden("default", "kept", text),
        submit("password", "method", text),
        json!({"type": "text", "group": "totp", "attributes": {"id": "x", "text": {"id": 1, "text": text}}, "meta": {"label": {"id": 1, "text": text}}}),
    ]);
    flow["ui"]["messages"] = message;
    flow
}

fn document(text: &str) -> Html {
    // The application's name and the texts of a catalog are also escaped.
    let theme =
        Theme::new().with_name(text).with_texts(Catalog::new(text).with_message(4_000_001, "{reason}"));
    Html::parse_document(theme.render(&support::view_as(&theme, "login", &flow(text))).html())
}

fn skeleton(document: &Html) -> Vec<String> {
    let elements = document.tree.values().filter_map(|node| node.as_element());
    elements
        .map(|element| {
            format!("{}{:?}", element.name(), element.attrs().map(|(name, _)| name).collect::<Vec<_>>())
        })
        .collect()
}

fn attr(document: &Html, selector: &str, name: &str) -> String {
    let selector = Selector::parse(selector).unwrap();
    document.select(&selector).next().unwrap().attr(name).unwrap().to_owned()
}

fn text(document: &Html, selector: &str) -> String {
    let selector = Selector::parse(selector).unwrap();
    document.select(&selector).next().unwrap().text().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    // Excludes CR and NUL, which HTML parsers change.
    #[test]
    fn no_text_changes_the_elements(input_text in r#"([<>"'&=/`{}!\- \n]|script|onload|&lt;|&#x27;|-->|\]\]>|[^\r\x00]){1,24}"#) {
        prop_assume!(!input_text.trim().is_empty());
        let document = document(&input_text);
        prop_assert_eq!(skeleton(&document), skeleton(&crate::document("x")));
        prop_assert_eq!(attr(&document, "[name=identifier]", "value"), input_text.as_str());
        prop_assert_eq!(attr(&document, "[name=kept]", "value"), input_text.as_str());
        prop_assert_eq!(attr(&document, "button[name=method]", "value"), input_text.as_str());
        prop_assert_eq!(attr(&document, "html", "lang"), input_text.as_str());
        prop_assert_eq!(text(&document, "label"), input_text.as_str());
        prop_assert_eq!(text(&document, "[role=alert]"), input_text.as_str());
        prop_assert_eq!(text(&document, "button[name=method]"), input_text.as_str());
        prop_assert_eq!(text(&document, "pre code"), input_text.as_str());
        prop_assert_eq!(text(&document, "title"), format!("Sign in · {input_text}"));
    }
}
