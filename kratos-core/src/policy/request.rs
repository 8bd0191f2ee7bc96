//! What the decision needs to know of a request.

use std::fmt;

use url::Url;

use crate::credential::HeaderLookup;

/// Who reads an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Audience {
    /// A person: a browser navigates.
    Page,
    /// htmx, which asks for a part of a page. It follows no redirect to another origin, but a header.
    Htmx,
    /// A program: a script of a page, a native app, another service.
    Program,
}

/// A look at a request; it borrows, and reads headers only when asked. `Debug` shows the method and the path alone.
pub struct RequestView<'a, H> {
    method: &'a str,
    path_and_query: &'a str,
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
    /// A request of this method for this path, as the browser asked for it: with every prefix that a nested
    /// router took away, and without scheme and host.
    pub fn new(method: &'a str, path_and_query: &'a str, headers: &'a H) -> Self {
        Self { method, path_and_query, headers }
    }

    /// Who reads the answer. A browser navigates when it sends a GET or HEAD with `Sec-Fetch-Mode: navigate`, or,
    /// where it does not send that header, with HTML in `Accept`. A preflight (OPTIONS) never is a navigation.
    pub fn audience(&self) -> Audience {
        if self.headers.text("hx-request") == Some("true") {
            return Audience::Htmx;
        }
        let navigates = match self.headers.text("sec-fetch-mode") {
            Some(mode) => mode == "navigate",
            None => self.headers.values("accept").any(accepts_html),
        };
        if navigates && matches!(self.method, "GET" | "HEAD") { Audience::Page } else { Audience::Program }
    }

    /// The page to come back to: this one, or the one that a script's request came from. `None` when that is
    /// not known to be ours; never the URL of a POST.
    pub(super) fn page(&self, is_ours: impl Fn(&Url) -> bool) -> Option<Page<'a>> {
        if self.audience() == Audience::Page {
            return Some(Page::This(self.path_and_query));
        }
        let from = self.headers.text("hx-current-url").or_else(|| self.headers.text("referer"))?;
        Url::parse(from).ok().filter(is_ours).map(Page::From)
    }

    /// The method.
    pub(crate) fn method(&self) -> &'a str {
        self.method
    }

    /// The headers.
    pub(crate) fn headers(&self) -> &'a H {
        self.headers
    }

    /// The path and query.
    pub(crate) fn path_and_query(&self) -> &'a str {
        self.path_and_query
    }

    /// The query's parameters.
    pub(crate) fn query_pairs(&self) -> url::form_urlencoded::Parse<'a> {
        let query = self.path_and_query.split_once('?').map_or("", |(_, query)| query);
        url::form_urlencoded::parse(query.as_bytes())
    }

    /// The value of a query parameter; empty counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.query_pairs()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    }

    /// The value of a cookie, if it is text.
    pub(crate) fn cookie(&self, name: &str) -> Option<&'a str> {
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
