//! How the keys are read, kept and read anew.

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

/// Serves whatever it holds, slowly enough that requests meet.
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

fn token(signer: &Signer) -> String {
    signer.sign(&claims(&json!({"jti": uuid::Uuid::new_v4().to_string()})))
}

#[tokio::test]
async fn many_first_tokens_cost_one_read() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let resolver = JwtResolver::new(server.jwks());
    let tokens: Vec<String> = (0..40).map(|_| token(&signer)).collect();
    let all = futures_util::future::join_all(tokens.iter().map(|token| session(&resolver, token))).await;
    assert!(all.iter().all(|found| found.as_ref().unwrap().is_some()));
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn without_any_key_nobody_can_tell() {
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
            (0..10).map(|_| async { session(&resolver, &token(&signer)).await }),
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
        assert_eq!(server.asked() - before, 1, "one try for all, then a pause: {status}");
        assert!(session(&resolver, "eyJ.a.b").await.unwrap().is_none(), "what is malformed needs no key");
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/keys", gone.local_addr().unwrap());
    drop(gone);
    let unreachable = JwtResolver::new(Jwks::from_url(&url).unwrap());
    assert!(session(&unreachable, &token(&signer)).await.unwrap_err().is_unavailable());
    // And it opens as soon as the keys are there.
    server.say(500, &"");
    let resolver = JwtResolver::new(server.jwks().with_cooldown(Duration::ZERO));
    assert!(session(&resolver, &token(&signer)).await.is_err());
    server.say(200, &signer.jwks());
    assert!(session(&resolver, &token(&signer)).await.unwrap().is_some());
}

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_in_a_while() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let server = Server::start(&old.jwks()).await;
    let patient = JwtResolver::new(server.jwks().with_max_age(Duration::ZERO));
    assert!(session(&patient, &token(&old)).await.unwrap().is_some());
    for _ in 0..20 {
        assert!(session(&patient, &token(&new)).await.unwrap().is_none());
        assert!(session(&patient, &token(&old)).await.unwrap().is_some());
    }
    assert_eq!(server.asked(), 1, "the keys were read just now");

    let resolver = JwtResolver::new(server.jwks().with_cooldown(Duration::ZERO));
    assert!(session(&resolver, &token(&old)).await.unwrap().is_some());
    let storm: Vec<String> = (0..20).map(|_| token(&new)).collect();
    for found in futures_util::future::join_all(storm.iter().map(|token| session(&resolver, token))).await {
        assert!(found.unwrap().is_none());
    }
    assert_eq!(server.asked(), 3, "one for the storm");
    server.say(200, &json!({"keys": [old.jwk(), new.jwk()]}));
    assert!(session(&resolver, &token(&new)).await.unwrap().is_some(), "the rotation is seen");
    assert!(session(&resolver, &token(&old)).await.unwrap().is_some());
    assert_eq!(server.asked(), 4);
    // When the keys cannot be read, nobody can tell of an unknown one; known ones go on.
    server.say(500, &"");
    assert!(session(&resolver, &token(&Signer::es256("third"))).await.unwrap_err().is_unavailable());
    assert!(session(&resolver, &token(&new)).await.unwrap().is_some());
}

#[tokio::test]
async fn old_keys_are_read_anew_and_kept_when_that_fails() {
    let signer = Signer::es256("a");
    let server = Server::start(&signer.jwks()).await;
    let jwks = server.jwks().with_max_age(Duration::ZERO).with_cooldown(Duration::ZERO);
    let resolver = JwtResolver::new(jwks);
    let signed_before = token(&signer);
    assert!(session(&resolver, &signed_before).await.unwrap().is_some());
    for (status, body) in [(500, String::new()), (200, "{}".to_owned()), (404, String::new())] {
        let before = server.asked();
        server.say(status, &body);
        let tokens: Vec<String> = (0..10).map(|_| token(&signer)).collect();
        for found in
            futures_util::future::join_all(tokens.iter().map(|token| session(&resolver, token))).await
        {
            assert!(found.unwrap().is_some(), "{status}");
        }
        assert_eq!(server.asked() - before, 1, "{status}");
    }
    // A key that was taken back is no longer trusted, nor what it signed before.
    server.say(200, &Signer::es256("b").jwks());
    assert!(session(&resolver, &signed_before).await.unwrap().is_some(), "nothing has read the keys yet");
    assert!(session(&resolver, &token(&signer)).await.unwrap().is_none());
    assert!(session(&resolver, &signed_before).await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_is_read_when_it_is_there() {
    let signer = Signer::es256("a");
    let path = std::env::temp_dir().join(format!("jwks-{}.json", uuid::Uuid::new_v4()));
    let resolver = JwtResolver::new(Jwks::from_file(&path).with_cooldown(Duration::ZERO));
    assert!(session(&resolver, &token(&signer)).await.unwrap_err().is_unavailable());
    std::fs::write(&path, signer.jwks().to_string()).unwrap();
    assert!(session(&resolver, &token(&signer)).await.unwrap().is_some());
    std::fs::remove_file(&path).unwrap();
    assert!(session(&resolver, &token(&signer)).await.unwrap().is_some(), "kept");
}

#[tokio::test]
async fn odd_keys_are_passed_over() {
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
    assert!(session(&resolver, &token(&signer)).await.unwrap().is_some());
    for wrong in
        ["", "[]", "{}", r#"{"keys": 7}"#, r#"{"keys": []}"#, r#"{"keys": [{"kty": "oct", "k": "AA"}]}"#]
    {
        assert!(Jwks::from_json(wrong).is_err(), "{wrong}");
    }
    for wrong in ["", "ftp://a/b", "/keys", "https://user@a/", "https://a/#b"] {
        assert!(Jwks::from_url(wrong).is_err(), "{wrong}");
    }
}
