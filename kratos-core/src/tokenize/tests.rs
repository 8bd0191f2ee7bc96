//! What is remembered of an exchange that was forgotten while it was under way.

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

use super::{Exchanged, SessionTokenizer};
use crate::{client::Client, credential::Credential, resolve::ResolveError};

/// A Kratos whose `n`-th answer is a token that says `n`; each answer waits for a permit.
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

    fn exchange(&self) -> SessionTokenizer {
        SessionTokenizer::new(Client::new(&self.url).unwrap())
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until it was asked so often.
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

/// One answer a connection.
async fn answer(mut stream: TcpStream, asked: Arc<AtomicUsize>, gate: Arc<Semaphore>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
    gate.acquire().await.unwrap().forget();
    let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":32503680000}"#);
    let session = "9f425a8d-7efc-4768-8f23-7647a74fdf13";
    let body = format!(r#"{{"id":"{session}","active":true,"tokenized":"e30.{claims}.{number}"}}"#);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
    let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await.unwrap();
}

fn ask(exchange: &SessionTokenizer, of: &'static str) -> JoinHandle<Result<Exchanged, ResolveError>> {
    let exchange = exchange.clone();
    tokio::spawn(async move { exchange.jwt(&Credential::session_token(of), "jwt").await })
}

/// Which of Kratos' tokens came.
async fn number(asked: JoinHandle<Result<Exchanged, ResolveError>>) -> String {
    match asked.await.unwrap().unwrap() {
        Exchanged::Jwt(token) => token.expose_secret().rsplit('.').next().unwrap().to_owned(),
        Exchanged::Refused(refused) => panic!("{refused:?}"),
    }
}

#[tokio::test]
async fn a_token_is_remembered_until_it_is_forgotten() {
    let kratos = Kratos::start().await;
    kratos.gate.add_permits(2);
    let exchange = kratos.exchange();
    assert_eq!(number(ask(&exchange, "a")).await, "1");
    assert_eq!((number(ask(&exchange, "a")).await.as_str(), kratos.asked()), ("1", 1));
    exchange.forget(&Credential::session_token("a"));
    assert_eq!((number(ask(&exchange, "a")).await.as_str(), kratos.asked()), ("2", 2));
}

/// Somebody signs out while their session is being exchanged: the token that comes is nobody's afterwards.
#[tokio::test]
async fn what_was_forgotten_meanwhile_is_not_remembered() {
    let kratos = Kratos::start().await;
    let exchange = kratos.exchange();
    let first = ask(&exchange, "a");
    kratos.asked_times(1).await;
    exchange.forget(&Credential::session_token("a"));
    kratos.gate.add_permits(1);
    assert_eq!(number(first).await, "1");
    kratos.gate.add_permits(1);
    assert_eq!((number(ask(&exchange, "a")).await.as_str(), kratos.asked()), ("2", 2));
    // This one was not disturbed.
    assert_eq!((number(ask(&exchange, "a")).await.as_str(), kratos.asked()), ("2", 2));
}

/// Who comes after the sign-out does not join the question from before.
#[tokio::test]
async fn nobody_joins_an_exchange_from_before() {
    let kratos = Kratos::start().await;
    let exchange = kratos.exchange();
    let before = ask(&exchange, "a");
    kratos.asked_times(1).await;
    let joined = ask(&exchange, "a");
    tokio::task::yield_now().await;
    exchange.forget(&Credential::session_token("a"));
    let after = ask(&exchange, "a");
    kratos.asked_times(2).await;
    kratos.gate.add_permits(2);
    let (before, joined) = (number(before).await, number(joined).await);
    assert_eq!((before.as_str(), joined.as_str(), kratos.asked()), ("1", "1", 2));
    assert_eq!(number(after).await, "2");
}
