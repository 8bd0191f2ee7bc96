//! The request and the session of every subject.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use kratos_core::model::Session;

/// whoami's response for a session of Kratos 26.2.0.
pub(crate) const SESSION: &str = include_str!("../../../benches/data/session.json");
/// The login flow of Kratos 26.2.0 with password, security key, passkey and single sign-on.
pub(crate) const FLOW: &str = include_str!("../../../benches/data/login_flow.json");
/// The `Cookie` header that a browser sends: a CSRF cookie and a session cookie of 447 bytes.
const COOKIE: &str = include_str!("../../../benches/data/cookie.txt");
/// A key, and a JWT of an imaginary session that it signed, which expires in 2100.
pub(crate) const JWKS: &str = include_str!("../data/jwks.json");
const JWT: &str = include_str!("../data/jwt.txt");
pub(crate) const ISSUER: &str = "https://auth.example/";

pub(crate) fn session() -> Session {
    serde_json::from_str(SESSION).unwrap()
}

/// A value in memory that copies share, as a server reads it from a connection.
pub(crate) fn shared(value: &str) -> HeaderValue {
    let bytes = Bytes::copy_from_slice(value.as_bytes());
    // The first clone is what makes the memory shared.
    drop(bytes.clone());
    HeaderValue::from_maybe_shared(bytes).unwrap()
}

/// A browser's headers, with one more.
fn headers(name: HeaderName, value: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, shared("127.0.0.1:3000"));
    headers.insert(
        header::USER_AGENT,
        shared("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    );
    headers.insert(header::ACCEPT, shared("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
    headers.insert(name, shared(value));
    headers
}

pub(crate) fn with_cookie() -> HeaderMap {
    headers(header::COOKIE, COOKIE.trim())
}

/// With a session cookie of so many bytes.
pub(crate) fn with_cookie_of(bytes: usize) -> HeaderMap {
    let name = "ory_kratos_session=";
    let value = "M".repeat(bytes.saturating_sub(name.len()).max(1));
    headers(header::COOKIE, &format!("theme=dark; {name}{value}"))
}

/// So many headers, the cookie among them.
pub(crate) fn with_headers(count: usize) -> HeaderMap {
    let mut headers = with_cookie();
    for number in headers.len()..count {
        let name = HeaderName::from_bytes(format!("x-header-{number}").as_bytes()).unwrap();
        headers.insert(name, shared("some value of a usual length"));
    }
    headers
}

pub(crate) fn with_jwt() -> HeaderMap {
    headers(header::AUTHORIZATION, &format!("Bearer {}", JWT.trim()))
}
