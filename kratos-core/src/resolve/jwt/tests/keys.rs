//! How the keys are read, kept and read again.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{
    super::{Jwks, JwtResolver},
    session,
    signer::{Signer, claims},
};
use crate::{
    credential::Credential,
    resolve::{Freshness, SessionResolver as _},
};

/// Serves a JWKS, slowly enough that requests overlap.
struct Server {
    url: String,
    answer: Arc<Mutex<(u16, String)>>,
    asked: Arc<AtomicUsize>,
}

impl Server {
    async fn start(jwks: &Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys?tenant=a", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new((200, jwks.to_string())));
        let asked = Arc::new(AtomicUsize::new(0));
        let (said, counted) = (Arc::clone(&answer), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (status, body) = said.lock().unwrap().clone();
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let _ = stream.read(&mut [0; 2048]).await;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    let head = format!(
                        "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n",
                        body.len()
                    );
                    let _ = stream.write_all(format!("{head}location: /x\r\n\r\n{body}").as_bytes()).await;
                });
            }
        });
        Self { url, answer, asked }
    }

    fn say(&self, status: u16, body: &impl ToString) {
        *self.answer.lock().unwrap() = (status, body.to_string());
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn jwks(&self) -> Jwks {
        Jwks::from_url(&self.url).unwrap()
    }
}

fn jwt(signer: &Signer) -> String {
    signer.sign(&claims(&json!({"jti": uuid::Uuid::new_v4().to_string()})))
}

#[tokio::test]
async fn many_first_jwts_cost_one_read() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let resolver = JwtResolver::new(server.jwks());
    let jwts: Vec<String> = (0..40).map(|_| jwt(&signer)).collect();
    let all = futures_util::future::join_all(jwts.iter().map(|jwt| session(&resolver, jwt))).await;
    assert!(all.iter().all(|found| found.as_ref().unwrap().is_some()));
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn without_any_key_jwts_are_an_error() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let empty = json!({"keys": []}).to_string();
    for (status, body, misconfigured) in [
        (500, String::new(), false),
        (429, String::new(), false),
        (404, String::new(), true),
        (302, String::new(), true),
        (200, "<html>".to_owned(), true),
        (200, empty, true),
    ] {
        server.say(status, &body);
        let before = server.asked();
        let resolver = JwtResolver::new(server.jwks());
        let asked = futures_util::future::join_all(
            (0..10).map(|_| async { session(&resolver, &jwt(&signer)).await }),
        )
        .await;
        for outcome in asked {
            let error = outcome.unwrap_err();
            assert_eq!(
                (error.is_misconfigured(), error.is_unavailable()),
                (misconfigured, !misconfigured),
                "{status}"
            );
        }
        assert_eq!(server.asked() - before, 1, "one read for all, then the cooldown: {status}");
        assert!(session(&resolver, "eyJ.a.b").await.unwrap().is_none(), "a malformed JWT needs no key");
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/keys", gone.local_addr().unwrap());
    drop(gone);
    let unreachable = JwtResolver::new(Jwks::from_url(&url).unwrap());
    assert!(session(&unreachable, &jwt(&signer)).await.unwrap_err().is_unavailable());
    // It works as soon as the keys are available.
    server.say(500, &"");
    let resolver = JwtResolver::new(server.jwks().with_cooldown(Duration::ZERO));
    assert!(session(&resolver, &jwt(&signer)).await.is_err());
    server.say(200, &signer.jwks());
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_some());
}

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_per_cooldown() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let server = Server::start(&old.jwks()).await;
    let patient = JwtResolver::new(server.jwks().with_max_age(Duration::ZERO));
    assert!(session(&patient, &jwt(&old)).await.unwrap().is_some());
    for _ in 0..20 {
        assert!(session(&patient, &jwt(&new)).await.unwrap().is_none());
        assert!(session(&patient, &jwt(&old)).await.unwrap().is_some());
    }
    assert_eq!(server.asked(), 1, "the keys were read just now");

    let resolver = JwtResolver::new(server.jwks().with_cooldown(Duration::ZERO));
    assert!(session(&resolver, &jwt(&old)).await.unwrap().is_some());
    let storm: Vec<String> = (0..20).map(|_| jwt(&new)).collect();
    for found in futures_util::future::join_all(storm.iter().map(|jwt| session(&resolver, jwt))).await {
        assert!(found.unwrap().is_none());
    }
    assert_eq!(server.asked(), 3, "one for all concurrent requests");
    server.say(200, &json!({"keys": [old.jwk(), new.jwk()]}));
    assert!(session(&resolver, &jwt(&new)).await.unwrap().is_some(), "the new key is found");
    assert!(session(&resolver, &jwt(&old)).await.unwrap().is_some());
    assert_eq!(server.asked(), 4);
    // While the keys cannot be read, an unknown one is an error, and known ones stay in use.
    server.say(500, &"");
    assert!(session(&resolver, &jwt(&Signer::es256("third"))).await.unwrap_err().is_unavailable());
    assert!(session(&resolver, &jwt(&new)).await.unwrap().is_some());
}

