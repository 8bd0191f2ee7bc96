//! A request with its whole body.

use std::{collections::HashMap, net::IpAddr};

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

    /// The client's address as a proxy names it (Kratos 26.2.0, oryx/httpx/client_info.go).
    fn named_client(&self) -> Option<String> {
        let own = ["true-client-ip", "cf-connecting-ip", "x-real-ip"];
        let named = own.iter().filter_map(|name| self.header(name)).find(|address| !address.is_empty());
        if let Some(address) = named {
            return Some(address.to_owned());
        }
        let is_private = |address: &str| match address.parse() {
            Ok(IpAddr::V4(address)) => address.is_private(),
            Ok(IpAddr::V6(address)) => address.is_unique_local(),
            Err(_) => false,
        };
        let addresses = self.header("x-forwarded-for").filter(|addresses| !addresses.is_empty())?;
        let public = addresses.rsplit(',').map(str::trim).find(|address| !is_private(address));
        Some(public.unwrap_or_default().to_owned())
    }

    /// The URL that was requested of a server at `base`, as a proxy names its origin (Kratos 26.2.0, x/http.go). The path at which
    /// the proxy serves Kratos is not in it.
    pub(crate) fn requested_url(&self, base: &str) -> String {
        match self.header("x-forwarded-host").filter(|host| !host.is_empty()) {
            Some(host) => {
                format!("{}://{host}{}", self.header("x-forwarded-proto").unwrap_or("http"), self.uri)
            }
            None => format!("{base}{}", self.uri),
        }
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
        let mut call =
            Self { method: parts.method, uri: parts.uri, headers: parts.headers, body, peer, params };
        if let Some(client) = call.named_client() {
            call.peer = client;
        }
        Ok(call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Kratos 26.2.0, oryx/httpx/client_info.go and x/http.go.
    #[test]
    fn what_a_proxy_names_is_believed() {
        let call = |headers: &[(&'static str, &'static str)]| {
            let mut call = Call::browser("/sessions/whoami?a=b", "", Bytes::new());
            for (name, value) in headers {
                call.headers.append(*name, HeaderValue::from_static(value));
            }
            call
        };
        for (headers, client) in [
            (&[][..], None),
            (&[("x-real-ip", "10.0.0.7"), ("x-forwarded-for", "203.0.113.9")], Some("10.0.0.7")),
            (
                &[("x-real-ip", ""), ("x-forwarded-for", "203.0.113.9, 10.0.0.1, fd00::1")],
                Some("203.0.113.9"),
            ),
            (&[("x-forwarded-for", "10.0.0.1")], Some("")),
            (&[("x-real-ip", "a"), ("cf-connecting-ip", "b"), ("true-client-ip", "c")], Some("c")),
        ] {
            assert_eq!(call(headers).named_client().as_deref(), client, "{headers:?}");
        }
        let base = "http://localhost:4433/.ory/kratos";
        assert_eq!(call(&[]).requested_url(base), format!("{base}/sessions/whoami?a=b"));
        let proxied = call(&[("x-forwarded-host", "example.org"), ("x-forwarded-proto", "https")]);
        assert_eq!(proxied.requested_url(base), "https://example.org/sessions/whoami?a=b");
    }
}
