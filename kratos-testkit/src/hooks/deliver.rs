//! Sends the requests of hooks, with Kratos' retries.

use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use url::Url;
use uuid::Uuid;

use super::{Calls, HookDelivery, TestHook};
use crate::clock::Clock;

/// Kratos' time-out of one attempt, by the system time.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The bytes that Kratos reads of an answer.
const MOST_BYTES: usize = 5 << 20;
const ATTEMPTS: usize = 3;

/// Sends requests from the runtime that the server runs on.
#[derive(Clone, Debug)]
pub(crate) struct Courier {
    runtime: Option<Handle>,
    clock: Clock,
    calls: Calls,
}

/// A request to a hook.
#[derive(Clone)]
pub(crate) struct Errand {
    pub(crate) hook: TestHook,
    pub(crate) event: String,
    pub(crate) body: Bytes,
    pub(crate) attempts: usize,
}

impl Errand {
    pub(crate) fn new(hook: &TestHook, event: String, body: &serde_json::Value) -> Self {
        Self { hook: hook.clone(), event, body: body.to_string().into(), attempts: ATTEMPTS }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) enum Delivered {
    Answer {
        status: u16,
        body: Bytes,
    },
    /// The last attempt timed out.
    TimedOut,
    /// No attempt had a final answer.
    GaveUp {
        url: String,
    },
}

enum Attempt {
    Answer { status: StatusCode, retry_after: Option<Duration>, body: Bytes },
    TimedOut,
    Failed,
}

impl Courier {
    pub(crate) fn new(clock: Clock, calls: Calls) -> Self {
        Self { runtime: Handle::try_current().ok(), clock, calls }
    }

    /// Sends the request and blocks this thread until its answer. Without a runtime nothing can be sent.
    pub(crate) fn send(&self, errand: Errand) -> Delivered {
        let (sender, receiver) = mpsc::channel();
        let url = errand.hook.url.clone();
        let this = self.clone();
        self.spawn(async move {
            // The receiver is gone if the server stopped.
            let _ = sender.send(this.deliver(errand).await);
        });
        receiver.recv().unwrap_or(Delivered::GaveUp { url })
    }

    /// Sends the request beside the flow.
    pub(super) fn send_beside(&self, errand: Errand) {
        let this = self.clone();
        self.spawn(async move {
            this.deliver(errand).await;
        });
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(task);
        }
    }

    async fn deliver(&self, errand: Errand) -> Delivered {
        let trigger = Uuid::new_v4();
        let mut number = 1;
        loop {
            let attempt = match tokio::time::timeout(TIMEOUT, once(&errand, trigger)).await {
                Ok(Some(attempt)) => attempt,
                Ok(None) => Attempt::Failed,
                Err(_) => Attempt::TimedOut,
            };
            let status =
                if let Attempt::Answer { status, .. } = &attempt { Some(status.as_u16()) } else { None };
            let (event, url) = (errand.event.clone(), errand.hook.url.clone());
            self.calls.note(HookDelivery {
                event,
                url: url.clone(),
                attempt: number,
                trigger_id: trigger,
                status,
            });
            let retry_after = match attempt {
                Attempt::Answer { status, body, .. } if is_final(status) => {
                    return Delivered::Answer { status: status.as_u16(), body };
                }
                Attempt::TimedOut if number >= errand.attempts => return Delivered::TimedOut,
                _ if number >= errand.attempts => return Delivered::GaveUp { url },
                Attempt::Answer { retry_after, .. } => retry_after,
                Attempt::TimedOut | Attempt::Failed => None,
            };
            // Kratos pauses for 1 s, then 2 s.
            let pause = Duration::from_secs(1 << number.min(6).saturating_sub(1));
            self.clock.sleep(retry_after.unwrap_or(pause)).await;
            number += 1;
        }
    }
}

/// What hashicorp/go-retryablehttp does not try again.
fn is_final(status: StatusCode) -> bool {
    let retried = status == StatusCode::TOO_MANY_REQUESTS
        || (status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED);
    !retried
}

/// Returns `None` if there is no answer.
async fn once(errand: &Errand, trigger: Uuid) -> Option<Attempt> {
    let url = Url::parse(&errand.hook.url).ok().filter(|url| url.scheme() == "http")?;
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(&url[url::Position::BeforePath..url::Position::AfterQuery])
        .header(header::HOST, format!("{host}:{port}"))
        .header(header::USER_AGENT, "Go-http-client/1.1")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_LENGTH, errand.body.len())
        .body(Full::new(errand.body.clone()))
        .ok()?;
    request.headers_mut().extend(errand.hook.headers.clone());
    if errand.hook.has_ids {
        for (name, id) in [("ory-webhook-request-id", Uuid::new_v4()), ("ory-webhook-trigger-id", trigger)] {
            request.headers_mut().insert(name, HeaderValue::from_str(&id.to_string()).ok()?);
        }
    }
    let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.ok()?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await.ok()?;
    let status = answer.status();
    let seconds =
        answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let body = Limited::new(answer.into_body(), MOST_BYTES).collect().await.ok()?.to_bytes();
    connection.abort();
    Some(Attempt::Answer { status, retry_after: seconds.map(Duration::from_secs), body })
}