#[tokio::test]
async fn old_keys_are_read_again_and_kept_if_that_fails() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let jwks = server.jwks().with_max_age(Duration::ZERO).with_cooldown(Duration::ZERO);
    let resolver = JwtResolver::new(jwks);
    let signed_before = jwt(&signer);
    assert!(session(&resolver, &signed_before).await.unwrap().is_some());
    for (status, body) in [(500, String::new()), (200, "{}".to_owned()), (404, String::new())] {
        let before = server.asked();
        server.say(status, &body);
        let jwts: Vec<String> = (0..10).map(|_| jwt(&signer)).collect();
        for found in futures_util::future::join_all(jwts.iter().map(|jwt| session(&resolver, jwt))).await {
            assert!(found.unwrap().is_some(), "{status}");
        }
        assert_eq!(server.asked() - before, 1, "{status}");
    }
    // A withdrawn key is no longer trusted, nor are the JWTs that it verified before.
    server.say(200, &Signer::es256("b").jwks());
    assert!(session(&resolver, &signed_before).await.unwrap().is_none());
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_none());
    assert!(session(&resolver, &signed_before).await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_is_read_once_it_exists() {
    let signer = Signer::es256("a");
    let path = std::env::temp_dir().join(format!("jwks-{}.json", uuid::Uuid::new_v4()));
    let resolver = JwtResolver::new(Jwks::from_file(&path).with_cooldown(Duration::ZERO));
    assert!(session(&resolver, &jwt(&signer)).await.unwrap_err().is_unavailable());
    std::fs::write(&path, signer.jwks().to_string()).unwrap();
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_some());
    std::fs::remove_file(&path).unwrap();
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_some(), "kept");
}

#[tokio::test]
async fn unusable_keys_are_skipped() {
    let signer = Signer::es256("a");
    let mut encryption = signer.jwk();
    encryption["use"] = "enc".into();
    let odd = [
        json!({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256", "kid": "a"}),
        json!({"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA", "kid": "a"}),
        json!({"kty": "EC", "crv": "P-256", "x": "!", "y": "AA", "kid": "a"}),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "a"}),
        json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA", "kid": "a"}),
        json!({"kid": 7}),
        json!(null),
        encryption,
    ];
    let all = json!({"keys": odd.iter().chain([&signer.jwk()]).collect::<Vec<_>>()});
    let resolver = super::resolver(&all);
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_some());
    for wrong in
        ["", "[]", "{}", r#"{"keys": 7}"#, r#"{"keys": []}"#, r#"{"keys": [{"kty": "oct", "k": "AA"}]}"#]
    {
        assert!(Jwks::from_json(wrong).is_err(), "{wrong}");
    }
    for wrong in ["", "ftp://a/b", "/keys", "https://user@a/", "https://a/#b"] {
        assert!(Jwks::from_url(wrong).is_err(), "{wrong}");
    }
}

/// No other JWT comes by that would read the keys.
#[tokio::test]
async fn a_cached_jwt_ends_with_the_age_of_the_keys() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let max_age = Duration::from_millis(400);
    let resolver = JwtResolver::new(server.jwks().with_max_age(max_age).with_cooldown(Duration::ZERO));
    let credential = Credential::jwt(jwt(&signer));
    let bytes = String::from_utf8(credential.as_jwt().unwrap().to_vec()).unwrap();
    assert!(session(&resolver, &bytes).await.unwrap().is_some());
    assert!(resolver.cached(&credential).is_some());
    server.say(200, &Signer::es256("b").jwks());
    tokio::time::sleep(max_age).await;
    assert!(resolver.cached(&credential).is_none());
    assert!(session(&resolver, &bytes).await.unwrap().is_none());
}

