//! Flows of several Kratos releases.

use super::{ui::*, *};

fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap();
    let before: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), before);
    value
}

const FLOW_0_6: &str = r#"{"id":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b","type":"api","forced":true,"messages":null,
 "expires_at":"2021-05-17T00:00:00Z","issued_at":"2021-05-17T00:00:00Z","request_url":"http://k/x","ui":{"action":"http://k",
 "method":"POST","nodes":[{"type":"input","group":"default","attributes":{"name":"csrf_token","type":"hidden","value":"","required":true,
 "disabled":false},"messages":null,"meta":{}}]}}"#;

#[test]
fn attributes_of_0_6_have_no_node_type() {
    let flow: LoginFlow = round_trip(FLOW_0_6);
    assert!(flow.is_refresh());
    assert_eq!(flow.csrf_token(), None, "a native flow has an empty CSRF token");
    assert_eq!(flow.ui.nodes[0].input().unwrap().name, "csrf_token");
}

#[test]
fn unknown_nodes_attributes_and_actions_are_kept() {
    let node: UiNode = round_trip(
        r#"{"type":"canvas","group":"newgroup","attributes":{"w":1,"node_type":"canvas"},"messages":[],"meta":{},"new":[1]}"#,
    );
    assert_eq!(node.kind.as_str(), "canvas");
    assert_eq!(node.group, NodeGroup::Other("newgroup".into()));
    assert!(matches!(node.attributes, Attributes::Other(_)));
    let _: UiNode = round_trip(r#"{"type":"input","group":"default","attributes":{"type":"text"}}"#);
    let _: UiNode = round_trip(r#"{"meta":null,"attributes":null,"group":null}"#);
    let _: UiNode = round_trip("{}");
    let _: ContinueWith = round_trip(r#"{"action":"new","x":1}"#);
    let _: ContinueWith = round_trip(r#"{"x":1}"#);
    let show: ContinueWith = round_trip(
        r#"{"action":"show_verification_ui","flow":{"id":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b","verifiable_address":"a@b","url":"http://k/v"}}"#,
    );
    assert_eq!(show.browser_url().unwrap().as_str(), "http://k/v");
}

#[test]
fn an_attribute_of_an_unexpected_type_does_not_drop_the_node() {
    let node: UiNode = serde_json::from_str(
        r#"{"type":"input","group":"password","attributes":{"name":"password","type":7,"required":"yes"}}"#,
    )
    .unwrap();
    assert_eq!(node.input().unwrap().name, "password");
}

#[test]
fn a_new_node_encodes_as_kratos_writes_it() {
    let node =
        UiNode::new(NodeGroup::Default, Attributes::Input(Box::new(InputAttributes::new("x".to_owned()))));
    let json = serde_json::to_value(&node).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"type":"input","group":"default","attributes":{"name":"x"},"messages":[],"meta":{}})
    );
}

#[test]
fn debug_shows_no_secret() {
    let flow: LoginFlow =
        serde_json::from_str(&FLOW_0_6.replace(r#""value":"""#, r#""value":"s3cret""#)).unwrap();
    assert_eq!(flow.csrf_token().as_deref(), Some("s3cret"));
    let mut logout = LogoutFlow::default();
    logout.logout_url = "http://k/logout?token=s3cret".into();
    assert_eq!(logout.token().unwrap().expose_secret(), "s3cret");
    let mut text = UiText::default();
    text.text = "s3cret".into();
    assert!(!format!("{flow:?}{logout:?}{text:?}").contains("s3cret"));
}

#[test]
fn schemas_of_0_11_are_base64_and_errors_of_0_6_are_a_list() {
    use crate::model::IdentitySchema;
    let plain: IdentitySchema = round_trip(r#"{"id":"a","schema":{"type":"object"}}"#);
    let coded: IdentitySchema = round_trip(r#"{"id":"a","schema":"eyJ0eXBlIjoib2JqZWN0In0="}"#);
    assert_eq!(plain.schema().unwrap(), coded.schema().unwrap());
    let one: FlowError =
        round_trip(r#"{"id":"x","error":{"code":500,"message":"m"},"created_at":"0001-01-01T00:00:00Z"}"#);
    let list: FlowError = round_trip(r#"{"id":"x","errors":[{"code":500,"message":"m"},"odd"]}"#);
    assert_eq!((one.errors().count(), list.errors().count()), (1, 1));
}

/// Kratos' sources of 2026-07-29.
#[test]
fn fields_after_26_2_have_types() {
    use crate::model::{Identity, Method, Region, Session};
    let session: Session = round_trip(
        r#"{"id":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b","authentication_methods":[{"method":"deviceauthn","aal":"aal2",
        "upstream_acr":"urn:x:2fa","upstream_amr":["pwd","otp"]}],"identity":{"id":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0c",
        "schema_id":"a","schema_url":"b","traits":{},"region":"eu-central","recovery_addresses":[{"value":"a@b","via":"email",
        "break_glass_for_organization":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0d"}]}}"#,
    );
    let method = &session.authentication_methods[0];
    assert_eq!(method.method, Some(Method::Deviceauthn));
    assert_eq!((method.upstream_acr.as_deref(), method.upstream_amr.len()), (Some("urn:x:2fa"), 2));
    let identity: &Identity = session.identity().unwrap();
    assert_eq!(identity.region, Some(Region::EuCentral));
    assert!(identity.recovery_addresses[0].break_glass_for_organization.is_some());
    let settings: SettingsFlow = round_trip(
        &FLOW_0_6.replace(r#""forced":true"#, r#""organization_id":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0d""#),
    );
    assert!(settings.organization_id.is_some());
    let test: LoginFlow = round_trip(&FLOW_0_6.replace(
        r#""forced":true"#,
        r#""test_context":{"provider_id":"lab","debug_payload":{"id_token_claims":{"email":"s3cret@example.org"},
        "jsonnet_stderr":"s3cret","error":{"step":"token_exchange","reason":"access_denied","message":"s3cret"}}}"#,
    ));
    assert!(!format!("{test:?}").contains("s3cret"));
    let context = test.test_context.unwrap();
    assert_eq!(context.provider_id, "lab");
    assert_eq!(context.debug_payload.unwrap().error.unwrap().step, "token_exchange");
    let pin: ContinueWith =
        round_trip(r#"{"action":"show_pin_entry_ui","data":{"enc":"s3cret","ciphertext":"s3cret"}}"#);
    assert!(matches!(&pin, ContinueWith::ShowPinEntryUi(_)) && !format!("{pin:?}").contains("s3cret"));
    let node: UiNode = round_trip(
        r#"{"type":"input","group":"deviceauthn","attributes":{"name":"deviceauthn_nonce","type":"hidden","node_type":"input"},"messages":[],"meta":{}}"#,
    );
    assert_eq!(node.group, NodeGroup::Deviceauthn);
}
