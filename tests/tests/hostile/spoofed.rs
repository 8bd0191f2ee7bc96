//! Headers that forge Kratos' own, in requests and in responses.

use kratos_core::{Kratos, resolve::HttpResolver};
use kratos_testkit::TestKratos;

use crate::apps::{ask_actix, ask_axum, axum, linked};

const CLAIMS: &[(&str, &[u8])] = &[
    ("x-kratos-authenticated-identity-id", b"9f425a8d-7efc-4768-8f23-7647a74fdf13"),
    ("x-user", b"admin"),
    ("x-session-cookie", b"ory_kratos_session=MTcw"),
    ("x-forwarded-host", b"evil.example"),
    ("x-forwarded-proto", b"http"),
    ("x-forwarded-for", b"127.0.0.1"),
    ("x-forwarded-prefix", b"//evil.example"),
    ("forwarded", b"host=evil.example;proto=http"),
    ("x-original-url", b"//evil.example/"),
    ("x-rewrite-url", b"/admin"),
    ("x-http-method-override", b"DELETE"),
    ("true-client-ip", b"127.0.0.1"),
    ("host", b"evil.example"),
    ("connection", b"x-session-token, cookie"),
    ("accept", b"text/html"),
    ("sec-fetch-mode", b"navigate"),
    ("cache-control", b"max-age=999999"),
];

/// The headers of a request that may reach Kratos: one credential, and those of this crate.
const OURS: &[&str] = &["accept", "cookie", "x-session-token", "host", "user-agent", "cache-control"];

#[tokio::test]
async fn forged_headers_open_nothing_and_never_reach_kratos() {
    let kratos = TestKratos::start().await.unwrap();
    let ada = kratos.identity("ada@example.org").create();
    let session = kratos.session(&ada).create();
    let sessions = || linked(Kratos::from_resolver(HttpResolver::new(kratos.public_url()).unwrap()));

    // Alone, they are anonymous and are redirected to login on the configured URLs.
    let told = [ask_axum(&axum(sessions()), CLAIMS).await, ask_actix(sessions(), CLAIMS).await];
    for told in told {
        assert_eq!(told.status, 303, "{told:?}");
        let to = told.location.unwrap();
        let login = "https://auth.example/self-service/login/browser?return_to=https%3A%2F%2Fapp.example%2F";
        assert_eq!(to, login);
    }
    assert!(kratos.requests().is_empty(), "no call to Kratos");

    // Beside a credential they have no effect.
    let cookie = format!("theme=dark; {}; csrf_token=x", session.cookie());
    for credential in [("cookie", cookie.as_bytes()), ("x-session-token", session.session_token().as_bytes())]
    {
        let headers: Vec<_> = CLAIMS.iter().copied().chain([credential]).collect();
        for told in [ask_axum(&axum(sessions()), &headers).await, ask_actix(sessions(), &headers).await] {
            assert_eq!((told.status, told.body), (200, ada.id.to_string()));
        }
    }
    assert_eq!(kratos.requests().len(), 4);
    for request in kratos.requests() {
        for (name, value) in &request.headers {
            assert!(OURS.contains(&name.as_str()), "{name} reached Kratos");
            let text = String::from_utf8_lossy(value.as_bytes());
            assert!(
                !text.contains("evil") && !text.contains("theme") && !text.contains("csrf"),
                "{name}: {text}"
            );
        }
        let credentials =
            ["cookie", "x-session-token"].map(|name| request.headers.get_all(name).iter().count());
        assert_eq!(credentials.iter().sum::<usize>(), 1, "exactly one credential");
    }
}
