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

/// The header sent to Kratos, as `name: value`; empty for none.
fn sent(reader: &CredentialReader, pairs: &[(&'static str, &[u8])]) -> String {
    let Some(credential) = reader.read(&map(pairs)).unwrap() else { return String::new() };
    let (name, value) = credential.to_header().unwrap();
    format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
}

#[test]
fn one_credential_is_chosen() {
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
        // Foreign: other tokens, other schemes, empty and malformed cookies, bytes that are not UTF-8.
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
        // Two cookies of one name are sent together, raw.
        (&[("cookie", two.as_bytes())], format!("cookie: {COOKIE}; ory_kratos_session=OTHER")),
        // The Ory Network's name; one project only.
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
fn names_and_formats_are_configurable() {
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

/// The bearer tokens of a server up to 0.11 have no prefix; elsewhere they are foreign.
#[test]
fn a_bearer_token_without_prefix_counts_where_the_era_issued_it() {
    let bearer = format!("Bearer {LEGACY}");
    let headers = [("authorization", bearer.as_bytes()), ("cookie", COOKIE.as_bytes())];
    for era in Era::ALL {
        let reader = CredentialReader::default().of_era(*era);
        let expected = if *era <= Era::V0_11 {
            format!("x-session-token: {LEGACY}")
        } else {
            format!("cookie: {COOKIE}")
        };
        assert_eq!(sent(&reader, &headers), expected, "{era}");
        let never = reader.with_bearer_tokens(TokenFormat::Never);
        assert_eq!(
            sent(&never, &headers),
            format!("cookie: {COOKIE}"),
            "{era}: what is set takes precedence"
        );
    }
}

/// Up to 0.8, Kratos reads the first cookie of a name alone: each is tried in a call of its own.
#[test]
fn cookies_of_one_name_go_together_where_kratos_reads_all_of_them() {
    let line = "ory_kratos_session=1; ory_kratos_session=2; ory_kratos_session=3; ory_kratos_session=4; ory_session_a=5";
    for era in Era::ALL {
        let credential =
            CredentialReader::default().of_era(*era).cookie(&map(&[("cookie", line.as_bytes())]));
        let credential = credential.unwrap();
        let tried: Vec<String> = credential
            .candidates()
            .map(|cookie| String::from_utf8(cookie.to_header().unwrap().1.as_bytes().to_vec()).unwrap())
            .collect();
        let all = "ory_kratos_session=1; ory_kratos_session=2; ory_kratos_session=3; ory_kratos_session=4";
        let wanted: &[&str] = if *era <= Era::V0_8 {
            &["ory_kratos_session=1", "ory_kratos_session=2", "ory_kratos_session=3", "ory_session_a=5"]
        } else {
            &[all, "ory_session_a=5"]
        };
        assert_eq!(tried, wanted, "{era}");
    }
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
fn debug_prints_no_credential() {
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
fn jwts_are_read_where_configured() {
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
        // An explicit session takes precedence, and other text than a JWT is ignored.
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
        assert_eq!(found.to_header().is_none(), kind.is_jwt(), "a JWT is not sent to Kratos");
    }
    for token in ["eyJ.a", "eyJ.a.b.c", "eyK.a.b", "a.b.c", "..", ""] {
        assert!(read(&[("authorization", format!("Bearer {token}").as_bytes())]).is_none(), "{token}");
    }
    let long = format!("Bearer eyJ.a.{}", "b".repeat(16 * 1024));
    assert!(read(&[("authorization", long.as_bytes())]).is_none());
    // Off by default.
    assert!(CredentialReader::default().read(&map(&[bearer])).unwrap().is_none());

    let strict = reader.clone().with_ambiguous(crate::credential::Ambiguous::Reject);
    assert!(
        strict.read(&map(&[bearer, ("cookie", COOKIE.as_bytes())])).is_ok(),
        "a session cookie beside a JWT"
    );
    for pairs in
        [&[bearer, ("x-session-token", TOKEN.as_bytes())][..], &[bearer, in_cookie], &[bearer, bearer]]
    {
        assert_eq!(strict.read(&map(pairs)), Err(AmbiguousCredentials), "{pairs:?}");
    }
}

/// The session cookie of a request and its alternatives, as sent to Kratos.
fn candidates(reader: &CredentialReader, pairs: &[(&'static str, &[u8])]) -> Vec<String> {
    let credential = reader.read(&map(pairs)).unwrap().unwrap();
    let all = std::iter::once(&credential).chain(credential.alternatives());
    all.map(|one| String::from_utf8_lossy(one.to_header().unwrap().1.as_bytes()).into_owned()).collect()
}

#[test]
fn cookies_of_other_names_are_alternatives() {
    let reader = CredentialReader::default();
    for (cookie, expected) in [
        ("ory_kratos_session=a", &["ory_kratos_session=a"][..]),
        ("ory_session_x=b; a=b; ory_kratos_session=a", &["ory_kratos_session=a", "ory_session_x=b"]),
        (
            "ory_session_x=b; ory_session_y=c; ory_session_x=d; ory_session_z=e; ory_kratos_session=a",
            &["ory_kratos_session=a", "ory_session_x=b; ory_session_x=d", "ory_session_y=c"],
        ),
        (
            "ory_session_w=1; ory_session_x=2; ory_session_y=3; ory_session_z=4; ory_session_z=5",
            &["ory_session_w=1", "ory_session_x=2", "ory_session_y=3"],
        ),
    ] {
        assert_eq!(candidates(&reader, &[("cookie", cookie.as_bytes())]), expected, "{cookie}");
        let lines: Vec<_> = cookie.split("; ").map(|pair| ("cookie", pair.as_bytes())).collect();
        assert_eq!(candidates(&reader, &lines), expected, "split as by HTTP/2: {cookie}");
    }
    let explicit = [("x-session-token", TOKEN.as_bytes()), ("cookie", b"ory_session_x=1; ory_session_y=2")];
    assert_eq!(candidates(&reader, &explicit), [TOKEN], "an explicit credential has none");
}

#[test]
fn a_cookie_that_is_not_utf8_hides_no_other() {
    let line = [b"theme=\xff\xfe; ", COOKIE.as_bytes()].concat();
    assert_eq!(sent(&CredentialReader::default(), &[("cookie", &line)]), format!("cookie: {COOKIE}"));
}

#[test]
fn a_bare_prefix_is_not_a_session_cookie() {
    assert_eq!(sent(&CredentialReader::default(), &[("cookie", b"ory_session_=1")]), "");
}

#[test]
fn equality_and_cache_keys_cover_what_is_beside_a_credential() {
    let reader = CredentialReader::default();
    let read = |cookie: &str| reader.read(&map(&[("cookie", cookie.as_bytes())])).unwrap().unwrap();
    let hasher = super::super::CacheKeyHasher::with_secret([7; 16], "");
    let all = [
        "ory_kratos_session=a",
        "ory_session_x=b",
        "ory_kratos_session=a; ory_session_x=b",
        "ory_kratos_session=a; ory_session_x=c",
        "ory_kratos_session=a; ory_session_x=b; ory_session_y=d",
    ];
    for (place, one) in all.iter().enumerate() {
        for (other_place, other) in all.iter().enumerate() {
            let same = place == other_place;
            assert_eq!(read(one) == read(other), same, "{one} and {other}");
            assert_eq!(
                read(one).cache_key(&hasher) == read(other).cache_key(&hasher),
                same,
                "{one} and {other}"
            );
        }
    }
    let jwt = Credential::jwt("eyJ.a.b");
    let beside = jwt.clone().with_session(Some(read("ory_kratos_session=a")));
    assert_ne!(jwt, beside);
    assert_ne!(beside, jwt.clone().with_session(Some(read("ory_kratos_session=b"))));
    assert_eq!(jwt.cache_key(&hasher), beside.cache_key(&hasher), "the session has a key of its own");
}

/// Ten times the input costs about ten times the work, up to the limits, and no more beyond them.
#[test]
fn the_work_is_linear_and_limited() {
    let reader = CredentialReader::default()
        .with_jwt()
        .with_jwt_cookies(["jwt"])
        .with_bearer_tokens(TokenFormat::InsecureAny)
        .with_ambiguous(Ambiguous::Reject);
    type Headers = Vec<(&'static str, Vec<u8>)>;
    type Shape = (&'static str, fn(usize) -> Headers);
    let shapes: [Shape; 9] = [
        ("cookies in one line", |n| vec![("cookie", "a=1; ".repeat(n).into_bytes())]),
        ("session cookies of one name", |n| {
            vec![("cookie", "ory_kratos_session=1; ".repeat(n).into_bytes())]
        }),
        ("session cookies of many names", |n| {
            vec![("cookie", (0..n).map(|i| format!("ory_session_{i}=1; ")).collect::<String>().into_bytes())]
        }),
        ("cookie lines", |n| (0..n).map(|_| ("cookie", b"jwt=eyJ.a.b".to_vec())).collect()),
        ("empty cookie lines", |n| (0..n).map(|_| ("cookie", Vec::new())).collect()),
        ("a long cookie", |n| vec![("cookie", format!("ory_kratos_session={}", "=".repeat(n)).into_bytes())]),
        ("authorization lines", |n| (0..n).map(|_| ("authorization", b"Bearer eyJ.a.b".to_vec())).collect()),
        ("session token lines", |n| {
            (0..n).map(|_| ("x-session-token", b"ory_st_but/not=visible\xff".to_vec())).collect()
        }),
        ("a long bearer token", |n| {
            vec![("authorization", format!("Bearer eyJ.{}", ".".repeat(n)).into_bytes())]
        }),
    ];
    let work = |headers: &Headers| {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let headers = map(&headers);
        // `Choose` reads on where `Reject` has refused.
        let choosing = reader.clone().with_ambiguous(Ambiguous::Choose);
        crate::work::steps_of(|| (reader.read(&headers).is_ok(), choosing.read(&headers).is_ok()))
    };
    for (shape, headers) in shapes {
        let (small, large) = (work(&headers(100)), work(&headers(1000)));
        assert!(large <= small * 12 + 64, "{shape}: {small} became {large}");
        // Five passes over the limit of cookies, and a few over the first lines of the other headers.
        let huge = headers(20_000);
        let first: usize = huge.iter().map(|(_, value)| value.len() + 1).take(MOST_LINES).sum();
        let most = work(&huge);
        assert!(
            most <= if huge[0].0 == "cookie" { 5 * cookie::MAX_BYTES } else { 12 * first },
            "{shape}: {most}"
        );
    }
}

#[test]
fn at_most_sixteen_cookies_of_one_name_are_sent() {
    for (cookies, sent_on) in [(2, 2), (16, 16), (17, 16), (100, 16)] {
        let line: String = (0..cookies).map(|number| format!("ory_kratos_session={number}; ")).collect();
        let sent = sent(&CredentialReader::default(), &[("cookie", line.as_bytes())]);
        assert_eq!(sent.matches("ory_kratos_session=").count(), sent_on, "of {cookies}");
    }
}

#[test]
fn without_cookies_none_is_read() {
    let reader = CredentialReader::default().with_jwt().with_jwt_cookies(["jwt"]).without_cookies();
    let cookies = format!("{COOKIE}; jwt=eyJ.a.b");
    assert_eq!(sent(&reader, &[("cookie", cookies.as_bytes())]), "");
    assert_eq!(reader.cookies(), []);
    assert_eq!(CredentialReader::default().cookies().len(), 2);
    let jwt = map(&[("authorization", b"Bearer eyJ.a.b")]);
    assert!(reader.read(&jwt).unwrap().is_some_and(|credential| credential.kind() == CredentialKind::Jwt));
}

#[test]
fn cookies_of_one_name_are_sent_together_up_to_a_size() {
    let pair =
        |bytes: usize| format!("ory_kratos_session={}", "x".repeat(bytes - "ory_kratos_session=".len()));
    for (second, sent_on) in [(100, 2), (LONGEST_COOKIE - 1002, 2), (LONGEST_COOKIE - 1001, 1)] {
        let line = format!("{}; {}", pair(1000), pair(second));
        let sent = sent(&CredentialReader::default(), &[("cookie", line.as_bytes())]);
        assert_eq!(sent.matches("ory_kratos_session=").count(), sent_on, "{second}");
    }
    for (bytes, is_read) in [(LONGEST_COOKIE, true), (LONGEST_COOKIE + 1, false)] {
        let sent = sent(&CredentialReader::default(), &[("cookie", pair(bytes).as_bytes())]);
        assert_eq!(!sent.is_empty(), is_read, "{bytes}");
    }
}
