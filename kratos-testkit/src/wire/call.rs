//! A request, read whole.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::extract::{FromRequest, RawPathParams, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use http_body_util::{BodyExt, Limited};

/// Kratos takes no larger bodies in its flows either.
const MOST_BYTES: usize = 4 << 20;

/// Who is at the other end of the connection.
#[derive(Clone, Debug)]
pub(crate) struct Peer(pub(crate) String);

/// A request with its body and the parameters of its path.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) peer: String,
    params: HashMap<String, String>,
}

impl Call {
    /// A browser's script asking for JSON, made up for a fixture.
    pub(crate) fn browser(path: &str, cookies: &str, body: Bytes) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::ACCEPT, HeaderValue::from_static("application/json"));
        if let Ok(cookies) = HeaderValue::from_str(cookies) {
            headers.insert(http::header::COOKIE, cookies);
        }
        let uri = path.parse().unwrap_or_default();
        let peer = "127.0.0.1:0".to_owned();
        Self { method: Method::GET, uri, headers, body, peer, params: HashMap::new() }
    }

    /// A parameter of the path, empty when the route has none of that name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// The first query parameter of that name, percent-decoded.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.queries(name).into_iter().next()
    }

    pub(crate) fn queries(&self, name: &str) -> Vec<String> {
        let query = self.uri.query().unwrap_or_default();
        url::form_urlencoded::parse(query.as_bytes())
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    /// A header's text; absent when it is not UTF-8.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    /// Every cookie of that name, in the order sent. Go's reader drops quotes around a value.
    pub(crate) fn cookies(&self, name: &str) -> Vec<&str> {
        self.headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|line| std::str::from_utf8(line.as_bytes()).ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value))
            .collect()
    }

    /// Whether cookies were sent that a browser would send: those of Cloudflare do not count.
    pub(crate) fn has_browser_cookies(&self) -> bool {
        let lines = self.headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut names =
            lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split('=').next());
        names.any(|name| {
            !name.is_empty() && !["__cf", "_cf", "cf_"].iter().any(|start| name.starts_with(start))
        })
    }

    /// The Bearer token, whatever the scheme's case.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    /// Whether Kratos answers in JSON: the request is JSON, or the best accepted type is.
    pub(crate) fn wants_json(&self) -> bool {
        let is_json = self.header("content-type").is_some_and(|value| value.starts_with("application/json"));
        is_json || prefers_json(self.header("accept").unwrap_or_default())
    }
}

/// Whether JSON is what the header likes best among HTML, JSON and anything (a browser's `*/*` is HTML).
fn prefers_json(accept: &str) -> bool {
    let mut best = ("", 0.0_f32);
    for range in accept.split(',') {
        let mut parts = range.split(';');
        let kind = parts.next().unwrap_or_default().trim();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        let known = matches!(kind, "application/json" | "text/html" | "application/*" | "text/*" | "*/*");
        if known && weight > best.1 {
            best = (kind, weight);
        }
    }
    matches!(best.0, "application/json" | "application/*")
}

impl<S: Send + Sync> FromRequest<S> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let params = match RawPathParams::from_request_parts(&mut parts, state).await {
            Ok(found) => found.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            Err(_) => HashMap::new(),
        };
        let body = match Limited::new(body, MOST_BYTES).collect().await {
            Ok(body) => body.to_bytes(),
            Err(_) => return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
        };
        let peer =
            parts.extensions.get::<Peer>().map_or_else(|| "127.0.0.1:0".to_owned(), |peer| peer.0.clone());
        Ok(Self { method: parts.method, uri: parts.uri, headers: parts.headers, body, peer, params })
    }
}

#[cfg(test)]
mod tests {
    use super::prefers_json;

    #[test]
    fn json_is_what_is_asked_for_by_name() {
        for (accept, json) in [
            ("application/json", true),
            ("application/json, text/plain, */*", true),
            ("text/html,application/xhtml+xml,*/*;q=0.8", false),
            ("*/*", false),
            ("", false),
            ("text/html;q=0.5, application/json;q=0.9", true),
        ] {
            assert_eq!(prefers_json(accept), json, "{accept}");
        }
    }
}
