//! Caching of JWTs, also of those that are forgotten while a call is under way.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinHandle,
};

use super::{SessionTokenizer, Tokenized};
use crate::{client::Client, credential::Credential, resolve::ResolveError};

/// A Kratos whose `n`-th answer is a JWT that says `n`. Each answer waits for a permit. The session is the one that the
/// credential names, and `anonymous` has none.
struct Kratos {
    url: String,
    asked: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
    task: JoinHandle<()>,
}

impl Kratos {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, gate) = (Arc::<AtomicUsize>::default(), Arc::new(Semaphore::new(0)));
        let (counter, permits) = (Arc::clone(&asked), Arc::clone(&gate));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer(stream, Arc::clone(&counter), Arc::clone(&permits)));
            }
        });
        Self { url, asked, gate, task }
    }

    fn tokenizer(&self) -> SessionTokenizer {
        SessionTokenizer::new(Client::new(&self.url).unwrap())
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until so many calls arrived.
    async fn asked_times(&self, times: usize) {
        while self.asked() < times {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Kratos {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers once on each connection.
async fn answer(mut stream: TcpStream, asked: Arc<AtomicUsize>, gate: Arc<Semaphore>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
    gate.acquire().await.unwrap().forget();
    let head = String::from_utf8(head).unwrap();
    let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":32503680000}"#);
    let session = if head.contains("another session") { 2 } else { 1 };
    let id = format!("00000000-0000-0000-0000-00000000000{session}");
    let (status, body) = if head.contains("anonymous") {
        let error = r#"{"error":{"code":401,"status":"Unauthorized","reason":"No active session was found in this request.","message":"The request could not be authorized"}}"#;
        ("401 Unauthorized", error.to_owned())
    } else {
        ("200 OK", format!(r#"{{"id":"{id}","active":true,"tokenized":"e30.{claims}.{number}"}}"#))
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close");
    let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await.unwrap();
}

fn ask(tokenizer: &SessionTokenizer, of: &'static str) -> JoinHandle<Result<Tokenized, ResolveError>> {
    let tokenizer = tokenizer.clone();
    tokio::spawn(async move { tokenizer.jwt(&Credential::session_token(of), "jwt").await })
}

/// The number that the JWT says.
async fn number(call: JoinHandle<Result<Tokenized, ResolveError>>) -> String {
    number_of(call.await.unwrap())
}

fn number_of(outcome: Result<Tokenized, ResolveError>) -> String {
    match outcome.unwrap() {
        Tokenized::Jwt(jwt) => jwt.expose_secret().rsplit('.').next().unwrap().to_owned(),
        Tokenized::Refused(refused) => panic!("{refused:?}"),
    }
}

#[tokio::test]
async fn a_jwt_is_cached_until_it_is_forgotten() {
    let kratos = Kratos::start().await;
    kratos.gate.add_permits(2);
    let tokenizer = kratos.tokenizer();
    assert_eq!(number(ask(&tokenizer, "a")).await, "1");
    assert_eq!((number(ask(&tokenizer, "a")).await.as_str(), kratos.asked()), ("1", 1));
    tokenizer.forget(&Credential::session_token("a"));
    assert_eq!((number(ask(&tokenizer, "a")).await.as_str(), kratos.asked()), ("2", 2));
}

/// A JWT by another template has other claims: it must not be returned in place of this one.
#[tokio::test]
async fn each_template_has_a_jwt_of_its_own() {
    let kratos = Kratos::start().await;
    kratos.gate.add_permits(9);
    let tokenizer = kratos.tokenizer();
    let by = async |template| number_of(tokenizer.jwt(&Credential::session_token("a"), template).await);
    assert_eq!([by("one").await, by("two").await, by("one").await, by("two").await], ["1", "2", "1", "2"]);
    // Also of calls under way at the same time.
    tokenizer.forget(&Credential::session_token("a"));
    let (one, two, again) = tokio::join!(by("one"), by("two"), by("one"));
    assert!(one == again && one != two, "{one}, {two}, {again}");
    assert_eq!(kratos.asked(), 4);
}

#[tokio::test]
async fn forgetting_drops_every_jwt_of_the_session_and_no_other() {
    type Forget = fn(&SessionTokenizer);
    let forget: [Forget; 2] = [
        |tokenizer| tokenizer.forget(&Credential::session_token("a")),
        |tokenizer| tokenizer.forget_session(uuid::Uuid::from_u128(1)),
    ];
    for forget in forget {
        let kratos = Kratos::start().await;
        kratos.gate.add_permits(99);
        let tokenizer = kratos.tokenizer();
        let all = async || {
            let mut numbers = Vec::new();
            for of in ["a", "also a's session", "another session"] {
                for template in ["one", "two"] {
                    let outcome = tokenizer.jwt(&Credential::session_token(of), template).await;
                    numbers.push(number_of(outcome));
                }
            }
            numbers
        };
        assert_eq!(all().await, ["1", "2", "3", "4", "5", "6"]);
        for number in 0..1000 {
            tokenizer.forget(&Credential::session_token(format!("made up {number}")));
        }
        assert_eq!(all().await, ["1", "2", "3", "4", "5", "6"]);
        forget(&tokenizer);
        assert_eq!(all().await, ["7", "8", "9", "10", "5", "6"]);
    }
}

/// The user signs out while the session is being tokenized.
#[tokio::test]
async fn a_jwt_forgotten_while_its_call_is_under_way_is_not_cached() {
    type Forget = fn(&SessionTokenizer);
    let forget: [Forget; 2] = [
        |tokenizer| tokenizer.forget(&Credential::session_token("a")),
        |tokenizer| tokenizer.forget_session(uuid::Uuid::from_u128(1)),
    ];
    for forget in forget {
        let kratos = Kratos::start().await;
        let tokenizer = kratos.tokenizer();
        let first = ask(&tokenizer, "a");
        kratos.asked_times(1).await;
        forget(&tokenizer);
        kratos.gate.add_permits(1);
        assert_eq!(number(first).await, "1");
        kratos.gate.add_permits(1);
        assert_eq!((number(ask(&tokenizer, "a")).await.as_str(), kratos.asked()), ("2", 2));
        // This one was not disturbed.
        assert_eq!((number(ask(&tokenizer, "a")).await.as_str(), kratos.asked()), ("2", 2));
    }
}

/// A request after the logout does not join a call from before it.
#[tokio::test]
async fn a_request_after_the_logout_makes_a_call_of_its_own() {
    let kratos = Kratos::start().await;
    let tokenizer = kratos.tokenizer();
    let before = ask(&tokenizer, "a");
    kratos.asked_times(1).await;
    let joined = ask(&tokenizer, "a");
    tokio::task::yield_now().await;
    tokenizer.forget(&Credential::session_token("a"));
    let after = ask(&tokenizer, "a");
    kratos.asked_times(2).await;
    kratos.gate.add_permits(2);
    let (before, joined) = (number(before).await, number(joined).await);
    assert_eq!((before.as_str(), joined.as_str(), kratos.asked()), ("1", "1", 2));
    assert_eq!(number(after).await, "2");
}

#[tokio::test]
async fn a_refusal_is_not_cached() {
    let kratos = Kratos::start().await;
    kratos.gate.add_permits(9);
    let tokenizer = kratos.tokenizer();
    for calls in 1..=2 {
        let refused = ask(&tokenizer, "anonymous").await.unwrap().unwrap();
        assert!(matches!(refused, Tokenized::Refused(crate::resolve::Resolution::Anonymous)), "{refused:?}");
        assert_eq!(kratos.asked(), calls);
    }
}
