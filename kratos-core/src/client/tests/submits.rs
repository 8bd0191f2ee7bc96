//! Outcomes of submits, and the cookies that are relayed.

use http::{HeaderMap, header};
use serde_json::json;
use uuid::Uuid;

use super::{super::*, Recorder};
use crate::flow::{Flow as _, LoginFlow, RecoveryFlow, SettingsFlow};

const ID: Uuid = Uuid::from_u128(1);
const FLOW: &str = r#"{"id":"00000000-0000-0000-0000-000000000001","ui":{"nodes":[{"type":"input","group":"default",
    "attributes":{"name":"csrf_token","value":"from-the-flow"}}],"messages":[]}}"#;
const WRONG: &str = r#"{"id":"00000000-0000-0000-0000-000000000001","state":"sent_email","ui":{"nodes":[],
    "messages":[{"id":4060006,"text":"wrong","type":"error"}]}}"#;
const OTHER: &str = r#"{"id":"00000000-0000-0000-0000-000000000002","ui":{"nodes":[]}}"#;

type Given = (u16, HeaderMap, &'static str);

fn client(answers: Vec<Given>) -> (Client, Recorder) {
    let recorder = Recorder::new(answers);
    let mut client = Client::new("http://k.example").unwrap();
    client.connection.recorder = Some(recorder.clone());
    (client, recorder)
}

fn to(location: &str) -> HeaderMap {
    HeaderMap::from_iter([(header::LOCATION, location.parse().unwrap())])
}

async fn login(answers: Vec<Given>) -> Submitted<LoginFlow> {
    let (client, _) = client(answers);
    client.native().submit_login_flow(ID, submit::LoginBody::password("a", "b")).await.unwrap()
}

fn plain(status: u16, body: &'static str) -> Vec<Given> {
    vec![(status, HeaderMap::new(), body)]
}

#[tokio::test]
async fn each_response_has_one_outcome() {
    let session = r#"{"session":{"id":"00000000-0000-0000-0000-000000000003"},"session_token":"t","continue_with":null}"#;
    assert!(
        matches!(login(plain(200, session)).await, Submitted::Done(done) if done.session_token.is_some())
    );
    // 0.6 for a browser: the bare session.
    let bare = r#"{"id":"00000000-0000-0000-0000-000000000003","identity":null}"#;
    assert!(matches!(login(plain(200, bare)).await, Submitted::Done(done) if done.session.id.as_u128() == 3));
    assert!(matches!(login(plain(400, FLOW)).await, Submitted::NextStep(_)), "a 400 without an error");
    assert!(matches!(login(plain(400, WRONG)).await, Submitted::Invalid(_)));
    assert!(
        matches!(login(plain(403, WRONG)).await, Submitted::Invalid(_)),
        "a wrapped error changed the status"
    );
    let aal2 =
        r#"{"error":{"id":"session_aal2_required","message":""},"redirect_browser_to":"http://k/aal2"}"#;
    assert!(
        matches!(login(plain(403, aal2)).await, Submitted::Redirect(go_to) if go_to.reason == RedirectReason::Aal2)
    );
    let refresh = r#"{"error":{"id":"session_refresh_required","message":"","details":{"redirect_browser_to":"http://k/r"}}}"#;
    assert!(
        matches!(login(plain(403, refresh)).await, Submitted::Redirect(go_to) if go_to.reason == RedirectReason::Refresh)
    );
    let change = r#"{"error":{"id":"browser_location_change_required","message":""},"redirect_browser_to":"http://idp/?state=s3cret"}"#;
    let Submitted::Redirect(go_to) = login(plain(422, change)).await else { panic!("422") };
    assert!(
        go_to.url.query() == Some("state=s3cret") && !format!("{go_to:?}").contains("s3cret"),
        "{go_to:?}"
    );
    let expired = r#"{"error":{"id":"self_service_flow_expired","message":""},"use_flow_id":"00000000-0000-0000-0000-000000000002"}"#;
    assert!(
        matches!(login(plain(410, expired)).await, Submitted::Expired(it) if it.use_flow_id == Some(Uuid::from_u128(2)))
    );
    let gone = r#"{"error":{"message":"gone"}}"#;
    assert!(matches!(login(plain(410, gone)).await, Submitted::Expired(it) if it.use_flow_id.is_none()));
}

#[tokio::test]
async fn redirects_of_2021_are_classified() {
    let ok = |body| (200, HeaderMap::new(), body);
    // To the page with the same flow: invalid input. With another flow: that one replaces it.
    let same = "http://app/login?flow=00000000-0000-0000-0000-000000000001";
    assert!(matches!(login(vec![(302, to(same), ""), ok(WRONG)]).await, Submitted::Invalid(_)));
    let other = "/self-service/login/flows?id=00000000-0000-0000-0000-000000000002";
    assert!(
        matches!(login(vec![(303, to(other), ""), ok(OTHER)]).await, Submitted::Expired(it) if it.use_flow_id.is_some())
    );
    // A flow of another type, or none: a redirect of the browser.
    let elsewhere = "http://app/settings?flow=00000000-0000-0000-0000-000000000002";
    let missing = (404, HeaderMap::new(), r#"{"error":{"message":"not found"}}"#);
    assert!(matches!(login(vec![(302, to(elsewhere), ""), missing]).await, Submitted::Redirect(_)));
    assert!(matches!(login(vec![(302, to("http://idp/auth"), "")]).await, Submitted::Redirect(_)));
}

#[tokio::test]
async fn status_200_alone_is_not_a_success() {
    let (client, _) = client(plain(200, WRONG));
    let outcome =
        client.native().submit_recovery_flow(ID, submit::RecoveryBody::code().with_code("1")).await.unwrap();
    assert!(matches!(&outcome, Submitted::Invalid(flow) if flow.messages().count() == 1), "{outcome:?}");
    for (body, done) in [
        (r#"{"id":"00000000-0000-0000-0000-000000000001","state":"passed_challenge","ui":{}}"#, true),
        (r#"{"id":"00000000-0000-0000-0000-000000000001","state":"brand_new","ui":{}}"#, false),
    ] {
        let (client, _) = super::submits::client(plain(200, body));
        let outcome: Submitted<RecoveryFlow> =
            client.native().submit_recovery_flow(ID, submit::RecoveryBody::link("a@b")).await.unwrap();
        assert_eq!(outcome.done().is_some(), done, "{body}");
    }
    // Settings: the flow (today), flow and identity (up to 0.7), the identity (0.6 for a browser).
    for body in [
        r#"{"id":"00000000-0000-0000-0000-000000000001","state":"success","ui":{},"identity":{"id":"00000000-0000-0000-0000-000000000004"}}"#,
        r#"{"flow":{"id":"00000000-0000-0000-0000-000000000001","state":"success","ui":{}},"identity":{"id":"00000000-0000-0000-0000-000000000004"}}"#,
        r#"{"id":"00000000-0000-0000-0000-000000000004","traits":{}}"#,
    ] {
        let (client, _) = super::submits::client(plain(200, body));
        let outcome: Submitted<SettingsFlow> =
            client.native().submit_settings_flow(ID, submit::SettingsBody::profile(json!({}))).await.unwrap();
        assert_eq!(outcome.done().unwrap().identity().unwrap().id.as_u128(), 4, "{body}");
    }
}

#[tokio::test]
async fn cookies_are_relayed_by_the_rules() {
    let set = |status, body| {
        let mut headers = HeaderMap::new();
        headers.append(header::SET_COOKIE, "csrf_token_x=1; Path=/".parse().unwrap());
        headers.append(header::SET_COOKIE, "ory_kratos_session=2; Path=/".parse().unwrap());
        vec![(status, headers, body)]
    };
    let cookies = BrowserCookies::new("ory_kratos_session=old");
    let (it, _) = client(set(200, FLOW));
    assert_eq!(
        it.browser(&cookies).create_login_flow(&NewFlow::new()).await.unwrap().cookies().iter().count(),
        2
    );
    let change = r#"{"error":{"id":"browser_location_change_required","message":""},"redirect_browser_to":"http://k/aal2"}"#;
    let (it, _) = client(set(422, change));
    let body = submit::LoginBody::password("a", "b");
    assert_eq!(it.browser(&cookies).submit_login_flow(ID, body).await.unwrap().cookies().iter().count(), 2);
    // A failed read sets a CSRF cookie, which would invalidate the flow in use.
    let (it, _) = client(set(403, r#"{"error":{"id":"security_csrf_violation","message":""}}"#));
    let error = it.browser(&cookies).get_login_flow(ID).await.unwrap_err();
    assert!(error.is_csrf() && error.cookies().is_empty());
    // whoami: only the session cookie that was sent.
    let (it, _) = client(set(200, r#"{"id":"00000000-0000-0000-0000-000000000003"}"#));
    let credential = crate::credential::Credential::cookie("ory_kratos_session=old");
    let answer = it.to_session(&credential).await.unwrap();
    let mut headers = HeaderMap::new();
    let _ = answer.relay(&mut headers);
    assert_eq!(
        headers.get_all(header::SET_COOKIE).iter().collect::<Vec<_>>(),
        ["ory_kratos_session=2; Path=/"]
    );
}

#[tokio::test]
async fn the_flow_supplies_its_csrf_token_for_browsers_only() {
    let flow: LoginFlow = serde_json::from_str(FLOW).unwrap();
    let body = || submit::LoginBody::totp("1");
    let (it, recorder) = client(plain(400, FLOW));
    let _ = it.browser(&BrowserCookies::new("a=b")).submit_login_flow(&flow, body()).await.unwrap();
    let _ =
        it.browser(&BrowserCookies::new("a=b")).submit_login_flow(&flow, body().with_csrf_token("own")).await;
    let _ = it.native().submit_login_flow(&flow, body()).await.unwrap();
    let sent = recorder.sent();
    assert!(sent[0].body.contains("from-the-flow") && sent[1].body.contains("own"));
    assert!(!sent[2].body.contains("csrf_token") && sent[2].headers.get(header::COOKIE).is_none());
}

#[tokio::test]
async fn a_browser_flow_of_0_6_is_read_through_its_redirect() {
    let mut headers = to("http://app/login?flow=00000000-0000-0000-0000-000000000001");
    headers.append(header::SET_COOKIE, "csrf=new; Path=/".parse().unwrap());
    let (mut it, recorder) = client(vec![(302, headers, ""), (200, HeaderMap::new(), FLOW)]);
    it.connection.era = Era::V0_6;
    let cookies = BrowserCookies::new("a=b; csrf=old");
    let (flow, set) = it.browser(&cookies).create_login_flow(&NewFlow::new()).await.unwrap().into_parts();
    assert_eq!((flow.id, set.iter().count()), (ID, 1));
    assert_eq!(
        recorder.sent()[1].headers[header::COOKIE],
        "a=b; csrf=new",
        "the cookies that the browser has afterwards"
    );
}

#[tokio::test]
async fn only_safe_calls_are_retried() {
    let busy =
        || vec![(503, HeaderMap::new(), ""), (503, HeaderMap::new(), ""), (200, HeaderMap::new(), FLOW)];
    let policy = RetryPolicy::new(2).with_initial_delay(std::time::Duration::from_millis(1));
    let (it, recorder) = client(busy());
    assert!(it.native().get_login_flow(ID).await.is_err() && recorder.sent().len() == 1, "never by default");
    let (it, recorder) = client(busy());
    assert!(
        it.with_retry_policy(policy).native().get_login_flow(ID).await.is_ok() && recorder.sent().len() == 3
    );
    let (it, recorder) = client(busy());
    let submitted =
        it.with_retry_policy(policy).native().submit_login_flow(ID, submit::LoginBody::totp("1")).await;
    assert!(submitted.is_err() && recorder.sent().len() == 1, "a submit is not retried");
    let (it, recorder) = client(busy());
    let exchanged =
        it.with_retry_policy(policy).native().exchange_session_token(&"a".into(), &"b".into()).await;
    assert!(exchanged.is_err() && recorder.sent().len() == 1, "one-time codes are not sent again");
}

#[tokio::test]
async fn a_required_verification_is_an_error_with_the_next_step() {
    let body = r#"{"error":{"id":"session_verified_address_required","code":400,"message":"m","details":{"continue_with":[
        {"action":"show_verification_ui","flow":{"id":"00000000-0000-0000-0000-000000000005","url":"http://app/v"}}]}}}"#;
    let (it, _) = client(plain(403, body));
    let error = it.native().submit_login_flow(ID, submit::LoginBody::totp("1")).await.unwrap_err();
    assert_eq!(error.continue_with()[0].flow().unwrap().id.as_u128(), 5);
    assert_eq!(error.continue_with()[0].browser_url().unwrap().path(), "/v");
}
