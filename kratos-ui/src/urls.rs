//! Checks of the URLs in a page.

use kratos_model::QuietText;
use url::{ParseError, Url};

/// Returns an `http`, `https` or relative URL unchanged, and `None` for all others, such as `javascript:`, `data:` and
/// `mailto:`. Parses as browsers do (WHATWG URL standard).
pub(crate) fn web_url(text: &str) -> Option<QuietText> {
    let ok = match Url::parse(text) {
        Ok(url) => matches!(url.scheme(), "http" | "https"),
        Err(ParseError::RelativeUrlWithoutBase) => !text.trim().is_empty(),
        Err(_) => false,
    };
    ok.then(|| QuietText::from(text))
}

/// Returns the origin of an absolute `http` or `https` URL for a content security policy. Returns `None` if it contains
/// `;` or `,`, which would end a directive.
pub(crate) fn web_origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let origin = url.origin().ascii_serialization();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:/[]".contains(&byte);
    origin.bytes().all(plain).then_some(origin)
}

/// Returns the source of a URL in a content security policy: its origin, or its scheme for the URL of a native app.
pub(crate) fn policy_source(text: &str) -> Option<String> {
    web_origin(text).or_else(|| app_scheme(text))
}

/// Returns the scheme of a native app's URL, which has a dot (RFC 8252 §7.1): no scheme of browsers has one.
fn app_scheme(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|url| url.scheme().contains('.'))?;
    Some(format!("{}:", url.scheme()))
}

/// Returns a URL unchanged if it is absolute and `https`, and `None` for all others.
pub(crate) fn https_url(text: &str) -> Option<QuietText> {
    let is_https = Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    is_https.then(|| QuietText::from(text))
}

/// Returns whether the text is a `data:` URL of a PNG image in base64.
pub(crate) fn is_png_data(text: &str) -> bool {
    text.strip_prefix("data:image/png;base64,").is_some_and(|data| {
        data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_urls_are_http_https_or_relative() {
        for good in [
            "https://x.example/a?b#c",
            "http://x",
            "/login",
            "login?x=1",
            "//cdn.example/x",
            "?a",
            "#a",
            "a/b:c",
        ] {
            assert!(web_url(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,<script>1</script>",
            "vbscript:x",
            "mailto:a@b",
            "blob:https://x/1",
            "filesystem:https://x/1",
            "about:blank",
            "x:y",
            "https://",
            "http://[",
            "",
            "  ",
        ] {
            assert!(web_url(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn an_origin_cannot_end_a_directive() {
        assert_eq!(web_origin("https://k.example:8443/a").as_deref(), Some("https://k.example:8443"));
        assert_eq!(web_origin("http://[::1]:4433/a").as_deref(), Some("http://[::1]:4433"));
        for bad in
            ["https://a;sandbox/", "https://a,b/", "https://'self'/", "https://*/", "/a", "javascript:a"]
        {
            assert_eq!(web_origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn png_data_is_base64_png_alone() {
        assert!(is_png_data("data:image/png;base64,iVBORw0KGgo="));
        for bad in [
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:image/png;base64,\" onerror=x",
            "data:image/png,x",
            "DATA:image/png;base64,AA",
            "https://x/qr.png",
        ] {
            assert!(!is_png_data(bad), "{bad}");
        }
    }
}
