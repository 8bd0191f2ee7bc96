//! The same request and the same session for every subject.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use kratos_core::{
    Kratos,
    model::Session,
    resolve::{CachingResolver, StaticResolver},
};

/// whoami's response for a session of Kratos 26.2.0.
pub const SESSION: &str = include_str!("../data/session.json");

/// The `Cookie` header that a browser sends: a CSRF cookie and a session cookie of 447 bytes.
const COOKIE: &str = include_str!("../data/cookie.txt");

/// The response of every handler.
pub const HELLO: &str = "hello";

/// A day: no cache entry expires during a measurement.
pub const AGE: Duration = Duration::from_secs(24 * 3600);

pub fn session() -> Session {
    serde_json::from_str(SESSION).unwrap()
}

/// The session cookie alone.
pub fn session_cookie() -> &'static str {
    COOKIE.trim().split("; ").nth(1).unwrap()
}

/// A browser's headers, in memory that copies share, as a server reads them from a connection.
pub fn headers(extra: &[(header::HeaderName, &str)]) -> HeaderMap {
    let shared = |value: &str| {
        let bytes = Bytes::copy_from_slice(value.as_bytes());
        // The first clone is what makes the memory shared.
        drop(bytes.clone());
        HeaderValue::from_maybe_shared(bytes).unwrap()
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, shared("127.0.0.1:3000"));
    headers.insert(
        header::USER_AGENT,
        shared("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    );
    headers.insert(header::ACCEPT, shared("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
    for (name, value) in extra {
        headers.insert(name.clone(), shared(value));
    }
    headers
}

/// The headers of a request with a session cookie.
pub fn with_cookie() -> HeaderMap {
    headers(&[(header::COOKIE, COOKIE.trim())])
}

/// Cached sessions.
pub fn cached() -> Kratos {
    Kratos::from_resolver(CachingResolver::new(StaticResolver::active(session()), AGE))
}
