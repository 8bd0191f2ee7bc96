//! Selecting the credential of a request.

use http::{HeaderMap, HeaderValue, header};
use kratos_core::credential::{CacheKeyHasher, Credential, CredentialKind, CredentialReader, TokenFormat};

use crate::exchange::Exchange;

/// For any headers: at most one credential, made of the request's own bytes, that `Debug` redacts and that Kratos reads
/// as the same one.
pub(crate) fn credentials(data: &[u8]) {
    let headers = Exchange::of(data).headers;
    let any = TokenFormat::InsecureAny;
    for reader in [
        CredentialReader::default(),
        CredentialReader::default().with_bearer_tokens(TokenFormat::PrefixedOrLegacy),
        CredentialReader::default().with_bearer_tokens(any).with_session_tokens(any),
        CredentialReader::default().with_session_tokens(TokenFormat::Never).with_cookies(["s*", "a"]),
    ] {
        let found = reader.read(&headers).expect("only Ambiguous::Reject refuses");
        if let Some(credential) = &found {
            check(credential, &headers, &reader);
        }
        // A reader that rejects ambiguous credentials selects the same one or refuses.
        if let Ok(strict) =
            reader.clone().with_ambiguous(kratos_core::credential::Ambiguous::Reject).read(&headers)
        {
            assert_eq!(strict, found);
        }
    }
}

fn check(credential: &Credential, headers: &HeaderMap, reader: &CredentialReader) {
    let (name, value) = credential.to_header().expect("it is from a header");
    assert!(value.is_sensitive());
    assert_eq!(format!("{credential:?}"), format!("Credential({:?}, [redacted])", credential.kind()));
    let text = String::from_utf8_lossy(value.as_bytes()).into_owned();

    let sent = |name: &str, part: &[u8]| {
        let part = part.trim_ascii();
        headers
            .get_all(name)
            .iter()
            .any(|line| line.as_bytes().windows(part.len().max(1)).any(|it| it == part))
    };
    match credential.kind() {
        CredentialKind::SessionToken => assert!(sent("x-session-token", value.as_bytes())),
        CredentialKind::Bearer => assert!(sent("authorization", value.as_bytes())),
        CredentialKind::Cookie => {
            assert_eq!(name, header::COOKIE);
            let mut names = Vec::new();
            for pair in value.as_bytes().split(|byte| *byte == b';') {
                assert!(sent("cookie", pair), "{text}");
                names.push(pair.trim_ascii().split(|byte| *byte == b'=').next().unwrap_or_default());
            }
            names.dedup();
            assert_eq!(names.len(), 1, "cookies of one name: {text}");
            assert!(reader.cookies().iter().any(|wanted| wanted.matches(names[0])), "{text}");
        }
        other => panic!("{other:?}"),
    }
    assert_ne!(name, header::AUTHORIZATION);

    // Reads the headers sent to Kratos as Kratos does: they contain no other credential.
    let again = HeaderMap::from_iter([(name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"))]);
    let open = reader.clone().with_session_tokens(TokenFormat::InsecureAny);
    let read = open.read(&again).expect("nothing is rejected").and_then(|credential| credential.to_header());
    assert_eq!(read, credential.to_header());
    let hasher = CacheKeyHasher::with_secret([7; 16], "");
    assert_eq!(credential.cache_key(&hasher), credential.clone().cache_key(&hasher));
}