#[tokio::test]
async fn jwts_are_cached_between_attempts_to_read_the_keys() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let (max_age, cooldown) = (Duration::from_millis(200), Duration::from_millis(400));
    let resolver = JwtResolver::new(server.jwks().with_max_age(max_age).with_cooldown(cooldown));
    let credential = Credential::jwt(jwt(&signer));
    let resolve = || resolver.resolve(&credential, Freshness::Cached);
    let leave = resolve().await.unwrap().cache_for.unwrap();
    assert!(leave <= max_age, "no cache around the resolver keeps it longer: {leave:?}");
    server.say(500, &"");
    tokio::time::sleep(cooldown).await;
    assert!(resolver.cached(&credential).is_none(), "the keys are old");
    resolve().await.unwrap();
    assert!(resolver.cached(&credential).is_some(), "until the next attempt");
    tokio::time::sleep(cooldown).await;
    assert!(resolver.cached(&credential).is_none());
}

/// The cooldown starts with a read and not with its end, and a read survives its request.
#[tokio::test]
async fn requests_that_hang_up_neither_repeat_nor_prevent_a_read() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let resolver = JwtResolver::new(server.jwks());
    let hang_up = async |count: usize| {
        for _ in 0..count {
            let jwt = jwt(&signer);
            let call = session(&resolver, &jwt);
            let _ = tokio::time::timeout(Duration::from_millis(2), call).await;
        }
    };
    hang_up(100).await;
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_some());
    assert_eq!(server.asked(), 1);

    let resolver = JwtResolver::new(server.jwks().with_max_age(Duration::ZERO));
    assert!(session(&resolver, &jwt(&signer)).await.unwrap().is_some());
    let unknown = jwt(&Signer::es256("b"));
    for _ in 0..100 {
        let call = session(&resolver, &unknown);
        let _ = tokio::time::timeout(Duration::from_millis(2), call).await;
    }
    assert_eq!(server.asked(), 2, "the keys were read just now");
}

#[tokio::test]
async fn keys_for_encryption_verify_nothing() {
    let (signing, encrypting) = (Signer::es256("a"), Signer::es256("b"));
    let mut key = encrypting.jwk();
    key["use"] = "enc".into();
    assert!(Jwks::from_json(json!({"keys": [key]}).to_string()).is_err());
    let resolver = super::resolver(&json!({"keys": [key, signing.jwk()]}));
    assert!(session(&resolver, &jwt(&signing)).await.unwrap().is_some());
    assert!(session(&resolver, &jwt(&encrypting)).await.unwrap().is_none());
    let unnamed = encrypting.sign_as(&json!({"alg": "ES256"}), &claims(&json!({})));
    assert!(session(&resolver, &unnamed).await.unwrap().is_none());
}

/// A forged JWT that names no key costs a limited number of verifications.
#[tokio::test]
async fn few_keys_are_tried_for_a_jwt_that_names_none() {
    let signers: Vec<Signer> = (0..9).map(|_| Signer::es256("")).collect();
    let resolver = super::resolver(&json!({"keys": signers.iter().map(Signer::jwk).collect::<Vec<_>>()}));
    for (place, signer) in signers.iter().enumerate() {
        let unnamed = signer.sign_as(&json!({"alg": "ES256"}), &claims(&json!({})));
        assert_eq!(session(&resolver, &unnamed).await.unwrap().is_some(), place < 8, "key {place}");
    }
}

/// A read for another JWT finds the key withdrawn, long before the keys are old.
#[tokio::test]
async fn withdrawing_a_key_clears_the_cache() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let server = Server::start(&json!({"keys": [old.jwk(), new.jwk()]})).await;
    let resolver = JwtResolver::new(server.jwks().with_cooldown(Duration::ZERO));
    let credential = Credential::jwt(jwt(&old));
    resolver.resolve(&credential, Freshness::Cached).await.unwrap();
    assert!(resolver.cached(&credential).is_some());
    server.say(200, &new.jwks());
    assert!(session(&resolver, &jwt(&Signer::es256("unknown"))).await.unwrap().is_none());
    assert!(resolver.cached(&credential).is_none());
    assert!(session(&resolver, &jwt(&new)).await.unwrap().is_some());
}
