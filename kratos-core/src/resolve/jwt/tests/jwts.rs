//! Which JWTs open a session, and which session.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{
    super::JwtAlgorithm,
    resolver, session,
    signer::{SID, SUB, Signer, at, claims},
};
use crate::{
    credential::Credential,
    model::Aal,
    resolve::{Freshness, SessionResolver as _},
};

#[tokio::test]
async fn kratos_own_claims_are_a_session_of_an_identity() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks());
    let jwt = signer.sign(&claims(&json!({"plan": "gold"})));
    let found = session(&resolver, &jwt).await.unwrap().unwrap();
    assert_eq!(
        (found.id.to_string().as_str(), found.identity().unwrap().id.to_string().as_str()),
        (SID, SUB)
    );
    assert_eq!(found.extra.get("plan"), Some(&json!("gold")));
    assert_eq!(found.extra.get("iss"), Some(&json!("https://auth.example/")));
    assert!(found.authenticator_assurance_level.is_none() && found.authenticated_at.is_none());
    let left = **found.expires_at.as_ref().unwrap() - time::OffsetDateTime::now_utc();
    assert!((295..=300).contains(&left.whole_seconds()), "{left}");
}

#[tokio::test]
async fn a_claims_mapper_adds_more() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks());
    let whole = json!({"id": SID, "active": true, "expires_at": "2999-01-01T00:00:00Z",
        "authenticated_at": "2026-11-23T05:57:30Z", "authenticator_assurance_level": "aal2",
        "identity": {"id": SUB, "traits": {"email": "ada@example.org"}, "new": 1}});
    for over in [
        json!({"session": whole}),
        json!({"session": whole, "sub": "customer-7"}),
        json!({"session": whole, "sid": null}),
        json!({"authenticator_assurance_level": "aal2", "identity": whole["identity"],
            "authenticated_at": whole["authenticated_at"]}),
    ] {
        let found = session(&resolver, &signer.sign(&claims(&over))).await.unwrap().expect("a session");
        assert_eq!(found.id.to_string(), SID, "{over}");
        assert_eq!(found.authenticator_assurance_level, Some(Aal::Aal2), "{over}");
        let traits: Value = found.identity().unwrap().traits().unwrap();
        assert_eq!(traits["email"], "ada@example.org", "{over}");
        assert!(found.expires_at.unwrap().unix_timestamp() <= at(300), "not past the end of the JWT: {over}");
    }
    let external = signer.sign(&claims(&json!({"sub": "customer-7"})));
    let found = session(&resolver, &external).await.unwrap().unwrap();
    assert!(found.identity().is_none());
    assert_eq!(found.extra.get("sub"), Some(&json!("customer-7")));
}

#[tokio::test]
async fn wrong_claims_open_nothing() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks()).with_issuer("https://auth.example/");
    assert!(session(&resolver, &signer.sign(&claims(&json!({})))).await.unwrap().is_some());
    let other = "00000000-0000-4000-8000-000000000000";
    for over in [
        json!({"exp": at(-6)}),
        json!({"exp": null}),
        json!({"exp": "tomorrow"}),
        json!({"exp": 1e300}),
        json!({"nbf": at(60)}),
        json!({"nbf": {}}),
        json!({"iss": "https://evil.example/"}),
        json!({"iss": null}),
        json!({"iss": ["https://auth.example/"]}),
        json!({"aud": "another"}),
        json!({"aud": ["another", 7]}),
        json!({"aud": []}),
        json!({"sid": null}),
        json!({"sid": "x"}),
        json!({"sid": 7}),
        json!({"session": {"id": other}}),
        json!({"session": {"id": "x"}}),
        json!({"session": {"id": SID, "active": false}}),
        json!({"session": {"id": SID, "expires_at": "2020-01-01T00:00:00Z"}}),
        json!({"session": {"id": SID, "identity": {"id": other}}}),
        json!({"active": false}),
    ] {
        let jwt = signer.sign(&claims(&over));
        assert!(session(&resolver, &jwt).await.unwrap().is_none(), "{over}");
    }
    // A clock may be 5 s off, and null counts as absent.
    for over in
        [json!({"exp": at(-1)}), json!({"nbf": at(4)}), json!({"nbf": null, "iat": null, "sub": null})]
    {
        let jwt = signer.sign(&claims(&over));
        assert!(session(&resolver, &jwt).await.unwrap().is_some(), "{over}");
    }
}

#[tokio::test]
async fn a_configured_audience_is_required() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks()).with_audience("orders").with_audience("stock");
    for (audience, opens) in [
        (json!("orders"), true),
        (json!(["else", "stock"]), true),
        (json!("else"), false),
        (json!(["else"]), false),
        (Value::Null, false),
    ] {
        let jwt = signer.sign(&claims(&json!({"aud": audience})));
        assert_eq!(session(&resolver, &jwt).await.unwrap().is_some(), opens, "{audience}");
    }
}

