//! Pages of every recorded flow of each release contain every node.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use std::collections::HashMap;

use kratos_ui::{Theme, assets};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use support::Recorded;

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect(selector);
    html.select(&selector).collect()
}

/// The pages of the default theme, and those with a form for each method.
fn pages() -> impl Iterator<Item = (Recorded, String)> {
    pages_of(Theme::new()).chain(pages_of(Theme::new().with_form_per_method()))
}

fn pages_of(theme: Theme) -> impl Iterator<Item = (Recorded, String)> {
    support::all().into_iter().map(move |flow| {
        let html = theme.render(&flow.view(&theme)).into_html();
        (flow, html)
    })
}

fn attribute<'a>(node: &'a Value, name: &str) -> &'a str {
    node["attributes"][name].as_str().unwrap_or_default()
}

/// Ignores nodes that only carry a message: Kratos adds a text input `password` to a form without a password.
fn is_visible_input(node: &Value) -> bool {
    let carries_a_message = node["group"] == "default"
        && attribute(node, "name") == "password"
        && attribute(node, "type") == "text"
        && node["messages"].as_array().is_some_and(|messages| !messages.is_empty());
    node["type"] == "input" && attribute(node, "type") != "hidden" && !carries_a_message
}

#[test]
fn every_visible_node_appears_exactly_once() {
    for (flow, html) in pages_of(Theme::new()) {
        let document = Html::parse_document(&html);
        let place = format!("{} {}", flow.release, flow.name);
        let mut expected: HashMap<(String, String), usize> = HashMap::new();
        for node in flow.nodes().iter().filter(|node| is_visible_input(node)) {
            let value = match attribute(node, "type") {
                "submit" => attribute(node, "value").to_owned(),
                _ => String::new(),
            };
            *expected.entry((attribute(node, "name").to_owned(), value)).or_default() += 1;
        }
        let mut found: HashMap<(String, String), usize> = HashMap::new();
        let controls =
            "input[name]:not([type=hidden]), select, button[type=submit], button[data-ory-onclick]";
        for element in select(&document, controls) {
            let name = element.attr("name").unwrap_or_default().to_owned();
            let is_submit = element.attr("type") == Some("submit");
            let value = if is_submit { element.attr("value").unwrap_or_default() } else { "" };
            *found.entry((name, value.to_owned())).or_default() += 1;
        }
        assert_eq!(found, expected, "{place}");
        for node in flow.nodes() {
            let id = attribute(node, "id");
            let expected = match node["type"].as_str().unwrap() {
                "text" => format!("[data-testid='node/text/{id}']"),
                "img" => "img[src^='data:image/png;base64,']".to_owned(),
                "a" => format!("a[data-testid='node/anchor/{id}'][href]"),
                "script" => format!("script[data-testid='node/script/{id}'][integrity][nonce]"),
                _ => continue,
            };
            assert_eq!(select(&document, &expected).len(), 1, "{place}: {expected}");
        }
        for message in flow.json["ui"]["messages"].as_array().into_iter().flatten() {
            let id = message["id"].as_i64().unwrap();
            let found = select(&document, &format!("[data-testid='ui/message/{id}']"));
            assert_eq!(found.len(), 1, "{place}: message {id}");
            assert_eq!(found[0].text().collect::<String>(), message["text"].as_str().unwrap(), "{place}");
        }
    }
}

#[test]
fn every_form_can_be_submitted() {
    for (flow, html) in pages() {
        let document = Html::parse_document(&html);
        let place = format!("{} {}", flow.release, flow.name);
        let csrf = flow.nodes().iter().find(|node| attribute(node, "name") == "csrf_token");
        for form in select(&document, "form:not([action^='/logout'])") {
            assert_eq!(form.attr("method"), Some("post"), "{place}");
            assert_eq!(form.attr("action"), flow.json["ui"]["action"].as_str(), "{place}");
            let inside =
                |selector: &str| form.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
            let tokens = inside("input[type=hidden][name=csrf_token]");
            let tokens: Vec<_> = tokens.iter().filter_map(|token| token.attr("value")).collect();
            // Some native flows have no CSRF node.
            assert_eq!(
                tokens,
                csrf.iter().map(|csrf| attribute(csrf, "value")).collect::<Vec<_>>(),
                "{place}"
            );
            assert!(csrf.is_some() || flow.json["type"] == "api", "{place}");
            // The values of earlier steps are submitted, and the method at most once.
            for node in flow.nodes().iter().filter(|node| node["group"] == "default") {
                if attribute(node, "type") == "hidden" {
                    let name = attribute(node, "name");
                    let hidden = format!("input[type=hidden][name='{name}']");
                    // A trait that an earlier step left empty has no value to submit.
                    let value = &node["attributes"]["value"];
                    let is_empty = name.starts_with("traits.") && (value.is_null() || value == "");
                    assert_eq!(inside(&hidden).len(), usize::from(!is_empty), "{place}: {hidden}");
                }
            }
            let hidden_method = inside("input[type=hidden][name=method]").len();
            assert!(hidden_method <= 1, "{place}");
            assert!(
                hidden_method == 0 || inside("button[name=method]").is_empty(),
                "{place}: `method` twice"
            );
            // Single sign-on has its own form: Kratos would follow `method` instead.
            if !inside("button[name=provider]").is_empty() {
                let fields = "[name=method], [name=password], [name=identifier]:not([type=hidden])";
                assert!(inside(fields).is_empty(), "{place}");
            }
            // The Enter key presses the first button, which is never “back”, “resend” or a provider.
            if let Some(first) = inside("button[type=submit]").first() {
                let fields = inside("input:not([type=hidden])").len();
                assert!(fields == 0 || first.attr("name") == Some("method"), "{place}: {first:?}");
            }
            let secondary = inside("button[name=resend], button[name=screen], button[name=provider]");
            assert!(secondary.iter().all(|button| button.attr("formnovalidate").is_some()), "{place}");
        }
    }
}

