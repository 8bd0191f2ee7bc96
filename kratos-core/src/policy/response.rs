//! A decision as an HTTP response.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use url::Url;

use super::{Audience, Refusal, RefusalReason};
use crate::model::{ErrorBody, ErrorEnvelope};

/// The response to send instead of calling the handler, for any framework. `Debug` shows neither headers nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct GuardResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers to append.
    pub headers: HeaderMap,
    /// The body: empty for a redirect, a plain HTML page for [`Audience::Page`] and [`Audience::Form`], otherwise an error
    /// in Kratos' JSON shape.
    pub body: Bytes,
    /// The reason; insert it into the response's extensions.
    pub refusal: Refusal,
    /// The reader of the response.
    pub audience: Audience,
}

impl fmt::Debug for GuardResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, refusal, audience, .. } = self;
        let mut shown = f.debug_struct("GuardResponse");
        shown.field("status", status).field("refusal", refusal).field("audience", audience);
        shown.finish_non_exhaustive()
    }
}

impl GuardResponse {
    /// Redirects a browser with 303, so that nothing is posted twice and no cache keeps the response.
    pub(crate) fn redirect(to: &Url, cookie: Option<&HeaderValue>, refusal: &Refusal) -> Self {
        let mut response = Self::new(StatusCode::SEE_OTHER, Bytes::new(), refusal, Audience::Page);
        response.insert(header::LOCATION, to.as_str());
        if let Some(cookie) = cookie {
            response.headers.append(header::SET_COOKIE, cookie.clone());
        }
        response
    }

    /// Answers with the refusal's status and a body for its reader: an HTML page, with a link where there is a way on, for
    /// pages and forms; otherwise JSON (`{"error": {…}, "redirect_browser_to": …}`). The body of a misconfigured application
    /// is a fixed text.
    #[must_use]
    pub fn refuse(refusal: &Refusal, audience: Audience) -> Self {
        let mut response = Self::new(refusal.status(), Bytes::new(), refusal, audience);
        match audience {
            Audience::Page | Audience::Form => {
                response.set_html(html(refusal));
                let policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
                response.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            Audience::Htmx | Audience::Program => {
                response.insert(header::CONTENT_TYPE, "application/json");
                response.body = json(refusal).into();
            }
        }
        if let Some(to) = refusal.redirect_to().filter(|_| audience == Audience::Htmx) {
            response.insert(HeaderName::from_static("hx-redirect"), to.as_str());
        }
        if let Some(wait) = refusal.retry_after() {
            // Whole seconds, rounded up: zero would mean at once.
            let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
            response.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }

    /// Replaces the body by an HTML page where a browser shows it: for [`Audience::Page`] and [`Audience::Form`], unless the
    /// response is a redirect. Otherwise it changes nothing. Removes the `Content-Security-Policy` of the plain page, which
    /// allows no styles and no scripts.
    ///
    /// ```
    /// use kratos_core::{Kratos, policy::RefusalReason};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let kratos = Kratos::new("http://localhost:4433")?.with_rejection_response(|response, _request| {
    ///     if response.refusal.reason() == RefusalReason::Forbidden {
    ///         response.set_html("<h1>You may not see this</h1>");
    ///     }
    /// });
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_html(&mut self, html: impl Into<Bytes>) {
        let shown = matches!(self.audience, Audience::Page | Audience::Form);
        if shown && !self.status.is_redirection() {
            self.headers.remove(header::CONTENT_SECURITY_POLICY);
            self.insert(header::CONTENT_TYPE, "text/html; charset=utf-8");
            self.body = html.into();
        }
    }

    fn new(status: StatusCode, body: Bytes, refusal: &Refusal, audience: Audience) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self { status, headers, body, refusal: refusal.clone(), audience }
    }

    fn insert(&mut self, name: HeaderName, value: &str) {
        // A URL is ASCII without control characters, so this never fails.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }
}

/// The explanation that the body shows. A misconfigured application's own is for its log alone: it can name internal
/// addresses.
fn explanation(refusal: &Refusal) -> &str {
    match refusal.reason() {
        RefusalReason::Misconfigured => "The server is misconfigured; see its log.",
        _ => refusal.explanation(),
    }
}

fn json(refusal: &Refusal) -> Vec<u8> {
    let mut envelope = ErrorEnvelope::new(ErrorBody::default());
    envelope.error.id = Some(refusal.id());
    envelope.error.code = Some(i64::from(refusal.status().as_u16()));
    envelope.error.status = refusal.status().canonical_reason().map(str::to_owned);
    envelope.error.message = explanation(refusal).to_owned();
    envelope.redirect_browser_to = refusal.redirect_to().map(Url::to_string);
    serde_json::to_vec(&envelope).unwrap_or_default()
}

/// A page for a user whose request was refused. Applications replace it by
/// [`Kratos::with_rejection_response`](crate::Kratos::with_rejection_response).
fn html(refusal: &Refusal) -> String {
    let title = refusal.status().canonical_reason().unwrap_or("Refused");
    let link =
        refusal.redirect_to().map(|to| format!("<p><a href=\"{}\">Continue</a></p>", escaped(to.as_str())));
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><main><h1>{title}</h1>\
         <p>{}.</p>{}</main></html>",
        escaped(&capitalized(explanation(refusal).trim_end_matches('.'))),
        link.unwrap_or_default(),
    )
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
