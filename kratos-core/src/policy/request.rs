//! The view of a request that the policy reads.

use std::{borrow::Cow, fmt};

use url::Url;

use crate::{
    credential::{HeaderLookup, cookie},
    links::{ReturnTo, foreign},
    work,
};

/// The parameters of a query that are read: Kratos' own flows have at most a dozen, and a caller must not make a request
/// expensive by sending thousands.
const MOST_PARAMETERS: usize = 64;
/// The longest query that is read, in bytes: as long as a URI of `http` may be.
const LONGEST_QUERY: usize = 64 * 1024;

/// The longest header value that is read as a URL or a word.
pub(super) const LONGEST_VALUE: usize = 8 * 1024;
/// The lines of one header that are read.
pub(super) const MOST_LINES: usize = 8;

/// The reader of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Audience {
    /// A browser that navigates by GET: it follows a redirect, and shows an HTML page where there is none.
    Page,
    /// A browser that navigates by posting a form. It is not redirected, since its data would be lost; it gets an HTML
    /// page with a link.
    Form,
    /// htmx, which requests a part of a page. It follows the header `HX-Redirect` instead of a redirect.
    Htmx,
    /// A script of a page, a native app or another service.
    Program,
}

/// A borrowed view of a request: method, path and headers. `Debug` shows the method and the path alone.
pub struct RequestView<'a, H> {
    method: &'a str,
    path_and_query: &'a str,
    authority: Option<&'a str>,
    headers: &'a H,
}

impl<H> fmt::Debug for RequestView<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path_and_query.split('?').next().unwrap_or_default();
        f.debug_struct("RequestView")
            .field("method", &self.method)
            .field("path", &path)
            .finish_non_exhaustive()
    }
}

impl<'a, H: HeaderLookup> RequestView<'a, H> {
    /// Views a request. `path_and_query` is what the browser requested: with every prefix that a nested router removed,
    /// and without scheme and host.
    pub fn new(method: &'a str, path_and_query: &'a str, headers: &'a H) -> Self {
        Self { method, path_and_query, authority: None, headers }
    }

    /// Sets the authority of the request's URI: HTTP/2 sends it in place of `Host`. It selects among the URLs of
    /// [`Kratos::with_further_app`](crate::Kratos::with_further_app). Default: none.
    #[must_use]
    pub fn with_authority(self, authority: Option<&'a str>) -> Self {
        Self { authority, ..self }
    }

    /// The reader of the response. A browser navigates when it sends `Sec-Fetch-Mode: navigate` or, where it does not
    /// send that header, HTML in `Accept`. A preflight (OPTIONS) is never a navigation.
    pub fn audience(&self) -> Audience {
        if self.text("hx-request") == Some("true") {
            return Audience::Htmx;
        }
        let navigates = match self.text("sec-fetch-mode") {
            Some(mode) => mode == "navigate",
            None => {
                let lines = self.headers.values("accept").take(MOST_LINES);
                lines.filter(|line| line.len() <= LONGEST_VALUE).any(accepts_html)
            }
        };
        match self.method {
            "GET" | "HEAD" if navigates => Audience::Page,
            "POST" if navigates => Audience::Form,
            _ => Audience::Program,
        }
    }

    /// Whether a browser sends this ahead of a click: such a request never counts as a visit.
    pub(crate) fn is_prefetch(&self) -> bool {
        let prefetches = |name| self.text(name).is_some_and(|purpose| purpose.contains("prefetch"));
        prefetches("sec-purpose") || prefetches("purpose")
    }

    /// The page to return to: this one, or the one that a script's or a form's request came from. `None` when that page
    /// is not known to be the application's; never the URL of a POST.
    pub(super) fn page(&self, is_ours: impl Fn(&Url) -> bool) -> Option<ReturnTo<'a>> {
        if self.audience() == Audience::Page {
            return Some(ReturnTo::This(self.path_and_query));
        }
        let from = self.text("hx-current-url").or_else(|| self.text("referer"))?;
        let from = foreign::parse(from).filter(is_ours)?;
        let bare = from.username().is_empty() && from.password().is_none();
        bare.then_some(ReturnTo::From(from))
    }

    /// The method.
    pub(crate) fn method(&self) -> &'a str {
        self.method
    }

    /// The host and port that the caller names: `Host`, or the URI's authority where HTTP/2 has no `Host`.
    pub(crate) fn host(&self) -> Option<&'a str> {
        let authority = self.authority.filter(|authority| authority.len() <= LONGEST_VALUE);
        if self.headers.has("host") { self.text("host") } else { authority }
    }

    /// The headers.
    pub(crate) fn headers(&self) -> &'a H {
        self.headers
    }

    /// The path and query.
    pub(crate) fn path_and_query(&self) -> &'a str {
        self.path_and_query
    }

    /// The path without its query.
    pub(crate) fn path(&self) -> &'a str {
        self.path_and_query.split_once('?').map_or(self.path_and_query, |(path, _)| path)
    }

    /// The first value of a header, unless it is longer than [`LONGEST_VALUE`].
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        let value = self.headers.values(name).next().filter(|value| value.len() <= LONGEST_VALUE)?;
        work::add(value.len());
        std::str::from_utf8(value).ok()
    }

    /// The query's parameters, up to [`MOST_PARAMETERS`]; none if it is longer than [`LONGEST_QUERY`].
    pub(crate) fn query_pairs(&self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + use<'a, H> {
        let query = self.path_and_query.split_once('?').map_or("", |(_, query)| query);
        let query = if query.len() <= LONGEST_QUERY { query } else { "" };
        let pairs = url::form_urlencoded::parse(query.as_bytes()).take(MOST_PARAMETERS);
        pairs.inspect(|(name, value)| [name, value].iter().for_each(|text| work::add(text.len())))
    }

    /// The value of a query parameter; empty counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.query_pairs()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    }

    /// The value of a cookie, if it is text.
    pub(crate) fn cookie(&self, name: &str) -> Option<&'a str> {
        let (_, value) = cookie::pairs(self.headers).find(|(known, _)| *known == name.as_bytes())?;
        std::str::from_utf8(value).ok()
    }
}

fn accepts_html(accept: &[u8]) -> bool {
    work::add(accept.len());
    accept.split(|byte| *byte == b',').any(|range| {
        let mut parts = range.split(|byte| *byte == b';');
        let media = parts.next().unwrap_or_default().trim_ascii();
        let html =
            media.eq_ignore_ascii_case(b"text/html") || media.eq_ignore_ascii_case(b"application/xhtml+xml");
        html && !parts
            .any(|parameter| matches!(parameter.trim_ascii(), b"q=0" | b"q=0.0" | b"q=0.00" | b"q=0.000"))
    })
}

#[cfg(test)]
mod tests;
