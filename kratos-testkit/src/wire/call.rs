//! A request with its whole body.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::extract::{FromRequest, RawPathParams, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use http_body_util::{BodyExt, Limited};

/// Kratos limits the bodies of its flows to the same size.
const MOST_BYTES: usize = 4 << 20;

/// The address of the peer.
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
    /// Returns a browser script's request for JSON, for a fixture.
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

    /// Returns a path parameter, empty if the route has none of this name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// Returns the first query parameter of this name, percent-decoded.
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

    /// Returns a header's text, if it is UTF-8.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    /// Returns every cookie of this name, in the order sent. Like Go, removes quotes around a value.
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

    /// Returns true if the request carries cookies other than Cloudflare's.
    pub(crate) fn has_browser_cookies(&self) -> bool {
        let lines = self.headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut names =
            lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split('=').next());
        names.any(|name| {
            !name.is_empty() && !["__cf", "_cf", "cf_"].iter().any(|start| name.starts_with(start))
        })
    }

    /// Returns the Bearer token; the scheme is case-insensitive.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    /// Returns true if Kratos responds in JSON: the request is JSON, or prefers JSON.
    pub(crate) fn wants_json(&self) -> bool {
        let is_json = self.header("content-type").is_some_and(|value| value.starts_with("application/json"));
        is_json || prefers_json(self.header("accept").unwrap_or_default())
    }
}

/// Returns true if the header prefers JSON to HTML (`*/*` is HTML).
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
