use super::*;
use serde_json::json;

fn redacted(mut exchange: Value) -> Value {
    let redactor = Redactor::default();
    redactor.redact(&mut exchange);
    let once = exchange.clone();
    redactor.redact(&mut exchange);
    assert_eq!(once, exchange, "a placeholder is its own placeholder");
    exchange
}

#[test]
fn placeholders_keep_length_and_kind() {
    for (secret, instead) in [
        ("ory_st_jz10viPZoqPkoQniUucDSkaekvrRDBmw", "ory_st_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("KP7o636YNw1B7hNdWw7lisMe9OtlPZ8f", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("M/FWZtXRm0l7RPWJM+l4IA==", "xxxxxxxxxxxxxxxxxxxxxx=="),
        ("M/FWZt%3D%3D", "xxxxxx%3D%3D"),
        ("123456", "000000"),
        ("JBSWY3DPEHPK3PXPJBSWY3DP", "AAAAAAAAAAAAAAAAAAAAAAAA"),
        ("9ebc7ddf-0d64-4a4f-8163-b9597344e66d", "00000000-0000-0000-0000-000000000000"),
        ("$2a$04$abcDEF./12", "$2a$04$xxxxxxxxxx"),
        ("", ""),
    ] {
        assert_eq!(placeholder(secret), instead);
        assert_eq!(placeholder(instead), instead);
    }
    let jwt = placeholder("eyJhbGciOiJFUzI1NiIsImtpZCI6ImxhYiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl");
    assert!(jwt.starts_with("eyJ") && jwt.split('.').count() == 3, "{jwt}");
    assert_eq!(placeholder(&jwt), jwt);
}

#[test]
fn cookies_tokens_and_forms_are_replaced_and_the_rest_kept() {
    let told = redacted(json!({
        "request": {
            "method": "POST",
            "url": "http://localhost:26003/self-service/login?flow=b7ee8617-5819-4785-a8f5-b9c6efcd0b6d",
            "headers": {
                "accept": "text/html",
                "cookie": "csrf_token_12=M/FW+8=; ory_kratos_session=MTc5NTQxMzQ1MHx",
                "authorization": "Bearer ory_st_secretsecret",
                "content-type": "application/x-www-form-urlencoded",
            },
            "body": "method=password&password=correct-horse-91&identifier=a%40b.c&csrf_token=8CT9MHCf%3D%3D",
        },
        "response": {
            "status": 303,
            "headers": [
                ["Location", "http://localhost:4455/?token=abcdefghij&flow=b7ee8617-5819-4785-a8f5-b9c6efcd0b6d"],
                ["Set-Cookie", "ory_kratos_session=MTc5NTQ; Path=/; Max-Age=3599; HttpOnly"],
            ],
            "body": "<a href=\"/x?flow=1&amp;token=abcdefghij\">See Other</a>",
        },
    }));
    let request = &told["request"];
    assert_eq!(
        request["url"],
        "http://localhost:26003/self-service/login?flow=b7ee8617-5819-4785-a8f5-b9c6efcd0b6d"
    );
    assert_eq!(request["headers"]["cookie"], "csrf_token_12=xxxxxx=; ory_kratos_session=xxxxxxxxxxxxxxx");
    assert_eq!(request["headers"]["authorization"], "Bearer ory_st_xxxxxxxxxxxx");
    assert_eq!(
        request["body"],
        "method=password&password=xxxxxxxxxxxxxxxx&identifier=a%40b.c&csrf_token=xxxxxxxx%3D%3D"
    );
    let headers = &told["response"]["headers"];
    assert_eq!(
        headers[0][1],
        "http://localhost:4455/?token=xxxxxxxxxx&flow=b7ee8617-5819-4785-a8f5-b9c6efcd0b6d"
    );
    assert_eq!(headers[1][1], "ory_kratos_session=xxxxxxx; Path=/; Max-Age=3599; HttpOnly");
    assert_eq!(told["response"]["body"], "<a href=\"/x?flow=1&amp;token=xxxxxxxxxx\">See Other</a>");
}

#[test]
fn bodies_lose_every_kind_of_secret() {
    let told = redacted(json!({
        "request": {"body": "{\"session_token\":\"KP7o636YNw1B7hNdWw7l\",\"password\":\"pässwörd\"}"},
        "response": {"status": 200, "headers": [], "body": {
            "session_token": "ory_st_ttsoygoP",
            "tokenized": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
            "error": {"code": 401, "reason": "token KP7o636YNw1B7hNdWw7l is unknown"},
            "credentials": {
                "password": {"type": "password", "identifiers": ["a@b.c"],
                    "config": {"hashed_password": "$2a$04$abcdefghij012345678901"}},
                "totp": {"config": {"totp_url": "otpauth://totp/Lab:a?secret=JBSWY3DPEHPK3PXP"}},
                "oidc": {"config": {"providers": [{"subject": "s", "initial_access_token": "at-1234"}]}},
            },
            "recovery_link": "http://localhost:26003/self-service/recovery?flow=9ef19660-9f87-4af1-87ea-df33bccabc4e&token=5kC9d7DFSW36",
            "recovery_code": "123456",
            "request_url": "http://localhost:26003/self-service/settings?return_to=http%3A%2F%2Fa%2F%3Fcode%3D998877",
            "created_at": "2026-11-23T05:57:30.123456Z",
            "body": "use 654321 or http://localhost:26003/self-service/verification?code=654321&flow=1",
            "ui": {"nodes": [
                {"type": "input", "attributes": {"name": "csrf_token", "value": "8CT9MHCfZDA2"}},
                {"type": "input", "attributes": {"name": "method", "value": "password"}},
                {"type": "text", "attributes": {"id": "totp_secret_key", "text": {
                    "text": "JBSWY3DPEHPK3PXP", "context": {"secret": "JBSWY3DPEHPK3PXP"}}}},
                {"type": "img", "attributes": {"id": "totp_qr", "src": "data:image/png;base64,QUJD"}},
                {"type": "text", "attributes": {"text": {"text": "abcd1234, efgh5678", "context": {"secrets": [
                    {"context": {"secret": "abcd1234"}}, {"context": {"secret": "efgh5678"}}]}}}},
            ]},
        }},
    }));
    let body = &told["response"]["body"];
    // The order of its fields depends on a feature of serde_json that any crate of the build may turn on.
    let sent: serde_json::Value = serde_json::from_str(told["request"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(sent, json!({"password": "xxxxxxxx", "session_token": "xxxxxxxxxxxxxxxxxxxx"}));
    assert_eq!(body["session_token"], "ory_st_xxxxxxxx");
    assert!(body["tokenized"].as_str().unwrap().starts_with(JWT));
    assert_eq!(body["error"], json!({"code": 401, "reason": "token xxxxxxxxxxxxxxxxxxxx is unknown"}));
    assert_eq!(body["credentials"]["password"]["type"], "password");
    assert_eq!(body["credentials"]["password"]["config"]["hashed_password"], "$2a$04$xxxxxxxxxxxxxxxxxxxxxx");
    assert!(body["recovery_link"].as_str().unwrap().ends_with("df33bccabc4e&token=xxxxxxxxxxxx"));
    assert_eq!(body["recovery_code"], "000000");
    assert!(body["request_url"].as_str().unwrap().ends_with("%3Fcode%3D000000"));
    assert_eq!(body["created_at"], "2026-11-23T05:57:30.123456Z");
    let nodes = &body["ui"]["nodes"];
    assert_eq!(nodes[0]["attributes"]["value"], "xxxxxxxxxxxx");
    assert_eq!(nodes[1]["attributes"]["value"], "password");
    assert_eq!(nodes[3]["attributes"]["src"], PIXEL);
    assert_eq!(nodes[4]["attributes"]["text"]["text"], "xxxxxxxx, xxxxxxxx");
    let text = told.to_string();
    for secret in ["JBSWY3DP", "at-1234", "654321", "998877", "QUJD", "pässwörd", "abcd1234"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn secret_seen_once_is_replaced_later() {
    let redactor = Redactor::default();
    redactor.redact(&mut json!({"request": {}, "response": {"body": {"session_token": "KP7o636YNw1B+"}}}));
    let mut later =
        json!({"request": {"url": "http://x/?a=KP7o636YNw1B%2B"}, "response": {"body": "KP7o636YNw1B+"}});
    redactor.redact(&mut later);
    assert_eq!(later["request"]["url"], "http://x/?a=xxxxxxxxxxxxx");
    assert_eq!(later["response"]["body"], "xxxxxxxxxxxxx");
}
