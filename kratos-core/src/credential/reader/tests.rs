use http::{HeaderMap, HeaderName, HeaderValue};

use super::*;

const TOKEN: &str = "ory_st_ttsoygoPjh7ljjNvqPAKG4YRfBkMl6IJ";
const LEGACY: &str = "BiCmgdHycIY4TanXk31D4b3gnjzI45EZ";
const COOKIE: &str = "ory_kratos_session=MTc5NTQxMzQ1MHxMUlBy_-=";

fn map(pairs: &[(&'static str, &[u8])]) -> HeaderMap {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap()));
    pairs.collect()
}

/// The header that Kratos would get, as `name: value`; empty for none.
fn sent(reader: &CredentialReader, pairs: &[(&'static str, &[u8])]) -> String {
    let Some(credential) = reader.read(&map(pairs)).unwrap() else { return String::new() };
    let (name, value) = credential.to_header().unwrap();
    format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
}

#[test]
fn one_is_chosen() {
    let reader = CredentialReader::default();
    let token = format!("x-session-token: {TOKEN}");
    let cookie = format!("cookie: {COOKIE}");
    let bearer = format!("Bearer {TOKEN}");
    let two = format!("a=b; {COOKIE}; c=d; ory_kratos_session=OTHER");
    for (pairs, expected) in [
        (&[("x-session-token", TOKEN.as_bytes()), ("cookie", COOKIE.as_bytes())][..], token.clone()),
        (&[("x-session-token", LEGACY.as_bytes())], format!("x-session-token: {LEGACY}")),
        (&[("authorization", bearer.as_bytes()), ("cookie", COOKIE.as_bytes())], token.clone()),
        (&[("authorization", bearer.to_lowercase().replace(&TOKEN.to_lowercase(), TOKEN).as_bytes())], token),
        (&[("cookie", COOKIE.as_bytes())], cookie.clone()),
        (&[("cookie", b"a=b"), ("cookie", COOKIE.as_bytes())], cookie.clone()),
        // Not ours: other tokens, other schemes, empty and malformed cookies, bytes that are no text.
        (&[("authorization", b"Bearer eyJhbGciOi.x.y"), ("cookie", COOKIE.as_bytes())], cookie.clone()),
        (&[("authorization", b"Basic YTpi"), ("cookie", COOKIE.as_bytes())], cookie.clone()),
        (&[("authorization", format!("Bearer {LEGACY}").as_bytes())], String::new()),
        (&[("x-session-token", b"garbage"), ("cookie", COOKIE.as_bytes())], cookie.clone()),
        (&[("x-session-token", b"ory_st_"), ("cookie", COOKIE.as_bytes())], cookie.clone()),
        (
            &[("x-session-token", b"ory_st_\xff"), ("authorization", b"\xff"), ("cookie", COOKIE.as_bytes())],
            cookie,
        ),
        (&[("cookie", b"ory_kratos_session=")], String::new()),
        (&[("cookie", b"ory_kratos_session")], String::new()),
        (&[("cookie", b"xory_kratos_session=1; ory_kratos_sessionx=2; ORY_KRATOS_SESSION=3")], String::new()),
        (&[("cookie", b";;; =; \xff=\xff")], String::new()),
        // Two cookies of one name go together, raw.
        (&[("cookie", two.as_bytes())], format!("cookie: {COOKIE}; ory_kratos_session=OTHER")),
        // The Network's name; one project only.
        (&[("cookie", b"ory_session_abc=1; ory_session_def=2")], "cookie: ory_session_abc=1".to_owned()),
        (
            &[("cookie", b"ory_session_abc=1; ory_kratos_session=2")],
            "cookie: ory_kratos_session=2".to_owned(),
        ),
    ] {
        assert_eq!(sent(&reader, pairs), expected, "{pairs:?}");
    }
}

#[test]
fn cookie_bytes_stay_raw() {
    let raw = b"ory_kratos_session=\"a%3Db+c\xff=\"";
    let credential = CredentialReader::default().read(&map(&[("cookie", raw)])).unwrap().unwrap();
    assert_eq!(credential.to_header().unwrap().1.as_bytes(), raw);
}

#[test]
fn what_counts_is_configurable() {
    let legacy = CredentialReader::default().with_bearer_tokens(TokenFormat::PrefixedOrLegacy);
    assert_eq!(
        sent(&legacy, &[("authorization", format!("Bearer {LEGACY}").as_bytes())]),
        format!("x-session-token: {LEGACY}")
    );
    let api = CredentialReader::default().with_cookies::<&str>([]);
    assert_eq!(sent(&api, &[("cookie", COOKIE.as_bytes())]), "");
    let named = CredentialReader::default().with_cookies(["__Host-sid"]);
    assert_eq!(sent(&named, &[("cookie", b"ory_kratos_session=1; __Host-sid=2")]), "cookie: __Host-sid=2");
    let browsers = CredentialReader::default().with_session_tokens(TokenFormat::Never);
    assert_eq!(sent(&browsers, &[("x-session-token", TOKEN.as_bytes())]), "");
    let any = CredentialReader::default().with_bearer_tokens(TokenFormat::InsecureAny);
    assert_eq!(sent(&any, &[("authorization", b"Bearer opaque")]), "x-session-token: opaque");
}

#[test]
fn strict_refuses_two() {
    let reader = CredentialReader::default().with_ambiguous(crate::credential::Ambiguous::Reject);
    let token = ("x-session-token", TOKEN.as_bytes());
    let cookie = ("cookie", COOKIE.as_bytes());
    let bearer = format!("Bearer {TOKEN}");
    for pairs in [
        &[token, cookie][..],
        &[token, ("authorization", bearer.as_bytes())],
        &[token, token],
        &[cookie, cookie],
        &[("cookie", b"ory_session_a=1; ory_kratos_session=2")],
    ] {
        assert_eq!(reader.read(&map(pairs)), Err(AmbiguousCredentials), "{pairs:?}");
    }
    for pairs in [&[token][..], &[cookie, ("authorization", b"Bearer foreign")], &[]] {
        assert!(reader.read(&map(pairs)).is_ok(), "{pairs:?}");
    }
}

#[test]
fn nothing_shows_a_credential() {
    let credential = Credential::cookie(COOKIE);
    assert_eq!(format!("{credential:?}"), "Credential(Cookie, [redacted])");
    let (_, header) = credential.to_header().unwrap();
    assert!(header.is_sensitive());
    let hasher = super::super::CacheKeyHasher::with_secret([7; 16], "");
    let keys = [&credential, &Credential::cookie("b=1"), &Credential::session_token(COOKIE)]
        .map(|c| c.cache_key(&hasher));
    assert!(keys[0] != keys[1] && keys[0] != keys[2]);
    assert_eq!(keys[0], credential.clone().cache_key(&hasher));
    assert_ne!(keys[0], credential.cache_key(&super::super::CacheKeyHasher::random()));
}

#[test]
fn jwts_are_taken_where_that_is_asked_for() {
    const JWT: &str = "eyJhbGciOiJFUzI1NiJ9.eyJzaWQiOiJhIn0.c2ln-_";
    let bearer = format!("Bearer {JWT}");
    let bearer = ("authorization", bearer.as_bytes());
    let in_cookie = format!("a=b; jwt={JWT}; {COOKIE}");
    let in_cookie = ("cookie", in_cookie.as_bytes());
    let reader = CredentialReader::default().with_jwt().with_jwt_cookies(["jwt"]);
    let read = |pairs: &[(&'static str, &[u8])]| reader.read(&map(pairs)).unwrap();
    let cookie = Credential::cookie(COOKIE);
    let jwt = |kind| Credential::new(kind, JWT.as_bytes());
    let (header, ambient) = (jwt(CredentialKind::Jwt), jwt(CredentialKind::JwtCookie));
    for (pairs, expected, kind) in [
        (&[bearer][..], header.clone(), CredentialKind::Jwt),
        (
            &[bearer, ("cookie", COOKIE.as_bytes())],
            header.clone().with_session(Some(cookie.clone())),
            CredentialKind::Jwt,
        ),
        (&[in_cookie], ambient.clone().with_session(Some(cookie.clone())), CredentialKind::JwtCookie),
        (&[bearer, in_cookie], header.with_session(Some(cookie.clone())), CredentialKind::Jwt),
        // An explicit session wins, and what is no JWT is nothing.
        (
            &[bearer, ("x-session-token", TOKEN.as_bytes())],
            Credential::session_token(TOKEN),
            CredentialKind::SessionToken,
        ),
        (
            &[("authorization", b"Bearer abc.def.ghi"), ("cookie", COOKIE.as_bytes())],
            cookie,
            CredentialKind::Cookie,
        ),
    ] {
        let found = read(pairs).unwrap();
        assert_eq!(
            (found.kind(), found.kind().is_ambient()),
            (kind, matches!(kind, CredentialKind::JwtCookie | CredentialKind::Cookie))
        );
        assert_eq!(found, expected, "{pairs:?}");
        assert_eq!(found.to_header().is_none(), kind.is_jwt(), "a JWT is not shown to Kratos");
    }
    for token in ["eyJ.a", "eyJ.a.b.c", "eyK.a.b", "a.b.c", "..", ""] {
        assert!(read(&[("authorization", format!("Bearer {token}").as_bytes())]).is_none(), "{token}");
    }
    let long = format!("Bearer eyJ.a.{}", "b".repeat(16 * 1024));
    assert!(read(&[("authorization", long.as_bytes())]).is_none());
    // Nobody asked for them.
    assert!(CredentialReader::default().read(&map(&[bearer])).unwrap().is_none());

    let strict = reader.clone().with_ambiguous(crate::credential::Ambiguous::Reject);
    assert!(
        strict.read(&map(&[bearer, ("cookie", COOKIE.as_bytes())])).is_ok(),
        "a session beside its token"
    );
    for pairs in
        [&[bearer, ("x-session-token", TOKEN.as_bytes())][..], &[bearer, in_cookie], &[bearer, bearer]]
    {
        assert_eq!(strict.read(&map(pairs)), Err(AmbiguousCredentials), "{pairs:?}");
    }
}
