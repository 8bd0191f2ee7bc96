//! Failures of calls are typed errors that name the operation and the server, without secrets.

use http::{HeaderMap, header};
use serde_json::json;
use uuid::Uuid;

use super::{super::*, Recorder};
use crate::{
    credential::Credential,
    model::{ErrorId, Method, SecretText},
};

fn answering(status: u16, headers: &[(header::HeaderName, &str)], body: &'static str) -> Client {
    let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
    let mut client = Client::new("http://k.example/base").unwrap();
    client.connection.recorder = Some(Recorder::new([(status, headers, body)]));
    client
}

async fn login_flow(client: &Client) -> Error {
    client.native().get_login_flow(Uuid::nil()).await.unwrap_err()
}

#[test]
fn invalid_urls_are_refused() {
    for url in ["", "localhost:4433", "ftp://x", "/relative", "http://", "http://x/?a=b", "http://u:p@x"] {
        let error = Client::new(url).unwrap_err().to_string();
        assert!(
            error.contains("Kratos' public URL") && error.contains("http://127.0.0.1:4433"),
            "{url}: {error}"
        );
        assert!(AdminClient::new(url).unwrap_err().to_string().contains("Kratos' admin URL"));
        assert!(!error.contains("u:p"), "{error}");
    }
    let admin = AdminClient::new("http://x").unwrap();
    assert!(admin.clone().with_bearer_key("").is_err());
    let error = admin.with_bearer_key("ory_pat_\ns3cret").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cret"));
}

#[tokio::test]
async fn an_unreachable_server_is_an_error() {
    let client = Client::new("http://127.0.0.1:1").unwrap();
    let error = login_flow(&client).await;
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.is_unavailable() && error.status().is_none());
    assert_eq!(error.to_string(), "getLoginFlow at http://127.0.0.1:1/: Kratos is unreachable");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_server_that_does_not_respond_times_out() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::new(&url).unwrap().with_timeout(std::time::Duration::from_millis(50));
    let error = login_flow(&client).await;
    assert!(error.is_timeout() && error.is_unavailable(), "{error:?}");
    assert!(error.to_string().contains(&url), "{error}");
}

