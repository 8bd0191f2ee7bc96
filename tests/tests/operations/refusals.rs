//! Failures are typed errors that name the operation and the server.

use http::{HeaderValue, Method};
use kratos_core::client::submit::LoginBody;
use kratos_core::client::{BrowserCookies, ErrorKind, ListIdentities, NewFlow, NewIdentity};
use kratos_core::credential::Credential;
use kratos_core::model::SecretText;
use kratos_tests::lab::Server;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::context::Context;

pub(crate) async fn wrong_input(server: &'static Server) {
    let it = Context::new(server);
    let error = it.client.to_session(&Credential::session_token("ory_st_wrong")).await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error:?}");
    let probe = it.client.native().create_login_flow(&NewFlow::new()).await;
    if it.lacks(&probe, &[]) || server.testkit.is_some() {
        return;
    }
    let unknown = Uuid::new_v4();
    let error = it.client.native().get_login_flow(unknown).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    assert!(error.to_string().starts_with("getLoginFlow at http"), "{error}");
    let body = LoginBody::password("unknown@example.org", "s3cret-password");
    let error = it.client.native().submit_login_flow(unknown, body).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    assert!(it.admin.get_identity(unknown).await.unwrap_err().is_not_found());

    // An empty body, and one of 6 MB.
    let flow = probe.unwrap();
    let empty = it.client.native().submit_login_flow(&flow, LoginBody::from_fields(Map::new())).await;
    match empty {
        Ok(outcome) => assert!(outcome.flow().is_some(), "{outcome:?}"),
        Err(error) => assert!(error.status().is_some(), "{error:?}"),
    }
    // A recorder would search 6 MB for secrets.
    if std::env::var_os("KRATOS_RECORD").is_none() {
        let huge = NewIdentity::new(&server.schema_id, json!({"email": "x".repeat(6 * 1024 * 1024)}));
        let error = it.admin.create_identity(&huge).await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.len() < 2000, "{} characters", text.len());
        assert!(matches!(error.kind(), ErrorKind::Refused | ErrorKind::Broken), "{error:?}");
    }
    let error = it.admin.create_identity(&NewIdentity::new("unknown", json!({}))).await.unwrap_err();
    assert!(error.status().is_some(), "{error:?}");
    let error = it.admin.create_identity(&NewIdentity::new(&server.schema_id, json!("not an object"))).await;
    assert!(error.unwrap_err().status().is_some());

    // The public URL as the admin URL.
    let mixed = kratos_core::client::AdminClient::new(&server.public_url).unwrap().with_era(it.era);
    let error = mixed.list_identities(ListIdentities::new()).unwrap().next_page().await.unwrap_err();
    assert!(error.is_unsupported() || error.kind() == ErrorKind::Redirected, "{error:?}");
}

pub(crate) async fn raw(server: &'static Server) {
    let it = Context::new(server);
    let answer = it.client.raw(Method::GET, "/health/alive").send().await;
    if it.lacks(&answer, &[]) {
        return;
    }
    let alive = answer.unwrap().drop_cookies();
    assert_eq!((alive.status().as_u16(), alive.json::<Value>().unwrap()), (200, json!({"status": "ok"})));
    let error = it.client.raw(Method::GET, "/no/such?route=1").send().await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("GET /no/such at http"), "{error}");
    let token = SecretText::new("ory_st_wrong");
    let error =
        it.client.raw(Method::GET, "/sessions/whoami").with_session_token(&token).send().await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error:?}");
    let cookies = BrowserCookies::new("ory_kratos_session=wrong");
    let error =
        it.client.raw(Method::GET, "/sessions/whoami").with_cookies(&cookies).send().await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error:?}");
    if server.testkit.is_some() {
        return;
    }
    let flow = it.client.native().create_login_flow(&NewFlow::new()).await.unwrap();
    let path = format!("/self-service/login?flow={}", flow.id);
    let call = it
        .client
        .raw(Method::POST, &path)
        .with_query("x", "y")
        .with_json(&json!({"method": "password"}))
        .unwrap();
    assert!(call.send().await.unwrap_err().body().contains("\"ui\""), "the flow with its messages");
    let call = it.client.raw(Method::POST, &path);
    let call = call.with_body(HeaderValue::from_static("application/json"), &b"{not json"[..]);
    assert!(call.send().await.unwrap_err().is_invalid());
}
