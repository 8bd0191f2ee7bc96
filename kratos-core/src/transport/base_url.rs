//! The base URL of Kratos or of the application.

use url::Url;

use super::ConfigError;
use crate::work;

/// An absolute `http` or `https` URL that paths are appended to. Its own path is kept as a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Parses a configured URL. `what` names it in the error.
    pub(crate) fn parse(url: &str, what: &str) -> Result<Self, ConfigError> {
        let wrong = |why: &str| {
            ConfigError::new(format!("{what} {why}: expected a URL such as http://127.0.0.1:4433"))
        };
        let parsed =
            Url::parse(url.trim()).map_err(|error| wrong(&format!("is not an absolute URL ({error})")))?;
        if !matches!(parsed.scheme(), "http" | "https") || !parsed.has_host() {
            return Err(wrong("is not an http or https URL"));
        }
        if parsed.query().is_some() || parsed.fragment().is_some() {
            return Err(wrong("has a query or a fragment"));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(wrong("has a user name or password"));
        }
        Ok(Self(parsed))
    }

    /// Parses the configured URL of a page, which may have a query and a fragment.
    pub(crate) fn parse_page(url: &str, what: &str) -> Result<Url, ConfigError> {
        let parsed = Url::parse(url.trim()).ok();
        let bare = parsed.clone().map(|mut bare| {
            bare.set_query(None);
            bare.set_fragment(None);
            bare
        });
        Self::parse(bare.as_ref().map_or(url, Url::as_str), what)?;
        parsed.ok_or_else(|| ConfigError::new(format!("{what} is neither a path nor an absolute URL")))
    }

    /// Returns this URL with `path_and_query` appended. For any such text the result stays on this origin.
    pub(crate) fn join(&self, path_and_query: &str) -> Url {
        work::add(path_and_query.len());
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path_and_query, None),
        };
        let mut url = self.0.clone();
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        url.set_path(&format!("{}{slash}{path}", self.0.path().trim_end_matches('/')));
        url.set_query(query);
        url
    }

    /// Returns whether `url` has the same scheme, host and port.
    ///
    /// Compares the scheme separately: the origin of a `blob:` URL is that of the URL inside it, and it must not pass
    /// as a redirect target.
    pub(crate) fn is_same_origin(&self, url: &Url) -> bool {
        self.0.scheme() == url.scheme() && self.0.origin() == url.origin()
    }

    /// Returns whether a `Host` header names this URL's host and port.
    pub(crate) fn has_host(&self, host: &str) -> bool {
        let Some(name) = self.0.host_str() else { return false };
        let (given, port) = match host.rsplit_once(':') {
            Some((given, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => {
                (given, port.parse().ok())
            }
            _ => (host, None),
        };
        given.eq_ignore_ascii_case(name)
            && port.or_else(|| default_port(&self.0)) == self.0.port_or_known_default()
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// The URL's text.
    #[cfg(feature = "gateway")]
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

fn default_port(url: &Url) -> Option<u16> {
    match url.scheme() {
        "https" => Some(443),
        _ => Some(80),
    }
}
