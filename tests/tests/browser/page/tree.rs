//! The accessibility tree of a page, as a screen reader walks it.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::webdriver::Browser;

/// What a screen reader says beside role and name.
const STATES: [&str; 7] = ["level", "required", "invalid", "checked", "pressed", "disabled", "readonly"];

/// The tree equals the snapshot `../trees/NAME.txt`. `KRATOS_BROWSER_TREES=write` writes it anew.
pub(crate) async fn compare(browser: &Browser, name: &str) {
    let tree = of_page(browser).await;
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/browser/trees").join(format!("{name}.txt"));
    if std::env::var("KRATOS_BROWSER_TREES").is_ok_and(|what| what == "write") {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder of the trees");
        std::fs::write(&file, &tree).expect("a snapshot");
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(expected == tree, "{name}: the accessibility tree differs from {}:\n{tree}", file.display());
}

async fn of_page(browser: &Browser) -> String {
    browser.devtools("Accessibility.enable", json!({})).await;
    let found = browser.devtools("Accessibility.getFullAXTree", json!({})).await;
    browser.devtools("Accessibility.disable", json!({})).await;
    let nodes = found["nodes"].as_array().cloned().unwrap_or_default();
    let mut tree = String::new();
    if let Some(root) = nodes.first() {
        write(&nodes, root, 0, &mut tree);
    }
    tree
}

fn write(nodes: &[Value], node: &Value, depth: usize, tree: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default();
    // A text of its element's name says nothing new, and its lines depend on the fonts.
    if role == "InlineTextBox" || role == "ListMarker" {
        return;
    }
    let is_shown = node["ignored"] != true && !matches!(role, "none" | "generic" | "LayoutTable" | "Pre");
    let depth = match is_shown && !(role == "StaticText" && tree.trim_end().ends_with(&format!("{name:?}"))) {
        true => {
            let _ = write!(tree, "{:width$}{role}", "", width = depth * 2);
            if !name.is_empty() {
                let _ = write!(tree, " {name:?}");
            }
            for state in node["properties"].as_array().into_iter().flatten() {
                let (state, value) = (state["name"].as_str().unwrap_or_default(), &state["value"]["value"]);
                if STATES.contains(&state) && *value != "false" && *value != false {
                    let _ = write!(tree, " {state}={}", value.to_string().trim_matches('"'));
                }
            }
            if let Some(description) = node["description"]["value"].as_str().filter(|text| !text.is_empty()) {
                let _ = write!(tree, " described by {description:?}");
            }
            tree.push('\n');
            depth + 1
        }
        false => depth,
    };
    for id in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = nodes.iter().find(|node| node["nodeId"] == *id) {
            write(nodes, child, depth, tree);
        }
    }
}
