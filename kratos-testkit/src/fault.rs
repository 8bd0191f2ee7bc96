//! Injected faults of the network and the server.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body::Frame;

/// A fault of a route's responses, injected by [`TestKratos::inject`](crate::TestKratos::inject).
///
/// It lasts until [`TestKratos::clear_faults`](crate::TestKratos::clear_faults), or for the number of requests
/// given by [`Fault::times`].
#[derive(Clone, Debug)]
#[must_use = "pass it to `TestKratos::inject`"]
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
    /// Shared by all responses: concurrent requests do not multiply its memory.
    Huge(Bytes),
    Html,
    Redirect(String),
}

impl Fault {
    /// Delays the normal response, by the system time rather than the server's clock.
    pub fn delay(by: Duration) -> Self {
        Effect::Delay(by).into()
    }

    /// Never responds; the connection stays open.
    pub fn hang() -> Self {
        Effect::Hang.into()
    }

    /// Closes the connection without a response.
    pub fn drop_connection() -> Self {
        Effect::Drop.into()
    }

    /// Responds with an error in Kratos' JSON shape and this status. An invalid status means 500.
    pub fn status(code: u16) -> Self {
        Effect::Status(StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)).into()
    }

    /// Responds 429 with `Retry-After` in whole seconds.
    pub fn rate_limited(retry_after: Duration) -> Self {
        Effect::RateLimited(retry_after).into()
    }

    /// Responds 200 with a body that ends, as does the connection, before its announced length.
    pub fn truncated() -> Self {
        Effect::Truncated.into()
    }

    /// Responds 200 with a complete body that is not JSON, with the JSON content type.
    pub fn broken_json() -> Self {
        Effect::BrokenJson.into()
    }

    /// Responds 200 with a JSON string of this many bytes.
    pub fn huge(bytes: usize) -> Self {
        let mut text = vec![b'x'; bytes.max(2)];
        if let [first, .., last] = text.as_mut_slice() {
            (*first, *last) = (b'"', b'"');
        }
        Effect::Huge(text.into()).into()
    }

    /// Responds 200 with an HTML page, such as a proxy's login page.
    pub fn html() -> Self {
        Effect::Html.into()
    }

    /// Responds 302 with this `Location`.
    pub fn redirect(to: impl Into<String>) -> Self {
        Effect::Redirect(to.into()).into()
    }

    /// Limits the fault to `n` requests.
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

/// The active faults.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Arc<Mutex<Vec<(String, Fault)>>>);

/// The effect of the faults on one request.
pub(crate) enum Verdict {
    /// Respond normally.
    Serve,
    Instead(Response<Body>),
    /// Close the connection.
    Drop,
}

impl Faults {
    /// `path` is a whole path, or a prefix followed by `*`. A later fault replaces an earlier one.
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
    let problem = crate::wire::Problem::new(code.as_u16(), "The test injected this fault.");
    let mut response = crate::wire::Reply::problem(&problem).into_response();
    *response.status_mut() = code;
    response
}

/// Announces a hundred bytes, sends ten and fails.
fn truncated() -> Response<Body> {
    let mut response = answer("application/json; charset=utf-8", Bytes::new());
    *response.body_mut() = Body::new(Breaking { polled: 0 });
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("100"));
    response
}

/// A body that fails after its first bytes were sent.
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
