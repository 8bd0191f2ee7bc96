//! The network cost of a page, from the browser's network log.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::webdriver::Browser;

/// The maximum number of requests of a page.
const REQUESTS: usize = 3;

/// The maximum number of bytes of a page, headers included.
const BYTES: u64 = 20 * 1024;

/// Kratos' own script, whose weight is out of our control.
const NOT_OURS: &str = "/.well-known/ory/webauthn.js";

#[derive(Debug, Default)]
struct Request {
    url: String,
    loader: String,
    bytes: Option<u64>,
    policy: Option<String>,
}

/// The resources that the current page loaded.
#[derive(Debug)]
pub(crate) struct Weight {
    requests: Vec<(String, u64)>,
    policy: Option<String>,
}

/// Reads the log of the current page. The browser's cache is off, so everything was loaded.
pub(crate) async fn measure(browser: &Browser) -> Weight {
    let start = Instant::now();
    let mut log = browser.log("performance").await;
    loop {
        if let Some(weight) = weigh(&log) {
            return weight;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "requests of this page do not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
        log.extend(browser.log("performance").await);
    }
}

/// The weight of the last document in the log; `None` while a request is in progress.
fn weigh(log: &[Value]) -> Option<Weight> {
    let mut requests: BTreeMap<String, Request> = BTreeMap::new();
    let mut document = None;
    for entry in log {
        let Ok(entry) = serde_json::from_str::<Value>(entry["message"].as_str()?) else { continue };
        let (method, told) = (&entry["message"]["method"], &entry["message"]["params"]);
        let Some(id) = told["requestId"].as_str() else { continue };
        match method.as_str()? {
            "Network.requestWillBeSent" => {
                let request = requests.entry(id.to_owned()).or_default();
                told["request"]["url"].as_str()?.clone_into(&mut request.url);
                told["loaderId"].as_str()?.clone_into(&mut request.loader);
                // A redirect continues under the same id.
                request.bytes = None;
                if told["type"] == "Document" {
                    document = Some(id.to_owned());
                }
            }
            "Network.responseReceived" => {
                let request = requests.entry(id.to_owned()).or_default();
                let headers = told["response"]["headers"].as_object()?;
                let policy =
                    headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-security-policy"));
                request.policy = policy.and_then(|(_, policy)| Some(policy.as_str()?.to_owned()));
            }
            "Network.loadingFinished" => {
                let bytes = told["encodedDataLength"].as_f64()?;
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length")]
                let bytes = bytes as u64;
                requests.entry(id.to_owned()).or_default().bytes = Some(bytes);
            }
            "Network.loadingFailed" => requests.entry(id.to_owned()).or_default().bytes = Some(0),
            _ => {}
        }
    }
    let document = requests.get(&document?)?;
    let own = requests.values().filter(|request| {
        request.loader == document.loader
            && request.url.starts_with("http")
            && !request.url.contains(NOT_OURS)
    });
    let own = own.map(|request| Some((request.url.clone(), request.bytes?))).collect::<Option<_>>()?;
    Some(Weight { requests: own, policy: document.policy.clone() })
}

impl Weight {
    pub(crate) fn requests(&self) -> usize {
        self.requests.len()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.requests.iter().map(|(_, bytes)| bytes).sum()
    }

    /// Few requests, few bytes, and a policy that allows only scripts with its nonce.
    pub(crate) fn check(&self, page: &str) {
        let all = &self.requests;
        assert!(self.bytes() > 0, "{page}: nothing was loaded");
        assert!(self.requests() <= REQUESTS, "{page}: more than {REQUESTS} requests: {all:#?}");
        assert!(self.bytes() <= BYTES, "{page}: {} bytes are more than {BYTES}: {all:#?}", self.bytes());
        let policy = self.policy.as_deref().unwrap_or_else(|| panic!("{page}: no Content-Security-Policy"));
        for needed in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(needed), "{page}: no {needed} in {policy}");
        }
        for loose in ["unsafe", "*", "script-src 'self'", "script-src http"] {
            assert!(!policy.contains(loose), "{page}: {loose} in {policy}");
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} requests {:>6} bytes", self.requests(), self.bytes())
    }
}