#[tokio::test]
async fn responses_that_are_not_kratos_are_classified() {
    // (status, body, kind, text of the error)
    for (status, body, kind, text) in [
        (200, "<html>hello", ErrorKind::Unreadable, "at `.`"),
        (200, "", ErrorKind::Unreadable, "at `.`"),
        (200, "{\"id\":\"x\"}", ErrorKind::Unreadable, "getLoginFlow at http://k.example/base"),
        (200, "{\"id\":\"00000000-0000-0000-0000-000000000000\",\"ui\":7}", ErrorKind::Unreadable, "`"),
        (404, "404 page not found\n", ErrorKind::Unsupported, "no such route"),
        (405, "Method Not Allowed", ErrorKind::Unsupported, "405"),
        (500, "<html>", ErrorKind::Refused, "not Kratos' JSON"),
        (502, "", ErrorKind::Refused, "502"),
        (302, "", ErrorKind::Redirected, "redirected"),
        (418, "{}", ErrorKind::Refused, "418"),
    ] {
        let error = login_flow(&answering(status, &[], body)).await;
        assert_eq!(error.kind(), kind, "{status} {body}: {error}");
        assert!(error.to_string().contains(text), "{status} {body}: {error}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.body(), body);
        assert_eq!(error.json_path().is_some(), kind == ErrorKind::Unreadable);
        assert!(!error.is_unauthenticated() && !error.is_not_found());
    }
}

#[tokio::test]
async fn the_error_of_kratos_is_accessible_and_not_displayed() {
    let body = r#"{"error":{"id":"session_aal2_required","code":500,"message":"too low","reason":"r3ason","details":
        {"redirect_browser_to":"http://k/aal2?token=s3cret"}}}"#;
    let error = login_flow(&answering(403, &[], body)).await;
    assert_eq!(error.id(), Some(&ErrorId::SessionAal2Required));
    assert_eq!((error.status().unwrap().as_u16(), error.reason()), (403, Some("r3ason")));
    assert!(error.needs_aal2() && error.redirect_browser_to().unwrap().query() == Some("token=s3cret"));
    let text = format!("{error} {error:?}");
    assert!(text.contains("session_aal2_required") && text.contains("too low"), "{text}");
    assert!(!text.contains("s3cret") && !text.contains("r3ason"), "{text}");

    let unknown = login_flow(&answering(400, &[], r#"{"error":{"id":"brand_new","message":"m"}}"#)).await;
    assert_eq!(unknown.id().unwrap().as_str(), "brand_new");
    // What is not shaped like an id is not shown in place of one.
    for id in ["/x?token=s3cret", &"s3cret".repeat(20)] {
        let body = format!(r#"{{"error":{{"id":"{id}","message":"m"}}}}"#).leak();
        let odd = login_flow(&answering(400, &[], body)).await;
        assert!(odd.id().is_some() && !format!("{odd} {odd:?}").contains("s3cret"), "{odd}");
    }
    let limited =
        login_flow(&answering(429, &[(header::RETRY_AFTER, "7")], r#"{"error":{"message":"slow"}}"#)).await;
    assert!(limited.is_rate_limited() && limited.retry_after().unwrap().as_secs() == 7);
    // A message without a reason is the text of an internal error.
    let inside =
        login_flow(&answering(500, &[], r#"{"error":{"message":"parse \"/x?token=s3cret\""}}"#)).await;
    assert!(
        !format!("{inside} {inside:?}").contains("s3cret") && inside.message().unwrap().contains("s3cret")
    );
}

#[tokio::test]
async fn a_response_that_explains_nothing_is_shown_by_its_words() {
    let flow = Uuid::nil();
    for (status, text, shown) in [
        (
            400,
            r#"{"error":{"code":400,"message":"sqlite update: database is locked"}}"#,
            "database is locked",
        ),
        (400, r#"{"unknown":1,"fields":{"a":"s3cret"}}"#, ": an object of "),
        (502, "upstream connect error, no healthy upstream", ": upstream connect error, no healthy upstream"),
        (400, "the code 123456 of swordfish is wrong", ": the code … of … is wrong"),
        (200, "<html> Welcome </html>", "Welcome"),
    ] {
        let body = submit::LoginBody::password("ada@example.org", "SwordFish");
        let client = answering(status, &[], text);
        let error = client.native().submit_login_flow(flow, body).await.unwrap_err();
        assert!(error.to_string().contains(shown), "{error}");
        let all = format!("{error} {error:?}").to_lowercase();
        assert!(!all.contains("swordfish") && !all.contains("s3cret") && !all.contains("123456"), "{all}");
    }
}

#[tokio::test]
async fn invalid_values_are_not_sent() {
    let client = answering(200, &[], "{}");
    let recorder = client.connection.recorder.clone().unwrap();
    let token = SecretText::new("s3cret\nline");
    let error =
        client.native().with_session_token(&token).create_settings_flow(&NewFlow::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCall);
    assert!(
        !format!("{error:?}").contains("s3cret") && error.to_string().contains("session token"),
        "{error}"
    );
    let cookies = BrowserCookies::new("a=s3cret\0");
    let error = client.browser(&cookies).create_login_flow(&NewFlow::new()).await.unwrap_err();
    assert!(error.to_string().contains("cookies") && !format!("{error:?}").contains("s3cret"), "{error}");
    let error = client.to_session(&Credential::cookie("a=\r\n")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCall);
    for id in ["", ".", ".."] {
        let error = client.get_identity_schema(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCall, "{id}: {error}");
    }
    assert!(recorder.sent().is_empty(), "nothing was sent");
    // For any value, the call stays on this server and this route.
    for id in ["../../admin/identities", "a?b=c#d", "%2e%2e", "//evil.example", "\u{0}\u{7f}ü"] {
        let _ = client.get_identity_schema(id).await;
        let sent = recorder.sent().pop().unwrap().url;
        let segments: Vec<_> = sent.path_segments().unwrap().collect();
        assert_eq!(
            (sent.host_str(), segments.len(), segments[1]),
            (Some("k.example"), 3, "schemas"),
            "{sent}"
        );
        assert_eq!(sent.query(), None);
    }
}

#[tokio::test]
async fn an_era_without_filters_or_operations_sends_nothing() {
    let mut admin = AdminClient::new("http://k.example").unwrap().with_era(Era::V0_7);
    let recorder = Recorder::new([(200, HeaderMap::new(), "[]")]);
    admin.connection.recorder = Some(recorder.clone());
    let filter = ListIdentities::new().with_credentials_identifier("ada");
    assert_eq!(admin.list_identities(filter).unwrap_err().kind(), ErrorKind::InvalidCall);
    let error = admin.delete_identity_credentials(Uuid::nil(), &Method::Totp, None).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "deleteIdentityCredentials: is not supported by Kratos 0.7, the era that the client is set to: it requires 0.13"
    );
    assert!(recorder.sent().is_empty());
}

#[test]
fn debug_omits_what_is_sent() {
    let body =
        submit::LoginBody::password("ada", "s3cret").with_csrf_token("s3cret").with_field("x", "s3cret");
    let credentials = ImportCredentials::new().with_password("s3cret").with_oidc("lab", "s3cret");
    let new = NewIdentity::new("person", json!({"x": "s3cret"})).with_credentials(credentials.clone());
    let patch = JsonPatch::new().with_add("/traits/x", "s3cret");
    let admin = AdminClient::new("http://x").unwrap().with_bearer_key("s3cret").unwrap();
    let text =
        format!("{body:?}{credentials:?}{new:?}{patch:?}{admin:?}{:?}", BrowserCookies::new("a=s3cret"));
    assert!(!text.contains("s3cret"), "{text}");
}