#[test]
fn names_that_kratos_script_looks_up_appear_once() {
    for (flow, html) in pages() {
        let document = Html::parse_document(&html);
        for node in flow.nodes() {
            let name = attribute(node, "name");
            if name.starts_with("passkey_") || name.starts_with("webauthn_") {
                let found = select(&document, &format!("[name='{name}']"));
                assert_eq!(found.len(), 1, "{} {}: {name}", flow.release, flow.name);
            }
        }
        let identifier = select(&document, "[name=identifier]");
        if let Some(first) = identifier.first().filter(|first| first.attr("type") != Some("hidden")) {
            let complete = first.attr("autocomplete").unwrap_or_default();
            assert!(complete.starts_with("username"), "{} {}", flow.release, flow.name);
        }
    }
}

#[test]
fn passwords_have_no_value_and_checkboxes_send_true_or_false() {
    for (flow, html) in pages() {
        let document = Html::parse_document(&html);
        for password in select(&document, "[name=password], [type=password]") {
            assert_eq!(password.attr("value"), None, "{} {}", flow.release, flow.name);
        }
        for checkbox in select(&document, "[type=checkbox]") {
            assert_eq!(checkbox.attr("value"), Some("true"));
            assert_eq!(checkbox.attr("required"), None);
            let node =
                flow.nodes().iter().find(|node| node["attributes"]["name"].as_str() == checkbox.attr("name"));
            let attributes = &node.unwrap()["attributes"];
            let before = checkbox.prev_siblings().find_map(ElementRef::wrap);
            if attributes["value"].is_null() && attributes["required"] != true {
                assert!(before.is_none(), "a trait that is not there stays so");
                continue;
            }
            let before = before.unwrap();
            assert_eq!(before.attr("name"), checkbox.attr("name"));
            assert_eq!((before.attr("type"), before.attr("value")), (Some("hidden"), Some("false")));
        }
    }
}

#[test]
fn labels_and_messages_refer_to_their_fields() {
    let mut invalid = 0;
    for (flow, html) in pages() {
        let document = Html::parse_document(&html);
        let place = format!("{} {}", flow.release, flow.name);
        // The user's name for password managers has no name in the form, and is hidden.
        for field in select(&document, "input[name]:not([type=hidden]), select") {
            let id = field.attr("id").expect(&place);
            assert_eq!(select(&document, &format!("[id='{id}']")).len(), 1, "{place}: {id} is not unique");
            let label = select(&document, &format!("label[for='{id}']"));
            assert_eq!(label.len(), 1, "{place}: {id}");
            assert!(!label[0].text().collect::<String>().trim().is_empty(), "{place}: {id}");
            if let Some(described) = field.attr("aria-describedby") {
                for id in described.split(' ') {
                    let texts = select(&document, &format!("[id='{id}'] p, p[id='{id}']"));
                    assert_eq!(texts.len(), 1, "{place}: {id}");
                }
                invalid += usize::from(field.attr("aria-invalid") == Some("true"));
            }
        }
    }
    assert!(invalid >= 10, "{invalid} invalid fields");
}

#[test]
fn a_page_is_smaller_than_20_kib_in_three_requests() {
    for (flow, html) in pages() {
        let document = Html::parse_document(&html);
        let own = select(&document, "script[src^='/kratos-ui/']").len();
        // What a browser receives: every one accepts compressed files.
        let scripts = if own == 0 { 0 } else { assets::SCRIPT.gzip.len() };
        let weight = html.len() + assets::STYLESHEET.gzip.len() + scripts;
        assert!(weight <= 20 * 1024, "{} {}: {weight} bytes", flow.release, flow.name);
        assert_eq!(select(&document, "link[rel=stylesheet]").len(), 1);
        assert!(own <= 1);
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="));
    }
}

#[test]
fn pages_load_scripts_only_to_call_them_and_with_the_nonce_of_the_policy() {
    let theme = Theme::new();
    let (mut with, mut without) = (0, 0);
    for flow in support::all().into_iter().filter(|flow| flow.json["type"] == "browser") {
        let page = theme.render(&flow.view(&theme));
        let document = Html::parse_document(page.html());
        let calls = select(&document, "[data-ory-onclick], [data-ory-onload]").len();
        let own = select(&document, "[data-kratos-show], [data-kratos-add]").len();
        let scripts = select(&document, "script");
        if calls == 0 && own > 0 {
            assert_eq!(scripts.len(), 1, "{} {}", flow.release, flow.name);
            continue;
        }
        if calls == 0 {
            without += 1;
            assert!(scripts.is_empty() && !page.content_security_policy().contains("script-src"));
            continue;
        }
        with += 1;
        assert_eq!(scripts.len(), 2, "{} {}", flow.release, flow.name);
        for script in scripts {
            let nonce = format!("script-src 'nonce-{}'", script.attr("nonce").unwrap());
            assert!(page.content_security_policy().contains(&nonce));
        }
    }
    assert!(with > 20 && without > 40, "{with} {without}");
}
