//! Detects a `return_to` URL that Kratos refuses.

use url::Url;

use super::{APP_URL_SETTING, Finding, Links, Topic};
use crate::model::{ErrorBody, ErrorId};

/// Returns the finding for a refused `return_to`, `None` for any other error. It is a problem if `links` show that the
/// URL is the application's own, and a warning otherwise.
///
/// Kratos quotes the URL in the error's reason, also on the error page (Kratos 1.3.1 and 26.2.0). Kratos 0.6 and 0.7 do not
/// refuse it.
pub(crate) fn of_error(error: &ErrorBody, links: Option<&Links>) -> Option<Finding> {
    if error.id != Some(ErrorId::SelfServiceFlowReturnToForbidden) {
        return None;
    }
    let quoted = error.reason.as_deref().and_then(|reason| reason.split('"').nth(1));
    let url = quoted.and_then(|quoted| Url::parse(quoted).ok()).filter(Url::has_host);
    Some(match &url {
        Some(url) if links.is_some_and(|links| links.is_app(url)) => refused(&origin(url)),
        // Any page can link to Kratos with any `return_to`, and Kratos refuses it rightly.
        Some(url) => maybe(&origin(url)),
        None => maybe("a URL without an origin"),
    })
}

/// Returns the finding for a refused URL of the application.
pub(crate) fn refused(url: &str) -> Finding {
    Finding::problem(Topic::ReturnTo, message(url), advice(url))
}

fn maybe(url: &str) -> Finding {
    Finding::warning(
        Topic::ReturnTo,
        message(url),
        format!("if it is a URL of this application, {}", advice(url)),
    )
}

fn message(url: &str) -> String {
    format!("Kratos refuses to redirect browsers back to {url}")
}

fn advice(url: &str) -> String {
    format!(
        "add it to `selfservice.allowed_return_urls`, or correct the application's URL in {APP_URL_SETTING}: {url}"
    )
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::{super::Verdict, *};

    #[test]
    fn the_message_contains_the_origin_only() {
        let links = Links::new("https://app.example.org/base", "https://auth.example.org").unwrap();
        let finding = |reason: &str| {
            let mut error = ErrorBody::default();
            error.id = Some(ErrorId::SelfServiceFlowReturnToForbidden);
            error.reason = Some(reason.to_owned());
            of_error(&error, Some(&links)).unwrap()
        };
        let ours =
            finding("Requested return_to URL \"https://app.example.org/x?code=s3cret\" is not allowed.");
        assert_eq!(ours.verdict(), Verdict::Problem);
        assert_eq!(
            ours.to_string(),
            "Kratos refuses to redirect browsers back to https://app.example.org: add it to `selfservice.allowed_return_urls`, \
             or correct the application's URL in `Kratos::with_app`: https://app.example.org"
        );
        for reason in
            ["\"https://u:s3cret@evil.example/s3cret\"", "\"s3cret\"", "s3cret", "\"data:s3cret\"", ""]
        {
            let theirs = finding(reason);
            assert_eq!(theirs.verdict(), Verdict::Warning);
            assert!(!theirs.to_string().contains("s3cret"), "{theirs}");
        }
        assert!(of_error(&ErrorBody::default(), None).is_none());
    }
}
