//! The requests received.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, Method};

use crate::exchange::Port;

/// A request that the server received, including those of a fault. Debug omits the values of headers: they hold
/// credentials.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// The port.
    pub port: Port,
    /// The method.
    pub method: Method,
    /// The path without its query.
    pub path: String,
    /// The raw query, without the question mark.
    pub query: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
}

impl Received {
    /// Returns the text of the first header of this name, if it is UTF-8.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Received")
            .field("port", &self.port)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// The requests so far, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal(Arc<Mutex<Vec<Received>>>);

impl Journal {
    pub(crate) fn note<B>(&self, port: Port, request: &http::Request<B>) {
        let received = Received {
            port,
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().map(str::to_owned),
            headers: request.headers().clone(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(received);
    }

    pub(crate) fn all(&self) -> Vec<Received> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
