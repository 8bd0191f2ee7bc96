use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use kratos_core::{
    Rejection,
    policy::{GuardResponse, Refusal},
};
use kratos_ui::Page;

/// The response of a provider's page, for any framework.
///
/// `Debug` shows the status alone: headers and body hold challenges and form tokens.
#[derive(Clone)]
#[non_exhaustive]
pub struct ProviderResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers to append.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// Why a guard answers in place of the page; insert it into the response's extensions.
    pub refusal: Option<Refusal>,
}

impl ProviderResponse {
    pub(super) fn page(status: StatusCode, page: Page) -> Self {
        let mut response = Self { status, headers: HeaderMap::new(), body: Bytes::new(), refusal: None };
        for (name, value) in page.headers() {
            response.insert(HeaderName::from_static(name), value);
        }
        response.body = page.into_html().into();
        response
    }

    /// Redirects with 303: a form is not posted twice, and no cache keeps the response.
    pub(super) fn redirect(to: &str) -> Self {
        let mut response = Self {
            status: StatusCode::SEE_OTHER,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            refusal: None,
        };
        response.insert(header::LOCATION, to);
        response.insert(header::CACHE_CONTROL, "private, no-store");
        // The URL of this page holds the challenge.
        response.insert(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
        response
    }

    pub(super) fn insert(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    pub(super) fn with_cookie(mut self, cookie: Option<String>) -> Self {
        if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
            self.headers.append(header::SET_COOKIE, value);
        }
        self
    }

    /// Says after how many seconds to call again.
    pub(super) fn with_retry_after(mut self, time: Option<Duration>) -> Self {
        if let Some(time) = time {
            // A part of a second counts as one.
            let seconds = time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0));
            self.headers.insert(header::RETRY_AFTER, seconds.into());
        }
        self
    }

    /// Adds the cookies that a logout removes.
    pub(super) fn with_cookies_of(mut self, ended: &GuardResponse) -> Self {
        for cookie in ended.headers.get_all(header::SET_COOKIE) {
            self.headers.append(header::SET_COOKIE, cookie.clone());
        }
        self
    }
}

impl From<Rejection> for ProviderResponse {
    fn from(rejection: Rejection) -> Self {
        let GuardResponse { status, headers, body, refusal, .. } = rejection.into_response();
        Self { status, headers, body, refusal: Some(refusal) }
    }
}

impl std::fmt::Debug for ProviderResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderResponse").field("status", &self.status).finish_non_exhaustive()
    }
}
