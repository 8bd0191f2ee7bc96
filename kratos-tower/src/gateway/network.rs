//! What a project of the Ory Network needs: it serves its own host, and the browser must not notice.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use kratos_core::{ConfigError, gateway::GatewayUpstream};
use url::Url;

const BASE_URL: HeaderName = HeaderName::from_static("ory-base-url-rewrite");
const TOKEN: HeaderName = HeaderName::from_static("ory-base-url-rewrite-token");
const NO_REDIRECT: HeaderName = HeaderName::from_static("ory-no-custom-domain-redirect");

/// The headers to send, and the URLs to replace.
pub(super) struct Network {
    base_url: HeaderValue,
    token: HeaderValue,
    project: Url,
    gateway: Url,
}

impl Network {
    pub(super) fn new(upstream: &GatewayUpstream, api_key: &str) -> Result<Self, ConfigError> {
        let gateway = upstream.gateway_url().ok_or_else(|| {
            ConfigError::new(
                "a gateway to the Ory Network needs Kratos::with_app, and the gateway's own URL in \
                 Kratos::with_browser_url",
            )
        })?;
        let text = gateway.as_str().trim_end_matches('/');
        let base_url = HeaderValue::from_str(text)
            .map_err(|_| ConfigError::new("the gateway's URL cannot be part of a header"))?;
        let mut token = HeaderValue::from_str(api_key).map_err(|_| {
            ConfigError::new(
                "the API key (Gateway::with_ory_network) holds bytes that cannot be part of a header",
            )
        })?;
        token.set_sensitive(true);
        Ok(Self { base_url, token, project: upstream.url(), gateway })
    }

    pub(super) fn introduce(&self, headers: &mut HeaderMap) {
        headers.insert(BASE_URL, self.base_url.clone());
        headers.insert(TOKEN, self.token.clone());
        headers.insert(NO_REDIRECT, HeaderValue::from_static("true"));
    }

    /// Makes the project's cookies cookies of the application's host, and its redirects to itself redirects to the gateway.
    pub(super) fn rewrite(&self, headers: &mut HeaderMap) {
        for line in headers.iter_mut().filter(|(name, _)| **name == header::SET_COOKIE).map(|(_, line)| line)
        {
            if let Ok(mut rewritten) = HeaderValue::from_bytes(&without_domain(line.as_bytes())) {
                rewritten.set_sensitive(true);
                *line = rewritten;
            }
        }
        if let Some(to) = headers.get_mut(header::LOCATION)
            && let Some(rewritten) = to.to_str().ok().and_then(|to| self.location(to))
            && let Ok(rewritten) = HeaderValue::from_str(rewritten.as_str())
        {
            *to = rewritten;
        }
    }

    /// The gateway's URL for one of the project; `None` for any other.
    fn location(&self, to: &str) -> Option<Url> {
        let to = Url::parse(to).ok()?;
        if to.scheme() != self.project.scheme() || to.origin() != self.project.origin() {
            return None;
        }
        let below = to.path().strip_prefix(self.project.path().trim_end_matches('/'))?;
        let mut url = self.gateway.clone();
        url.set_path(&format!("{}{below}", self.gateway.path().trim_end_matches('/')));
        url.set_query(to.query());
        url.set_fragment(to.fragment());
        Some(url)
    }
}

/// A `Set-Cookie` line without its `Domain`: the browser then keeps the cookie for the host that it asked.
fn without_domain(line: &[u8]) -> Vec<u8> {
    let is_domain = |part: &[u8]| {
        let name = part.split(|byte| *byte == b'=').next().unwrap_or_default();
        name.trim_ascii().eq_ignore_ascii_case(b"domain")
    };
    let mut parts = line.split(|byte| *byte == b';');
    // The first part is the cookie itself, whatever its name.
    let cookie = parts.next().unwrap_or_default();
    let kept = parts.filter(|part| !is_domain(part));
    std::iter::once(cookie).chain(kept).collect::<Vec<_>>().join(&b';')
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use kratos_core::Kratos;

    use super::*;

    fn network() -> Network {
        let kratos = Kratos::new("https://slug.projects.oryapis.com")
            .and_then(|kratos| kratos.with_app("https://example.org"))
            .and_then(|kratos| kratos.with_browser_url("https://example.org/.ory/kratos"))
            .unwrap();
        Network::new(&GatewayUpstream::new(&kratos).unwrap(), "ory_pat_x").unwrap()
    }

    #[test]
    fn cookies_lose_their_domain_alone() {
        for (line, rewritten) in [
            ("a=b; Path=/; Domain=slug.projects.oryapis.com; HttpOnly", "a=b; Path=/; HttpOnly"),
            ("a=b;domain=x", "a=b"),
            ("a=b; DOMAIN = x ; Max-Age=1", "a=b; Max-Age=1"),
            ("domain=b; Path=/", "domain=b; Path=/"),
            ("a=domain=c; Secure", "a=domain=c; Secure"),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8(without_domain(line.as_bytes())).unwrap(), rewritten);
        }
        let mut headers = HeaderMap::new();
        for line in ["a=1; Domain=x; Path=/", "b=2; Domain=x"] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
        }
        network().rewrite(&mut headers);
        let lines: Vec<_> = headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(lines, ["a=1; Path=/", "b=2"], "two stay two");
    }

    #[test]
    fn only_redirects_to_the_project_lead_to_the_gateway() {
        for (to, rewritten) in [
            (
                "https://slug.projects.oryapis.com/self-service/login/browser?a=%2F#f",
                Some("https://example.org/.ory/kratos/self-service/login/browser?a=%2F#f"),
            ),
            ("https://slug.projects.oryapis.com", Some("https://example.org/.ory/kratos/")),
            ("https://slug.projects.oryapis.com.evil.example/x", None),
            ("http://slug.projects.oryapis.com/x", None),
            ("https://accounts.example/x?u=https://slug.projects.oryapis.com", None),
            ("/relative", None),
        ] {
            assert_eq!(network().location(to).as_ref().map(Url::as_str), rewritten, "{to}");
        }
    }

    #[test]
    fn the_key_is_not_shown_and_the_url_is_needed() {
        let mut headers = HeaderMap::new();
        network().introduce(&mut headers);
        assert_eq!(headers.get(BASE_URL).unwrap(), "https://example.org/.ory/kratos");
        assert!(!format!("{headers:?} {:?}", network()).contains("ory_pat_x"));
        let bare = Kratos::new("https://slug.projects.oryapis.com").unwrap();
        let error = Network::new(&GatewayUpstream::new(&bare).unwrap(), "k").unwrap_err();
        assert!(error.to_string().contains("with_browser_url"), "{error}");
    }
}
