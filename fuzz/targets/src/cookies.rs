//! Merging cookies, and relaying them to the browser.

use std::sync::Arc;

use http::{HeaderMap, header};
use kratos_core::{adapter::ResponseHeaders, client::BrowserCookies, fuzzing};

use crate::exchange::Exchange;

/// A browser's cookies after a response contain all new values and no replaced one.
pub(crate) fn cookies(data: &[u8]) {
    let headers = Exchange::of(data).headers;
    let before = BrowserCookies::from_headers(&headers);
    assert_eq!(format!("{before:?}"), "BrowserCookies([redacted])");
    let set = fuzzing::relayed(true, &headers);
    let after = fuzzing::cookies_after(&before, &set).expect("every byte is from a header");
    let Some(after) = after else { return };
    assert!(after.is_sensitive());
    let pairs: Vec<&[u8]> = after.as_bytes().split(|byte| *byte == b';').map(<[u8]>::trim_ascii).collect();
    for line in set.iter() {
        let pair = line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        assert!(pair.is_empty() || pairs.contains(&pair), "{after:?}");
    }
}

/// `Set-Cookie` headers are relayed unchanged and in order, or not at all.
pub(crate) fn relay(data: &[u8]) {
    let exchange = Exchange::of(data);
    let sent: Vec<_> = exchange.headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    assert!(fuzzing::relayed(false, &exchange.headers).is_empty());
    let relayed = fuzzing::relayed(true, &exchange.headers);
    assert!(relayed.iter().eq(&sent), "all, in order");
    assert!(relayed.iter().all(http::HeaderValue::is_sensitive));

    let mut answer = Exchange::of(exchange.body).headers;
    let own = answer.get_all(header::SET_COOKIE).iter().count();
    relayed.append_to(&mut answer);
    assert_eq!(answer.get_all(header::SET_COOKIE).iter().count(), own + sent.len());
    touch(&exchange.headers, &answer);
}

/// Headers that the layers append never replace a cookie that the application sets.
fn touch(request: &HeaderMap, answer: &HeaderMap) {
    let session = kratos_core::model::Session::new(uuid::Uuid::nil());
    let resolver = Arc::new(kratos_core::resolve::StaticResolver::active(session));
    let touch: ResponseHeaders =
        kratos_core::Kratos::from_resolver(resolver).request(request).response_headers();
    for (name, value) in touch.headers(answer) {
        assert!(name != header::SET_COOKIE, "Kratos was not called: {value:?}");
    }
}
