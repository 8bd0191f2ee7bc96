//! What Kratos' sources of 2026-07-29 added after 26.2.

use http::HeaderMap;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{super::*, Recorder};
use crate::Kratos;

const ID: Uuid = Uuid::from_u128(1);

fn admin(bodies: &[&'static str]) -> (AdminClient, Recorder) {
    let recorder = Recorder::new(bodies.iter().map(|body| (200, HeaderMap::new(), *body)));
    let mut admin = AdminClient::new("http://k.example").unwrap();
    admin.connection.recorder = Some(recorder.clone());
    (admin, recorder)
}

fn bodies(recorder: &Recorder) -> Vec<Value> {
    recorder.sent().iter().map(|sent| serde_json::from_str(&sent.body).unwrap()).collect()
}

#[tokio::test]
async fn all_sessions_are_ended_call_by_call() {
    let (client, recorder) = admin(&[
        r#"{"processed":5000,"more":true}"#,
        r#"{"processed":5000,"more":true}"#,
        r#"{"processed":7,"more":false}"#,
    ]);
    let kratos = Kratos::new("http://k.example").unwrap();
    let all = ManageSessions::disable(SessionSelection::All);
    assert_eq!(kratos.end_sessions(&client, &all).await.unwrap(), 10_007);
    let wanted = json!({"action": "disable", "identities": ["*"]});
    assert_eq!(bodies(&recorder), [wanted.clone(), wanted.clone(), wanted]);
    // A server that ends none and names more is not called forever.
    let (client, recorder) = admin(&[r#"{"processed":0,"more":true}"#]);
    assert_eq!(kratos.end_sessions(&client, &all).await.unwrap(), 0);
    assert_eq!(recorder.sent().len(), 1);
}

#[tokio::test]
async fn one_to_500_ids_are_sent() {
    let (client, recorder) = admin(&[r#"{"processed":1,"more":false}"#]);
    let two = ManageSessions::delete(SessionSelection::Sessions(vec![ID, Uuid::from_u128(2)]));
    assert_eq!(client.manage_sessions(&two).await.unwrap().processed, 1);
    let sent = json!({"action": "delete", "sessions": [ID, Uuid::from_u128(2)]});
    assert_eq!(bodies(&recorder), [sent]);
    for ids in [vec![], vec![ID; 501]] {
        let none = ManageSessions::disable(SessionSelection::Identities(ids));
        assert_eq!(client.manage_sessions(&none).await.unwrap_err().kind(), ErrorKind::InvalidCall);
    }
    assert_eq!(recorder.sent().len(), 1);
    let old = client.with_era(Era::V26).manage_sessions(&two).await.unwrap_err();
    assert!(old.is_unsupported(), "{old}");
}

#[tokio::test]
async fn a_failed_token_exchange_returns_its_flow() {
    let flow = |kind: &str| {
        format!(
            r#"{{"id":"00000000-0000-0000-0000-000000000001","type":"api","expires_at":"2026-05-17T00:00:00Z",
            "issued_at":"2026-05-17T00:00:00Z","request_url":"http://k/x","ui":{{"action":"http://k/self-service/{kind}?flow=1",
            "method":"POST","nodes":[],"messages":[{{"id":4000001,"text":"refused","type":"error"}}]}}}}"#
        )
    };
    let exchange = async |status: u16, body: String| {
        let recorder = Recorder::new([(status, HeaderMap::new(), &*body.leak())]);
        let mut client = Client::new("http://k.example").unwrap();
        client.connection.recorder = Some(recorder);
        client.native().exchange_session_token(&"i".into(), &"r".into()).await
    };
    let SessionExchange::Registration(failed) = exchange(422, flow("registration")).await.unwrap() else {
        panic!("no registration")
    };
    assert_eq!(failed.ui.messages[0].id, 4_000_001);
    assert!(matches!(exchange(422, flow("login")).await.unwrap(), SessionExchange::Login(_)));
    assert!(
        exchange(404, r#"{"error":{"message":"no session yet"}}"#.to_owned())
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(exchange(422, "{}".to_owned()).await.unwrap_err().kind(), ErrorKind::Refused);
    let done = r#"{"session_token":"ory_st_x","session":{"id":"00000000-0000-0000-0000-000000000002"}}"#;
    let done = exchange(200, done.to_owned()).await.unwrap().done().unwrap();
    assert_eq!(done.session.id.as_u128(), 2);
}

#[test]
fn credentials_to_import_have_the_shape_of_the_handler() {
    let credentials = ImportCredentials::new()
        .with_totp("otpauth://totp/x?secret=s")
        .with_lookup_secrets(["a", "b"])
        .with_webauthn([json!({"id": "k"})], b"handle")
        .with_passkeys([json!({"id": "p"})], b"handle");
    let new = NewIdentity::new("person", json!({})).with_credentials(credentials);
    let new = new.with_region(&crate::model::Region::EuCentral);
    let sent = serde_json::to_value(&new).unwrap();
    assert_eq!(sent["region"], "eu-central");
    assert_eq!(
        sent["credentials"],
        json!({
            "totp": {"config": {"totp_url": "otpauth://totp/x?secret=s"}},
            "lookup_secret": {"config": {"codes": [{"code": "a"}, {"code": "b"}]}},
            "webauthn": {"config": {"credentials": [{"id": "k"}], "user_handle": "aGFuZGxl"}},
            "passkey": {"config": {"credentials": [{"id": "p"}], "user_handle": "aGFuZGxl"}},
        })
    );
}

#[tokio::test]
async fn a_deactivated_identity_is_an_error_of_its_own() {
    let body = r#"{"error":{"id":"identity_disabled","code":400,"reason":"This account was disabled.","message":"m"}}"#;
    let (client, _) = admin(&["{}"]);
    let recorder = Recorder::new([(400, HeaderMap::new(), body)]);
    let mut client = client;
    client.connection.recorder = Some(recorder);
    assert!(client.get_identity(ID).await.unwrap_err().is_identity_disabled());
}
