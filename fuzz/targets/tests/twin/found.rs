//! Regression tests of fuzzing's findings.

use kratos_core::model::flow::ui::UiNode;
use kratos_fuzz_targets::run;

/// A node of an empty type was decoded by it, and encoded without it, so that the next reader saw another node. Now its
/// attributes decide, and the empty type is kept.
#[test]
fn a_node_of_an_empty_type_is_what_its_attributes_say() {
    let text = r#"{"type":"","group":"","attributes":{"name":"code","type":"text","node_type":"input"},"messages":[],"meta":{}}"#;
    let node: UiNode = serde_json::from_str(text).unwrap();
    assert_eq!(node.input().map(|input| input.name.as_str()), Some("code"));
    let written = serde_json::to_value(&node).unwrap();
    assert_eq!((written.get("type"), written.get("group")), (Some(&"".into()), Some(&"".into())));
    assert_eq!(serde_json::from_value::<UiNode>(written).unwrap(), node);
    let flow = format!(
        r#"{{"id":"2aa137d4-0af4-4035-b4a3-b4ba5174bc58","ui":{{"action":"","method":"","nodes":[{text}]}}}}"#
    );
    run("flow", flow.as_bytes());
}
