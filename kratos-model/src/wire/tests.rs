use serde_json::{Value, json};

use super::*;
use crate::model::{Aal, Identity, Session};

fn round_trip(value: &Value) -> Session {
    let session: Session = serde_json::from_str(&value.to_string()).unwrap();
    assert_eq!(&serde_json::to_value(&session).unwrap(), value);
    session
}

#[test]
fn round_trips_lose_nothing() {
    let session = round_trip(&json!({
        "id": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d",
        "active": null,
        "expires_at": "2026-11-23T06:57:30.061592962Z",
        "issued_at": "0001-01-01T00:00:00Z",
        "authenticator_assurance_level": "aal7",
        "authentication_methods": [{"method": "brain_scan", "aal": "", "completed_at": "2026-11-23T06:57:30Z", "new": [1]}],
        "devices": null,
        "tokenized": "a.b.c",
        "from_the_future": {"a": null},
        "identity": {
            "id": "9ebc7ddf-0d64-4a4f-8163-b9597344e66d",
            "state": "frozen",
            "traits": {"z": 1.50, "a": 12345678901234567890u64},
            "credentials": {"telepathy": {"type": "telepathy", "identifiers": [], "version": 0}},
            "verifiable_addresses": [{"value": "", "verified": false, "via": "pigeon", "verified_at": null}],
            "recovery_addresses": [],
            "metadata_public": null,
            "organization_id": null
        }
    }));
    assert_eq!(session.authenticator_assurance_level, Some(Aal::Other("aal7".into())));
    assert!(session.devices.is_empty());
    assert_eq!(session.extra.get("from_the_future"), Some(&json!({"a": null})));
    round_trip(&json!({"id": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d"}));
    round_trip(&json!({"id": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d", "devices": [], "identity": null}));
}

#[test]
fn spellings_are_equal_and_a_set_field_is_written() {
    let [mut null, absent] = [
        r#"{"id":"9a9eb2a7-76d3-4417-9771-7c9718c1fd8d","active":null}"#,
        r#"{"id":"9a9eb2a7-76d3-4417-9771-7c9718c1fd8d"}"#,
    ]
    .map(|text| serde_json::from_str::<Session>(text).unwrap());
    assert_eq!(null, absent);
    null.active = Some(true);
    assert_eq!(serde_json::to_value(&null).unwrap()["active"], json!(true));
}

#[test]
fn traits_deserialize_into_any_type_and_errors_hide_values() {
    let identity: Identity = serde_json::from_value(json!({
        "id": "9ebc7ddf-0d64-4a4f-8163-b9597344e66d", "traits": {"name": {"first": "marked-secret"}}
    }))
    .unwrap();
    #[derive(serde::Deserialize, Debug)]
    struct Wrong {
        #[allow(dead_code)]
        name: Inner,
    }
    #[derive(serde::Deserialize, Debug)]
    struct Inner {
        #[allow(dead_code)]
        first: u8,
    }
    let error = identity.traits::<Wrong>().unwrap_err();
    assert_eq!(error.path(), "name.first");
    assert!(!format!("{error} {error:?} {identity:?}").contains("marked-secret"));
    assert_eq!(identity.traits::<Value>().unwrap()["name"]["first"], "marked-secret");
    assert_eq!(Identity::new(identity.id).traits::<Value>().unwrap_err().path(), ".");
}

#[test]
fn debug_hides_secrets_and_extra_fields() {
    let mut session: Session = serde_json::from_value(json!({
        "id": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d", "tokenized": "marked-secret", "new": "marked-secret"
    }))
    .unwrap();
    assert!(!format!("{session:?}").contains("marked-secret"));
    assert_eq!(session.tokenized, Some(SecretText::from("marked-secret")));
    session.tokenized = None;
    assert!(serde_json::to_string(&session).unwrap().contains("new"));
}

#[test]
fn nested_values_of_an_unexpected_type_are_dropped_and_a_bad_root_is_an_error() {
    let text = json!({"id": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d", "active": "yes", "devices": [{"id": 1}, {"location": "x"}],
        "identity": {"id": 5}, "expires_at": "soon"});
    let session: Session = decode_salvaging(text.to_string().as_bytes()).unwrap();
    assert_eq!((session.active, session.devices.len(), session.identity.is_none()), (None, 2, true));
    for bytes in [&b""[..], b"[]", b"{}", b"null", br#"{"id":"x"}"#, br#"{"id":"#] {
        assert!(decode_salvaging::<Session>(bytes).is_err(), "{bytes:?}");
    }
    let unexpected: Vec<Value> = (0..100).map(|n| json!(n)).collect();
    let too_many = json!({"id": "9a9eb2a7-76d3-4417-9771-7c9718c1fd8d", "devices": unexpected});
    assert_eq!(
        decode_salvaging::<Session>(too_many.to_string().as_bytes()).unwrap_err().what,
        "too many values of an unexpected type"
    );
}

/// A cache holds many sessions: these are most of what one takes. A field that is added here is worth its bytes.
#[test]
#[cfg(target_pointer_width = "64")]
fn the_parts_of_a_session_stay_small() {
    use crate::{AuthenticationMethod, Device, RecoveryAddress, VerifiableAddress};
    let sizes = [
        size_of::<Session>(),
        size_of::<Identity>(),
        size_of::<VerifiableAddress>(),
        size_of::<RecoveryAddress>(),
        size_of::<AuthenticationMethod>(),
        size_of::<Device>(),
    ];
    assert_eq!(sizes, [176, 336, 152, 128, 176, 104]);
}
