//! The paths and headers that pass the gateway.

use http::{HeaderMap, HeaderName, header};
use kratos_core::gateway::public_path;
use kratos_tower::{fuzzing, gateway::ClientAddress};
use url::Url;

use crate::exchange::Exchange;

const MOUNT: &str = "/.ory/kratos";
const PUBLIC: [&str; 4] = ["/self-service/", "/sessions", "/schemas", "/.well-known/"];

/// For any request: a path that passes is one of the public API to every reader, and no header that passes is hop-by-hop or
/// says who the client is, but for those of the gateway.
pub(crate) fn gateway(data: &[u8]) {
    let request = Exchange::of(data);
    let target = request.first.split(|byte| *byte == b' ').nth(1).unwrap_or(request.first);
    let path = target.split(|byte| *byte == b'?').next().unwrap_or_default();
    if let Ok(path) = std::str::from_utf8(path) {
        check_path(path);
        check_path(&format!("{MOUNT}{path}"));
    }
    check_headers(&request.headers);
    for source in [ClientAddress::peer(), ClientAddress::x_forwarded_for(2), ClientAddress::forwarded(1)] {
        let found = fuzzing::client_address(source, &request.headers, None);
        let sent = |name| request.headers.contains_key(name);
        assert!(found.is_none() || sent("x-forwarded-for") || sent("forwarded"), "{source:?}: {found:?}");
    }
}

fn check_path(path: &str) {
    let Ok(inside) = public_path(path, MOUNT, false) else { return };
    assert!(path.ends_with(inside) && PUBLIC.iter().any(|prefix| inside.starts_with(prefix)), "{path:?}");
    // What a URL parser makes of it: it removes dots, and takes backslashes for slashes.
    let read = Url::parse(&format!("http://kratos{inside}")).expect("a URL");
    assert_eq!(read.path(), inside, "{path:?} is not in normal form");
    // However often a proxy decodes it.
    let mut decoded = inside.to_owned();
    for _ in 0..3 {
        decoded = percent(&decoded);
        assert!(!decoded.contains("..") && !decoded.contains("//") && !decoded.contains('\\'), "{path:?}");
        assert!(!decoded.contains(';') && !decoded.contains(char::is_control), "{path:?}");
        assert_eq!(decoded.matches('/').count(), inside.matches('/').count(), "{path:?}");
        assert!(PUBLIC.iter().any(|prefix| decoded.starts_with(prefix)), "{path:?}");
    }
}

fn percent(text: &str) -> String {
    let (mut decoded, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                decoded.push(byte);
                rest = &after[2..];
            }
            None => {
                decoded.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(decoded).expect("a path that passes means UTF-8")
}

fn check_headers(sent: &HeaderMap) {
    let mut headers = sent.clone();
    fuzzing::clean_request(&mut headers);
    let removed = [
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::CONTENT_LENGTH,
        header::TE,
        header::TRAILER,
        header::UPGRADE,
        header::HOST,
        header::EXPECT,
        header::FORWARDED,
    ];
    for name in removed {
        assert!(!headers.contains_key(&name), "{name}");
    }
    let claims = ["x-forwarded", "x-real-ip", "true-client-ip", "cf-", "ory-"];
    for name in headers.keys() {
        assert!(!claims.iter().any(|claim| name.as_str().starts_with(claim)), "{name}");
    }
    let named = sent
        .get_all(header::CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    for name in named.filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok()) {
        assert!(!headers.contains_key(&name), "{name} is hop-by-hop");
    }
    assert!(headers.get_all(header::COOKIE).iter().count() <= 1, "HTTP/1.1 has one line of cookies");
    // Everything that passes was sent, and cleaning twice changes nothing.
    let passed = |(name, value): (&HeaderName, &http::HeaderValue)| {
        *name == header::COOKIE || sent.get_all(name).iter().any(|known| known == value)
    };
    assert!(headers.iter().all(passed), "{headers:?}");
    let once = headers.clone();
    fuzzing::clean_request(&mut headers);
    assert_eq!(headers, once);

    let mut answered = sent.clone();
    fuzzing::clean_response(&mut answered);
    let kept = answered.get_all(header::SET_COOKIE).iter().count();
    let named = sent
        .get_all(header::CONNECTION)
        .iter()
        .any(|value| value.as_bytes().to_ascii_lowercase().windows(10).any(|name| name == b"set-cookie"));
    assert!(named || kept == sent.get_all(header::SET_COOKIE).iter().count(), "every cookie passes");
}
