//! Whatever a label, value, name or message says: the page's elements stay the same, and the browser reads the
//! text back as it was.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
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
    // The name of the application and the texts of a catalog are escaped as well.
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

    // HTML itself changes CR and drops NUL, so these two are left out; everything else has to survive.
    #[test]
    fn nothing_escapes(said in r#"([<>"'&=/`{}!\- \n]|script|onload|&lt;|&#x27;|-->|\]\]>|[^\r\x00]){1,24}"#) {
        prop_assume!(!said.trim().is_empty());
        let document = document(&said);
        prop_assert_eq!(skeleton(&document), skeleton(&crate::document("x")));
        prop_assert_eq!(attr(&document, "[name=identifier]", "value"), said.as_str());
        prop_assert_eq!(attr(&document, "[name=kept]", "value"), said.as_str());
        prop_assert_eq!(attr(&document, "button[name=method]", "value"), said.as_str());
        prop_assert_eq!(attr(&document, "html", "lang"), said.as_str());
        prop_assert_eq!(text(&document, "label"), said.as_str());
        prop_assert_eq!(text(&document, "[role=alert]"), said.as_str());
        prop_assert_eq!(text(&document, "button[name=method]"), said.as_str());
        prop_assert_eq!(text(&document, "pre code"), said.as_str());
        prop_assert_eq!(text(&document, "title"), format!("Sign in · {said}"));
    }
}
