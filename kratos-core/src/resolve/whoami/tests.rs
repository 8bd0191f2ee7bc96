use bytes::Bytes;
use http::HeaderValue;
use time::format_description::well_known::Rfc3339;

use super::*;
use crate::resolve::ResolveErrorKind;

const SESSION: &str = r#"{"id":"9a9eb2a7-76d3-4417-9771-7c9718c1fd8d","active":true,
    "expires_at":"2030-01-01T00:00:00Z","authenticated_at":"2026-01-01T00:00:00Z",
    "identity":{"id":"9ebc7ddf-0d64-4a4f-8163-b9597344e66d","traits":{"email":"ada@example.org"}}}"#;
const NO_SESSION: &str = r#"{"error":{"code":401,"status":"Unauthorized",
    "reason":"No valid session credentials found in the request.","message":"The request could not be authorized"}}"#;
const AAL2: &str = r#"{"error":{"id":"session_aal2_required","code":403,"message":"more","details":
    {"redirect_browser_to":"http://localhost:4433/self-service/login/browser?aal=aal2"}}}"#;

fn reply(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Reply {
    let headers = headers
        .iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_static(value)));
    Reply {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers.collect(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        sent: Bytes::new(),
    }
}

fn read(reply: &Reply) -> Result<Resolved, ResolveError> {
    interpret(reply, &Credential::cookie("ory_kratos_session=MTcw"), now())
}

fn now() -> Timestamp {
    Timestamp::from(time::OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap())
}

#[test]
fn a_session_is_read() {
    let resolved = read(&reply(200, &[("ory-session-cache-for", "60")], SESSION)).unwrap();
    assert!(matches!(resolved.resolution, Resolution::Active(_)));
    assert_eq!(resolved.cache_for, Some(Duration::from_secs(60)));
    assert!(resolved.live && resolved.cookies.is_empty());
}

