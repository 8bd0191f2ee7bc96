//! Faults on demand: what a network or an ill server does to a caller.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body::Frame;

/// What goes wrong with the answers of a route, from now until [`crate::TestKratos::clear_faults`] or the number
/// of [`Fault::times`] is used up.
#[derive(Clone, Debug)]
#[must_use = "hand it to `Kratos::inject`"]
pub struct Fault {
    effect: Effect,
    left: Option<usize>,
}

#[derive(Clone, Debug)]
enum Effect {
    Delay(Duration),
    Hang,
    Drop,
    Status(StatusCode),
    RateLimited(Duration),
    Truncated,
    BrokenJson,
    /// Made once, whoever gets it: a crowd before a large answer is not to cost its own size in memory.
    Huge(Bytes),
    Html,
    Redirect(String),
}

impl Fault {
    /// The true answer, this much later (by the machine's clock, not the server's).
    pub fn delay(by: Duration) -> Self {
        Effect::Delay(by).into()
    }

    /// No answer; the connection stays open.
    pub fn hang() -> Self {
        Effect::Hang.into()
    }

    /// The connection is closed without an answer.
    pub fn drop_connection() -> Self {
        Effect::Drop.into()
    }

    /// An error in Kratos' shape with this status. A number that is no HTTP status means 500.
    pub fn status(code: u16) -> Self {
        Effect::Status(StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)).into()
    }

    /// 429 with `Retry-After` in whole seconds.
    pub fn rate_limited(retry_after: Duration) -> Self {
        Effect::RateLimited(retry_after).into()
    }

    /// 200 whose body ends, with the connection, before the announced length.
    pub fn truncated() -> Self {
        Effect::Truncated.into()
    }

    /// 200 with a whole body that is not JSON, though it says so.
    pub fn broken_json() -> Self {
        Effect::BrokenJson.into()
    }

    /// 200 with a JSON string of this many bytes.
    pub fn huge(bytes: usize) -> Self {
        let mut text = vec![b'x'; bytes.max(2)];
        if let [first, .., last] = text.as_mut_slice() {
            (*first, *last) = (b'"', b'"');
        }
        Effect::Huge(text.into()).into()
    }

    /// 200 with a page, as a proxy's login wall would send it.
    pub fn html() -> Self {
        Effect::Html.into()
    }

    /// 302 to an address.
    pub fn redirect(to: impl Into<String>) -> Self {
        Effect::Redirect(to.into()).into()
    }

    /// Ends the fault after `n` requests.
    pub fn times(mut self, n: usize) -> Self {
        self.left = Some(n);
        self
    }
}

impl From<Effect> for Fault {
    fn from(effect: Effect) -> Self {
        Self { effect, left: None }
    }
}

/// The faults in force.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Arc<Mutex<Vec<(String, Fault)>>>);

/// What a fault leaves to do.
pub(crate) enum Verdict {
    /// Answer truly.
    Serve,
    Instead(Response<Body>),
    /// Close the connection.
    Drop,
}

impl Faults {
    /// `path` is a whole path, or a beginning followed by `*`. A later fault replaces an earlier one.
    pub(crate) fn inject(&self, path: &str, fault: Fault) {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|(known, _)| known != path);
        faults.push((path.to_owned(), fault));
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) async fn judge(&self, path: &str) -> Verdict {
        let Some(effect) = self.take(path) else { return Verdict::Serve };
        Verdict::Instead(match effect {
            Effect::Delay(by) => {
                tokio::time::sleep(by).await;
                return Verdict::Serve;
            }
            Effect::Hang => std::future::pending().await,
            Effect::Drop => return Verdict::Drop,
            Effect::Status(code) => failed(code),
            Effect::RateLimited(after) => {
                let mut response = failed(StatusCode::TOO_MANY_REQUESTS);
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(after.as_secs()));
                response
            }
            Effect::Truncated => truncated(),
            Effect::BrokenJson => answer("application/json; charset=utf-8", "{\"id\": \"9f42".into()),
            Effect::Huge(text) => answer("application/json; charset=utf-8", text),
            Effect::Html => {
                answer("text/html; charset=utf-8", "<!doctype html><title>Sign in</title>".into())
            }
            Effect::Redirect(to) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::FOUND;
                if let Ok(to) = HeaderValue::from_str(&to) {
                    response.headers_mut().insert(header::LOCATION, to);
                }
                response
            }
        })
    }

    fn take(&self, path: &str) -> Option<Effect> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let matches = |pattern: &str| {
            pattern.strip_suffix('*').map_or(pattern == path, |start| path.starts_with(start))
        };
        let (_, fault) =
            faults.iter_mut().find(|(pattern, fault)| matches(pattern) && fault.left != Some(0))?;
        fault.left = fault.left.map(|left| left - 1);
        Some(fault.effect.clone())
    }
}

fn answer(kind: &'static str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn failed(code: StatusCode) -> Response<Body> {
    let problem = crate::wire::Problem::new(code.as_u16(), "This failure was asked for by the test.");
    let mut response = crate::wire::Reply::problem(&problem).into_response();
    *response.status_mut() = code;
    response
}

/// Announces a hundred bytes, sends ten, and breaks.
fn truncated() -> Response<Body> {
    let mut response = answer("application/json; charset=utf-8", Bytes::new());
    *response.body_mut() = Body::new(Breaking { polled: 0 });
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("100"));
    response
}

/// A body that breaks after its first bytes had time to leave.
struct Breaking {
    polled: u8,
}

impl http_body::Body for Breaking {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.polled = self.polled.saturating_add(1);
        match self.polled {
            1 => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"{\"id\": \"9f"))))),
            2..=4 => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            _ => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
        }
    }
}
