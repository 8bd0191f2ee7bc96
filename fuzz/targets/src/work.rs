//! The work that a request causes before Kratos is called.

use std::{
    future::Future,
    pin::pin,
    sync::LazyLock,
    task::{Context, Waker},
};

use http::{HeaderMap, HeaderName, HeaderValue, uri::PathAndQuery};
use kratos_core::{
    Kratos, KratosRequest,
    client::Client,
    credential::{CredentialReader, TokenFormat},
    fuzzing::steps_of,
    model::flow::LoginFlow,
    policy::Requirement,
    resolve::StaticResolver,
};

use crate::exchange::Exchange;

/// The size to which a part of the request is repeated, in bytes: as long as a URI may be.
const SIZE: usize = 60 * 1024;
/// The most steps for each byte of a request.
const MOST_PER_BYTE: usize = 64;
/// The steps that a request of any size may cost.
const FIXED: usize = 4096;

/// For any request, and with any part of it repeated: the steps of all that reads it (credentials, guards, links, a page
/// without a flow) grow no faster than its size.
pub(crate) fn work(data: &[u8]) {
    let exchange = Exchange::of(data);
    let Ok(first) = std::str::from_utf8(exchange.first) else { return };
    let (method, path) = first.split_once(' ').unwrap_or(("GET", first));
    let request = Sent { method: method.to_owned(), path: path.to_owned(), headers: exchange.headers };
    request.check("as it is");
    let (page, query) = path.split_once('?').unwrap_or((path, "a=1"));
    grow("the query", |bytes| {
        let query = vec![query; bytes / query.len().max(1) + 1].join("&");
        Sent { path: format!("{page}?{query}"), ..request.clone() }
    });
    grow("parameters of distinct names", |bytes| {
        let pairs: Vec<String> = (0..bytes / 8).map(|number| format!("{number:x}=1")).collect();
        Sent { path: format!("{page}?{}&{query}", pairs.join("&")), ..request.clone() }
    });
    grow("cookies of distinct names", |bytes| {
        let pairs: Vec<String> = (0..bytes / 24).map(|number| format!("ory_session_{number:x}=1")).collect();
        let mut headers = request.headers.clone();
        headers.append("cookie", HeaderValue::try_from(pairs.join("; ")).expect("ASCII"));
        Sent { headers, ..request.clone() }
    });
    grow("the path", |bytes| {
        let path = page.repeat(bytes / page.len().max(1) + 1);
        Sent { path, ..request.clone() }
    });
    for (name, value) in &request.headers {
        for separator in ["", "; ", ", ", "/"] {
            grow(name.as_str(), |bytes| request.with_long(name, value, separator, bytes));
        }
        grow(name.as_str(), |bytes| request.with_lines(name, value, bytes));
    }
}

/// Compares the steps of a request of [`SIZE`] with those of an eighth of it.
fn grow(what: &str, request: impl Fn(usize) -> Sent) {
    let (small, large) = (request(SIZE / 8).check(what), request(SIZE).check(what));
    if let (Some(small), Some(large)) = (small, large) {
        assert!(large <= 10 * small + FIXED, "{what}: {small} steps became {large} of eight times the size");
    }
}

#[derive(Clone)]
struct Sent {
    method: String,
    path: String,
    headers: HeaderMap,
}

impl Sent {
    /// With this header's value repeated to so many bytes.
    fn with_long(&self, name: &HeaderName, value: &HeaderValue, separator: &str, bytes: usize) -> Self {
        let times = bytes / (value.len() + separator.len()).max(1) + 1;
        let long = vec![value.as_bytes(); times].join(separator.as_bytes());
        let mut headers = self.headers.clone();
        headers.insert(name, HeaderValue::from_bytes(&long).expect("it is made of valid ones"));
        Self { headers, ..self.clone() }
    }

    /// With this header repeated in lines of so many bytes together.
    fn with_lines(&self, name: &HeaderName, value: &HeaderValue, bytes: usize) -> Self {
        let mut headers = self.headers.clone();
        for _ in 0..bytes / (value.len() + name.as_str().len()) {
            headers.append(name, value.clone());
        }
        Self { headers, ..self.clone() }
    }

    fn len(&self) -> usize {
        let lines = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len());
        self.path.len() + lines.sum::<usize>()
    }

    /// Returns the steps; `None` for a request that no HTTP server accepts.
    fn check(&self, what: &str) -> Option<usize> {
        PathAndQuery::try_from(&*self.path).ok()?;
        let steps: usize = APPS.iter().map(|kratos| steps_of(|| self.read(kratos))).sum();
        let most = MOST_PER_BYTE * self.len() + FIXED;
        assert!(steps <= most, "{what}: {steps} steps of {} bytes", self.len());
        Some(steps)
    }

    /// Does with the request what layers, guards and pages do.
    fn read(&self, kratos: &Kratos) {
        let request =
            KratosRequest::new(kratos.request(&self.headers), &self.method, &self.path, self.headers.clone());
        for requirement in [Requirement::signed_in(), Requirement::signed_out()] {
            let _ = done(request.require(&requirement));
        }
        let _ = done(request.optional_session());
        let _ = request.cookies();
        // A page with a flow asks Kratos for it.
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        if !pairs.any(|(name, value)| name == "flow" && uuid::Uuid::parse_str(&value).is_ok()) {
            let _ = done(request.flow::<LoginFlow>());
        }
        if self.method != "POST" {
            let _ = done(request.logout());
        }
    }
}

/// Applications whose sessions need no Kratos: anonymous and signed in, on several hosts and on one.
static APPS: LazyLock<Vec<Kratos>> = LazyLock::new(|| {
    let session = kratos_core::model::Session::new(uuid::Uuid::nil());
    let resolvers = [StaticResolver::anonymous(), StaticResolver::active(session)];
    let any = TokenFormat::InsecureAny;
    let reader = CredentialReader::default().with_bearer_tokens(any).with_jwt().with_jwt_cookies(["jwt"]);
    let app = |resolver| {
        let kratos = Kratos::from_resolver(resolver)
            .with_credentials(reader.clone())
            .with_client(Client::new("http://127.0.0.1:1").expect("a URL"))
            .with_app("https://app.example")
            .and_then(|kratos| kratos.with_browser_url("https://auth.example"))
            .and_then(|kratos| kratos.with_login_page("/login"))
            .and_then(|kratos| kratos.with_trusted_origin("https://spa.example"))
            .expect("URLs");
        let further = kratos.clone().with_further_app("https://other.example").expect("a URL");
        [kratos, further]
    };
    resolvers.map(std::sync::Arc::new).map(app).into_iter().flatten().collect()
});

/// Polls what never waits.
fn done<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        std::task::Poll::Ready(outcome) => Some(outcome),
        std::task::Poll::Pending => None,
    }
}
