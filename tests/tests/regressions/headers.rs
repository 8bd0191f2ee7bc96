//! Request headers that are not text. (Other crates panic, or answer 500.)

use crate::app::{GUARDED, ask, call, stage};
use axum::body::Body;
use http::{HeaderName, HeaderValue};

const STRANGE: &[&[u8]] = &[
    b"\xff",
    b"\xff\xfe\xfd; ory_kratos_session=\xff",
    b"Bearer \xff\xff",
    b"ory_st_\xff",
    b"ory_kratos_session=\xc3\x28",
    b"",
    b" ",
    b"=",
    b";;;=;=;",
    b"\xf0\x9f\x92\xa3",
    b"bearer",
    b"Bearer ",
    b"ory_kratos_session",
    b"ory_kratos_session=",
];

const NAMES: &[&str] = &[
    "cookie",
    "authorization",
    "x-session-token",
    "accept",
    "sec-fetch-mode",
    "referer",
    "origin",
    "hx-request",
    "hx-current-url",
    "x-forwarded-for",
    "content-type",
];

#[tokio::test]
async fn non_text_bytes_neither_crash_nor_open_a_guard() {
    let (_kratos, app, _) = stage().await;
    for name in NAMES {
        for value in STRANGE {
            for path in GUARDED {
                let (name, value) = (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap());
                let request = ask("GET", path).header(&name, &value).body(Body::empty()).unwrap();
                let told = call(&app, request).await;
                let expected = if *path == "/maybe" { 200 } else { 401 };
                assert_eq!(told.status, expected, "{path} with {name}: {value:?}: {}", told.body);
                assert!(*path != "/maybe" || told.body == "anonymous");
            }
        }
    }
}

#[tokio::test]
async fn non_text_bytes_beside_a_valid_credential_do_not_lock_out() {
    let (_kratos, app, session) = stage().await;
    for name in NAMES {
        for value in STRANGE {
            let (name, value) = (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap());
            let request = ask("GET", "/session").header(&name, &value).header("cookie", session.cookie());
            let told = call(&app, request.body(Body::empty()).unwrap()).await;
            // Two session cookies go to Kratos together, which may or may not read the right one.
            let ambiguous =
                name == "cookie" && value.as_bytes().windows(19).any(|part| part == b"ory_kratos_session=");
            assert!(
                told.status == 200 || (ambiguous && told.status == 401),
                "{name}: {value:?}: {}",
                told.body
            );
        }
    }
}

#[tokio::test]
async fn the_raw_bytes_of_a_cookie_reach_kratos() {
    let (kratos, app, _) = stage().await;
    for value in ["MTcw%3D%3D", "a+b/c==", "\"quoted\"", "a%00b", "x y"] {
        kratos.clear_requests();
        let cookies = format!("other=1; ory_kratos_session={value}; csrf_token_x=secret");
        call(&app, ask("GET", "/session").header("cookie", cookies).body(Body::empty()).unwrap()).await;
        let asked = kratos.requests().pop().expect("a call");
        assert_eq!(asked.header("cookie"), Some(format!("ory_kratos_session={value}").as_str()));
        assert!(asked.header("authorization").is_none() && asked.header("x-session-token").is_none());
    }
}
