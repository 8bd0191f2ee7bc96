//! For any bytes in a request: no panic, and at most one credential, which is one that the request carries.

use http::{HeaderMap, HeaderValue, header};
use kratos_core::{
    Kratos,
    credential::{CredentialReader, TokenFormat},
    resolve::StaticResolver,
};
use proptest::prelude::*;

use crate::apps::{ask_actix, ask_axum, axum, block_on};

/// Bytes that a header can carry.
fn header_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte =
        any::<u8>().prop_map(|byte| if byte < 0x20 && byte != b'\t' || byte == 0x7f { b';' } else { byte });
    let parts: &[&[u8]] = &[
        b"ory_kratos_session=",
        b"ory_session_x=",
        b"ory_st_",
        b"Bearer ",
        b"bearer  ",
        b"; ",
        b"=",
        b"\"",
        b",",
        b"MTcw",
        b"ory_kratos_session",
        b"\xff",
        b" ",
        b"ory_kratos_session=MTcw-_=",
    ];
    let known = proptest::sample::select(parts).prop_map(<[u8]>::to_vec);
    let any = proptest::collection::vec(byte, 0..12);
    proptest::collection::vec(prop_oneof![3 => known, 1 => any], 0..12).prop_map(|parts| parts.concat())
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    let names: &[&str] =
        &["cookie", "authorization", "x-session-token", "cookie2", "x-session-cookie", "proxy-authorization"];
    proptest::collection::vec((proptest::sample::select(names), header_bytes()), 0..6)
}

fn map(headers: &[(&'static str, Vec<u8>)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_bytes(value).unwrap());
    }
    map
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_most_one_credential_and_only_one_that_was_sent(headers in headers()) {
        let map = map(&headers);
        let readers = [
            CredentialReader::default(),
            CredentialReader::default().with_bearer_tokens(TokenFormat::InsecureAny).with_session_tokens(TokenFormat::InsecureAny),
            CredentialReader::default().with_cookies(["*"]),
            CredentialReader::default().with_cookies(Vec::<&str>::new()),
        ];
        for reader in readers {
            let Some(credential) = reader.read(&map).unwrap() else { continue };
            let (name, value) = credential.to_header().unwrap();
            prop_assert!(value.is_sensitive());
            let value = value.as_bytes();
            prop_assert!(!value.is_empty() && !value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
            let shown = |name: &str, part: &[u8]| {
                map.get_all(name).iter().any(|line| line.as_bytes().windows(part.len()).any(|window| window == part))
            };
            if name == header::COOKIE {
                let pairs: Vec<&[u8]> = value.split(|byte| *byte == b';').map(<[u8]>::trim_ascii).collect();
                let name_of = |pair: &[u8]| pair.split(|byte| *byte == b'=').next().unwrap().to_vec();
                for pair in &pairs {
                    prop_assert!(shown("cookie", pair), "invented: {:?}", pair);
                    prop_assert_eq!(name_of(pair), name_of(pairs[0]), "cookies of two names");
                }
            } else {
                prop_assert_eq!(name.as_str(), "x-session-token");
                prop_assert!(!value.contains(&b' '), "two session tokens in one");
                prop_assert!(shown("x-session-token", value) || shown("authorization", value));
            }
        }
        // A reader that rejects ambiguous credentials selects a credential only if the other selects the same.
        if let Ok(Some(strict)) = CredentialReader::default().with_ambiguous(kratos_core::credential::Ambiguous::Reject).read(&map) {
            prop_assert!(CredentialReader::default().read(&map).unwrap() == Some(strict));
        }
    }

    #[test]
    fn both_frameworks_answer_alike(headers in headers()) {
        let headers: Vec<(&str, &[u8])> = headers.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let sessions = || Kratos::from_resolver(StaticResolver::anonymous());
        let one = block_on(ask_axum(&axum(sessions()), &headers));
        let other = block_on(ask_actix(sessions(), &headers));
        prop_assert_eq!(one.status, 401);
        prop_assert_eq!(one, other);
    }
}

#[test]
fn two_credentials_of_two_users_are_rejected_as_ambiguous() {
    let strict = CredentialReader::default().with_ambiguous(kratos_core::credential::Ambiguous::Reject);
    let (token, bearer, cookie) = ("ory_st_one", "Bearer ory_st_two", "ory_kratos_session=MTcw");
    let table: &[&[(&'static str, &str)]] = &[
        &[("x-session-token", token), ("cookie", cookie)],
        &[("authorization", bearer), ("cookie", cookie)],
        &[("x-session-token", token), ("authorization", bearer)],
        &[("x-session-token", token), ("x-session-token", "ory_st_two")],
        &[("authorization", bearer), ("authorization", "bearer ory_st_three")],
        &[("cookie", cookie), ("cookie", "ory_kratos_session=MTcx")],
        &[("cookie", "ory_kratos_session=MTcw; ory_kratos_session=MTcx")],
        &[("cookie", "ory_kratos_session=MTcw; ory_session_acme=MTcx")],
    ];
    for headers in table {
        let headers: Vec<_> =
            headers.iter().map(|(name, value)| (*name, value.as_bytes().to_vec())).collect();
        assert!(strict.read(&map(&headers)).is_err(), "{headers:?}");
        // An explicit credential precedes an ambient one, and the two never mix.
        assert!(CredentialReader::default().read(&map(&headers)).unwrap().is_some());
        let session = Kratos::from_resolver(StaticResolver::anonymous()).with_credentials(strict.clone());
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let one = block_on(ask_axum(&axum(session.clone()), &headers));
        assert_eq!(one.status, 400, "{}", one.body);
        assert_eq!(one, block_on(ask_actix(session, &headers)));
    }
}
