//! Between actix-web's headers and core's: they are of different major versions of `http`.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use kratos_core::{ResponseHeaders, credential::HeaderLookup};

/// actix-web's headers, read in place.
#[derive(Debug)]
pub(crate) struct Headers<'a>(pub(crate) &'a HeaderMap);

impl HeaderLookup for Headers<'_> {
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.0.get_all(name).map(HeaderValue::as_bytes)
    }
}

/// Appends a header. What one version takes for a name and a value, the other does too.
pub(crate) fn append(headers: &mut HeaderMap, name: &http::HeaderName, value: &http::HeaderValue) {
    let name = HeaderName::from_bytes(name.as_str().as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
        headers.append(name, value);
    }
}

/// Appends what the session means for a response.
pub(crate) fn touch(headers: &mut HeaderMap, touch: &ResponseHeaders) {
    for (name, value) in touch.headers(&Headers(headers)) {
        append(headers, &name, &value);
    }
}