#[tokio::test]
async fn each_algorithm_verifies_by_its_own_keys() {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    for algorithm in [ES256, ES384, EdDSA, RS256, RS384, RS512, PS256, PS384, PS512] {
        let signer = Signer::new("k", algorithm);
        let jwt = signer.sign(&claims(&json!({})));
        assert!(session(&resolver(&signer.jwks()), &jwt).await.unwrap().is_some(), "{algorithm:?}");
        // Another key of the same id and kind.
        let other = Signer::new("k", algorithm);
        assert!(session(&resolver(&other.jwks()), &jwt).await.unwrap().is_none(), "{algorithm:?}");
        let none = resolver(&signer.jwks()).with_algorithms([]);
        assert!(session(&none, &jwt).await.unwrap().is_none(), "{algorithm:?}");
    }
    let rsa = Signer::new("k", RS256);
    let pinned = resolver(&rsa.jwks()).with_algorithms([JwtAlgorithm::Es256, JwtAlgorithm::Ps256]);
    assert!(session(&pinned, &rsa.sign(&claims(&json!({})))).await.unwrap().is_none());
    // A key without an algorithm verifies all of its kind, and one with an algorithm no other.
    let mut open = rsa.jwk();
    open["alg"] = Value::Null;
    assert!(
        session(&resolver(&json!({"keys": [open]})), &rsa.sign(&claims(&json!({})))).await.unwrap().is_some()
    );
    let mut shut = rsa.jwk();
    shut["alg"] = "PS256".into();
    assert!(
        session(&resolver(&json!({"keys": [shut]})), &rsa.sign(&claims(&json!({})))).await.unwrap().is_none()
    );
}

#[tokio::test]
async fn forged_jwts_open_nothing_and_nothing_panics() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks());
    let good = signer.sign(&claims(&json!({})));
    let parts: Vec<&str> = good.split('.').collect();
    let text = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let headed = |header: Value| format!("{}.{}.{}", text(header), parts[1], parts[2]);
    let mut forged = vec![
        headed(json!({"alg": "none", "typ": "JWT"})),
        format!("{}.{}.", text(json!({"alg": "none"})), parts[1]),
        headed(json!({"alg": "HS256", "kid": "k"})),
        headed(json!({"alg": "ES384", "kid": "k"})),
        headed(json!({"alg": "RS256", "kid": "k"})),
        headed(json!({"alg": "es256", "kid": "k"})),
        headed(json!({"alg": ["ES256"], "kid": "k"})),
        headed(json!({"kid": "k"})),
        headed(json!({"alg": "ES256", "kid": "other"})),
        headed(json!([])),
        format!(
            "{}.{}.{}",
            parts[0],
            text(claims(&json!({"sub": "00000000-0000-4000-8000-000000000000"}))),
            parts[2]
        ),
        format!("{}.{}.{}", parts[0], parts[1], "AAAA"),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(86)),
        format!("{}.{}", parts[0], parts[1]),
        format!("{good}.x"),
        format!("{good}="),
        format!(".{good}"),
        "..".to_owned(),
        String::new(),
        "eyJ\u{0}.é.x".to_owned(),
    ];
    forged.push(hmac_with_the_public_key(&signer));
    for header in [
        json!({"alg": "ES256", "kid": "k", "crit": ["exp"]}),
        json!({"alg": "ES256", "kid": "k", "typ": "logout+jwt"}),
    ] {
        forged.push(signer.sign_as(&header, &claims(&json!({}))));
    }
    forged.push(signer.sign_as(&signer.header(), &json!([1])));
    for jwt in forged {
        assert!(session(&resolver, &jwt).await.unwrap().is_none(), "{jwt}");
    }
    // The key and the type may be absent.
    for header in
        [json!({"alg": "ES256"}), json!({"alg": "ES256", "kid": ""}), json!({"alg": "ES256", "typ": "jwt"})]
    {
        assert!(
            session(&resolver, &signer.sign_as(&header, &claims(&json!({})))).await.unwrap().is_some(),
            "{header}"
        );
    }
}

/// A JWT signed with the public key as if it were a shared secret.
fn hmac_with_the_public_key(signer: &Signer) -> String {
    let secret = signer.jwk()["x"].as_str().unwrap().to_owned();
    let message = [json!({"alg": "HS256", "kid": "k"}), claims(&json!({}))]
        .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
    let key = jsonwebtoken::EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(secret).unwrap());
    let signer =
        (jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.signer_factory)(&Algorithm::HS256, &key).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signer.sign(message.as_bytes())))
}

