//! Accessibility checks by axe-core, with all rules of every level (`../axe/`, version 4.14.1, MPL-2.0).

use serde_json::Value;

use crate::webdriver::{Browser, Scripts};

const AXE: &str = include_str!("../axe/axe.min.js");

/// Injects axe into the page. The page's policy does not apply to the suite.
pub(super) async fn load(browser: &Browser) {
    if browser.scripts() == Scripts::Off {
        // No timer of the page fires there, and axe waits between its steps.
        let _ = browser.run("window.setTimeout = (step, _, ...given) => { Promise.resolve().then(() => step(...given)); };").await;
    }
    let _ = browser.run(AXE).await;
}

/// There are no violations and no results that need manual review.
pub(super) async fn check(browser: &Browser, page: &str) {
    let told = browser
        .run_until_called(
            "const done = arguments[arguments.length - 1];
             axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(
                 ({violations, incomplete, passes}) => done({violations, incomplete, passes: passes.length}),
                 (error) => done({error: String(error)}));",
        )
        .await;
    assert!(told["error"].is_null(), "{page}: axe failed: {}", told["error"]);
    assert!(told["passes"].as_u64() > Some(5), "{page}: axe checked nothing");
    let found: Vec<_> =
        ["violations", "incomplete"].iter().flat_map(|kind| describe(kind, &told[*kind])).collect();
    assert!(found.is_empty(), "{page}: axe found\n{}", found.join("\n"));
}

fn describe(kind: &str, findings: &Value) -> Vec<String> {
    let nodes = |finding: &Value| {
        let nodes = finding["nodes"].as_array().cloned().unwrap_or_default();
        let nodes = nodes.iter().map(|node| format!("\n    {} {}", node["html"], node["failureSummary"]));
        nodes.collect::<String>()
    };
    let findings = findings.as_array().cloned().unwrap_or_default();
    let line = |finding: &Value| {
        format!("  {kind}: {} ({}): {}{}", finding["id"], finding["impact"], finding["help"], nodes(finding))
    };
    findings.iter().map(line).collect()
}
