//! Tests of the client without a network: requests are recorded, responses are given.

mod bad_input;
mod bodies;
mod latest;
mod lists;
mod logouts;
mod names_2021;
mod perform;
mod spans;
mod submits;
mod table;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::transport::{Reply, TransportFailure};

/// Replaces the network.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    sent: Arc<Mutex<Vec<Sent>>>,
    answers: Arc<Mutex<Vec<(u16, HeaderMap, Bytes)>>>,
}

/// A request that would have been sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) url: url::Url,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Recorder {
    /// Returns these responses in turn, and then the last one forever.
    pub(super) fn new(answers: impl IntoIterator<Item = (u16, HeaderMap, &'static str)>) -> Self {
        let answers =
            answers.into_iter().map(|(status, headers, body)| (status, headers, body.into())).collect();
        Self { sent: Arc::default(), answers: Arc::new(Mutex::new(answers)) }
    }

    pub(super) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    pub(super) fn take(&self, request: &reqwest::Request) -> Result<Reply, TransportFailure> {
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        assert!(self.sent().len() < 50, "an endless list");
        self.sent.lock().unwrap().push(Sent {
            method: request.method().to_string(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            body: String::from_utf8_lossy(body).into_owned(),
        });
        let mut answers = self.answers.lock().unwrap();
        let (status, headers, body) = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        Ok(Reply { status: StatusCode::from_u16(status).unwrap(), headers, body, sent: Bytes::new() })
    }
}