#[tokio::test]
async fn a_verified_jwt_is_cached_until_it_expires() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks());
    let jwt = Credential::jwt(signer.sign(&claims(&json!({"exp": at(2)}))));
    assert!(resolver.cached(&jwt).is_none());
    resolver.resolve(&jwt, Freshness::Cached).await.unwrap();
    assert!(resolver.cached(&jwt).is_some());
    assert!(resolver.cached(&Credential::jwt("eyJ.a.b")).is_none());
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
    assert!(resolver.cached(&jwt).is_none(), "not past its end");
    let again = Credential::jwt(signer.sign(&claims(&json!({}))));
    resolver.resolve(&again, Freshness::Cached).await.unwrap();
    resolver.forget(&again).await;
    assert!(resolver.cached(&again).is_none());
}

#[test]
fn debug_prints_no_jwt() {
    let jwt = Credential::jwt("eyJ.secret.x").with_session(Some(Credential::cookie("a=secret")));
    assert_eq!(format!("{jwt:?}"), "Credential(Jwt, [redacted])");
    let resolver = resolver(&Signer::es256("k").jwks());
    assert!(!format!("{resolver:?}").contains("secret"));
}

#[tokio::test]
async fn a_trailing_slash_of_the_issuer_makes_no_difference() {
    let signer = Signer::es256("k");
    let jwts = ["https://auth.example", "https://auth.example/"]
        .map(|issuer| signer.sign(&claims(&json!({"iss": issuer}))));
    for configured in ["https://auth.example", "https://auth.example/"] {
        let resolver = resolver(&signer.jwks()).with_issuer(configured);
        for jwt in &jwts {
            assert!(session(&resolver, jwt).await.unwrap().is_some(), "{configured}");
        }
        for other in ["https://auth.example//", "https://auth.exam", "https://auth.example.org/", "/", ""] {
            let jwt = signer.sign(&claims(&json!({"iss": other})));
            assert!(session(&resolver, &jwt).await.unwrap().is_none(), "{other}");
        }
    }
}

#[tokio::test]
async fn the_longest_durations_do_not_overflow() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks()).with_leeway(std::time::Duration::MAX);
    assert!(session(&resolver, &signer.sign(&claims(&json!({})))).await.unwrap().is_some());
}

/// An external id may look like a UUID; a subject that is neither the identity nor its external id is another's.
#[tokio::test]
async fn a_subject_is_the_identity_or_its_external_id() {
    const OTHER: &str = "11111111-2222-4333-8444-555555555555";
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks());
    for (external, opens) in [
        (json!(OTHER), true),
        (json!("99999999-2222-4333-8444-555555555555"), false),
        (json!("x"), false),
        (json!(null), false),
    ] {
        let identity = json!({"id": SUB, "external_id": external});
        let jwt = signer.sign(&claims(&json!({"sub": OTHER, "identity": identity})));
        assert_eq!(session(&resolver, &jwt).await.unwrap().is_some(), opens, "{external}");
    }
}

/// A cache around the resolver may keep the session as long as the JWT and the keys last.
#[tokio::test]
async fn a_session_by_jwt_says_how_long_it_may_be_cached() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks());
    let jwt = Credential::jwt(signer.sign(&claims(&json!({}))));
    for _ in 0..2 {
        let found = resolver.resolve(&jwt, Freshness::Cached).await.unwrap();
        let seconds = found.cache_for.unwrap().as_secs();
        assert!((200..=300).contains(&seconds), "{seconds}");
    }
}

/// Only keys that went or changed are withdrawn.
#[test]
fn keys_are_kept_if_each_is_there_unchanged() {
    let read = |jwks: &[&Value]| {
        let keys = jwks.iter().flat_map(|jwks| jwks["keys"].as_array().unwrap().clone());
        super::super::key::Keys::read(json!({"keys": keys.collect::<Vec<_>>()}).to_string().as_bytes())
            .unwrap()
    };
    let [a, b, other] = ["a", "b", "a"].map(|id| Signer::es256(id).jwks());
    assert!(read(&[&a]).keeps(&read(&[&a])));
    assert!(read(&[&a, &b]).keeps(&read(&[&b, &a])));
    assert!(!read(&[&a]).keeps(&read(&[&a, &b])), "one went");
    assert!(!read(&[&other]).keeps(&read(&[&a])), "another key of the same name");
    let renamed: Value = serde_json::from_str(&a.to_string().replace("\"a\"", "\"c\"")).unwrap();
    assert!(!read(&[&renamed]).keeps(&read(&[&a])), "another name of the same key");
}
