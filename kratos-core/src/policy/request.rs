//! What the decision needs to know of a request.

use url::Url;

use crate::credential::HeaderLookup;

/// A look at a request; it borrows, and reads headers only when asked.
#[derive(Debug)]
pub struct RequestView<'a, H> {
    method: &'a str,
    path_and_query: &'a str,
    headers: &'a H,
}

impl<'a, H: HeaderLookup> RequestView<'a, H> {
    /// A request of this method for this path, as the browser asked for it: with every prefix that a nested
    /// router took away, and without scheme and host.
    pub fn new(method: &'a str, path_and_query: &'a str, headers: &'a H) -> Self {
        Self { method, path_and_query, headers }
    }

    /// Whether a browser navigates: a GET or HEAD for which it would show what comes. `Sec-Fetch-Mode` tells
    /// where the browser sends it; otherwise `Accept` must name HTML. A preflight (OPTIONS) never is one.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
            && !self.is_htmx()
            && match self.headers.text("sec-fetch-mode") {
                Some(mode) => mode == "navigate",
                None => self.headers.values("accept").any(accepts_html),
            }
    }

    /// Whether htmx asks for a part of a page. It follows no redirect to another origin, but a header.
    pub(super) fn is_htmx(&self) -> bool {
        self.headers.text("hx-request") == Some("true")
    }

    /// The page to come back to: this one, or the one that a script's request came from. `None` when that is
    /// not known to be ours; never the URL of a POST.
    pub(super) fn page(&self, is_ours: impl Fn(&Url) -> bool) -> Option<Page<'a>> {
        if self.is_page() {
            return Some(Page::This(self.path_and_query));
        }
        let from = self.headers.text("hx-current-url").or_else(|| self.headers.text("referer"))?;
        Url::parse(from).ok().filter(is_ours).map(Page::From)
    }

    /// The path and query.
    pub(super) fn path_and_query(&self) -> &'a str {
        self.path_and_query
    }

    /// The value of a query parameter; empty counts as absent.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path_and_query.split_once('?')?;
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.into_owned())
    }

    /// The value of a cookie, if it is text.
    pub(super) fn cookie(&self, name: &str) -> Option<&'a str> {
        let lines = self.headers.values("cookie").filter_map(|line| std::str::from_utf8(line).ok());
        lines.flat_map(|line| line.split(';')).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
    }
}

/// A page of the application.
pub(super) enum Page<'a> {
    /// The one that was asked for, as path and query.
    This(&'a str),
    /// The one that a script's request came from.
    From(Url),
}

fn accepts_html(accept: &[u8]) -> bool {
    accept.split(|byte| *byte == b',').any(|range| {
        let mut parts = range.split(|byte| *byte == b';');
        let media = parts.next().unwrap_or_default().trim_ascii();
        let html =
            media.eq_ignore_ascii_case(b"text/html") || media.eq_ignore_ascii_case(b"application/xhtml+xml");
        html && !parts
            .any(|parameter| matches!(parameter.trim_ascii(), b"q=0" | b"q=0.0" | b"q=0.00" | b"q=0.000"))
    })
}