#[test]
fn an_ended_session_is_anonymous() {
    let inactive = SESSION.replace(r#""active":true"#, r#""active":false"#);
    let expired = SESSION.replace("2030-", "2020-");
    for body in [inactive, expired] {
        let resolved = read(&reply(200, &[], &body)).unwrap();
        assert!(matches!(resolved.resolution, Resolution::Anonymous), "{body}");
    }
}

#[test]
fn a_401_of_kratos_is_anonymous() {
    assert!(matches!(read(&reply(401, &[], NO_SESSION)).unwrap().resolution, Resolution::Anonymous));
}

#[test]
fn a_401_or_403_of_another_server_is_unavailable() {
    for (status, body) in [
        (401, "<h1>401</h1>"),
        (401, ""),
        (401, "{}"),
        (401, r#"{"error":{}}"#),
        (401, r#"{"error":"invalid_token"}"#),
        (401, r#"{"error":{"message":"no"}}"#),
        (401, r#"{"error":{"code":403,"message":"no"}}"#),
        (401, r#"{"message":"Unauthorized"}"#),
        (403, "Forbidden"),
        (403, ""),
    ] {
        let error = read(&reply(status, &[], body)).unwrap_err();
        assert_eq!(error.kind(), ResolveErrorKind::Unavailable, "{status} {body}");
    }
}

#[test]
fn kratos_requires_a_second_factor() {
    for status in [403, 422] {
        let resolved = read(&reply(status, &[], AAL2)).unwrap();
        let Resolution::Aal2Required(demand) = resolved.resolution else { panic!("{status}") };
        assert_eq!(demand.redirect_browser_to.unwrap().query(), Some("aal=aal2"));
    }
    let elsewhere = AAL2.replace("http://localhost:4433", "javascript:");
    let resolved = read(&reply(403, &[], &elsewhere)).unwrap();
    let Resolution::Aal2Required(demand) = resolved.resolution else { panic!("not a step-up") };
    assert_eq!(demand.redirect_browser_to, None);
}

#[test]
fn every_other_status_has_a_kind() {
    let other = NO_SESSION;
    for (status, kind) in [
        (204, ResolveErrorKind::Unavailable),
        (302, ResolveErrorKind::Misconfigured),
        (307, ResolveErrorKind::Misconfigured),
        (400, ResolveErrorKind::Misconfigured),
        (403, ResolveErrorKind::Misconfigured),
        (404, ResolveErrorKind::Misconfigured),
        (405, ResolveErrorKind::Misconfigured),
        (408, ResolveErrorKind::Unavailable),
        (413, ResolveErrorKind::Misconfigured),
        (429, ResolveErrorKind::RateLimited),
        (500, ResolveErrorKind::Unavailable),
        (502, ResolveErrorKind::Unavailable),
        (503, ResolveErrorKind::Unavailable),
        (504, ResolveErrorKind::Unavailable),
    ] {
        assert_eq!(read(&reply(status, &[], other)).unwrap_err().kind(), kind, "{status}");
    }
}

#[test]
fn unreadable_sessions_are_unavailable() {
    for body in ["", "<html>", "[]", "null", "{}", r#"{"id":7}"#, &SESSION[..100]] {
        assert!(read(&reply(200, &[], body)).unwrap_err().is_unavailable(), "{body}");
    }
}

#[test]
fn odd_values_deep_inside_do_not_lose_the_session() {
    let odd = SESSION.replace(
        r#""id":"9ebc7ddf"#,
        r#""verifiable_addresses":[7,{"value":"a","verified_at":""}],"id":"9ebc7ddf"#,
    );
    let Resolution::Active(session) = read(&reply(200, &[], &odd)).unwrap().resolution else { panic!() };
    let identity = session.identity().unwrap();
    assert_eq!(identity.verifiable_addresses.len(), 1);
    let traits: std::collections::BTreeMap<String, String> = identity.traits().unwrap();
    assert_eq!(traits["email"], "ada@example.org");
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let wait = |value| read(&reply(429, &[("retry-after", value)], "")).unwrap_err().retry_after();
    assert_eq!(wait("7"), Some(Duration::from_secs(7)));
    assert!(wait("Fri, 31 Dec 2100 23:59:59 GMT").unwrap() > Duration::from_secs(1_000_000));
    assert_eq!(wait("Fri, 31 Dec 1999 23:59:59 GMT"), None);
    assert_eq!(wait("soon"), None);
}

#[test]
fn only_the_cookie_of_the_call_is_relayed() {
    let mut answer = reply(200, &[], SESSION);
    for line in ["csrf_token_12=x; Path=/", "ory_kratos_session=NEW; Path=/; Max-Age=9", "other=1"] {
        answer.headers.append("set-cookie", HeaderValue::from_static(line));
    }
    let resolved = read(&answer).unwrap();
    assert_eq!(resolved.cookies, ["ory_kratos_session=NEW; Path=/; Max-Age=9"]);
    let by_token = interpret(&answer, &Credential::session_token("ory_st_x"), now()).unwrap();
    assert!(by_token.cookies.is_empty());
}

#[test]
fn refusals_relay_no_cookies() {
    let inactive = SESSION.replace(r#""active":true"#, r#""active":false"#);
    for (status, body) in [(401, NO_SESSION), (403, AAL2), (422, AAL2), (200, &inactive)] {
        let reissued = [("set-cookie", "ory_kratos_session=NEW; Path=/")];
        assert!(read(&reply(status, &reissued, body)).unwrap().cookies.is_empty(), "{status}");
    }
}

/// Kratos has the last word on its sessions while the clocks differ a little; a finding names the clock.
#[test]
fn a_session_that_kratos_accepts_is_active_within_the_leeway() {
    for (late, active, finding) in [
        (-1, true, false),
        (0, true, false),
        (4, true, false),
        (5, true, true),
        (59, true, true),
        (60, false, true),
    ] {
        let end = Timestamp::from(*now() - time::Duration::seconds(late));
        let body = SESSION.replace("2030-01-01T00:00:00Z", &end.format(&Rfc3339).unwrap());
        let found = read(&reply(200, &[], &body)).unwrap().resolution;
        assert_eq!(matches!(found, Resolution::Active(_)), active, "{late} s");
        assert_eq!(clock_finding(time::Duration::seconds(late)).is_some(), finding, "{late} s");
    }
}

#[test]
fn the_login_flow_says_whether_a_second_factor_is_enrolled() {
    let flow = |nodes: &str| reply(200, &[], &format!(r#"{{"ui":{{"nodes":{nodes}}}}}"#));
    for (nodes, expected) in [
        ("null", SecondFactor::NotEnrolled),
        ("[]", SecondFactor::NotEnrolled),
        (r#"[{"group":"default"}]"#, SecondFactor::NotEnrolled),
        (r#"[{"group":"default"},{"group":"totp"}]"#, SecondFactor::Enrolled),
    ] {
        assert_eq!(second_factor(&flow(nodes)).unwrap(), expected, "{nodes}");
    }
    assert_eq!(second_factor(&reply(400, &[], NO_SESSION)).unwrap(), SecondFactor::Unknown);
    assert!(second_factor(&reply(503, &[], "")).unwrap_err().is_unavailable());
}

/// The log says what to change: the address, or nothing.
#[test]
fn a_missing_whoami_is_told_from_a_refused_request() {
    let text = |status| read(&reply(status, &[], "")).unwrap_err().to_string();
    assert_eq!(
        text(400).replace("400 Bad Request", ""),
        text(451).replace("451 Unavailable For Legal Reasons", "")
    );
    for status in [404, 405, 302] {
        assert!(!text(status).contains("rejected the whoami request"), "{}", text(status));
    }
}
