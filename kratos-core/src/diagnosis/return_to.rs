//! An address that Kratos leads nobody back to.

use url::Url;

use super::{Finding, Topic};
use crate::{
    links::Links,
    model::{ErrorBody, ErrorId},
};

/// The finding for an error of Kratos, if it is about that. With `links` it is known whether the address is ours.
///
/// Kratos quotes the address in the error's reason (1.3.1, 26.2.0), for browsers on the error page as well; 0.6 and 0.7
/// do not refuse it.
pub(crate) fn of_error(error: &ErrorBody, links: Option<&Links>) -> Option<Finding> {
    if error.id != Some(ErrorId::SelfServiceFlowReturnToForbidden) {
        return None;
    }
    let quoted = error.reason.as_deref().and_then(|reason| reason.split('"').nth(1));
    let url = quoted.and_then(|quoted| Url::parse(quoted).ok()).filter(Url::has_host);
    Some(match &url {
        Some(url) if links.is_some_and(|links| links.is_app(url)) => refused(&origin(url)),
        // Anybody can write a link with any address: then Kratos does its duty.
        Some(url) => maybe(&origin(url)),
        None => maybe("an address without an origin"),
    })
}

/// The application's own address is refused.
pub(crate) fn refused(address: &str) -> Finding {
    Finding::problem(Topic::ReturnTo, message(address), advice(address))
}

fn maybe(address: &str) -> Finding {
    Finding::warning(Topic::ReturnTo, message(address), format!("if it is yours, {}", advice(address)))
}

fn message(address: &str) -> String {
    format!("Kratos refuses to send people back to {address}")
}

fn advice(address: &str) -> String {
    format!(
        "add it to `selfservice.allowed_return_urls`, or correct the application's URL in `Links::new`: {address}"
    )
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::{super::Verdict, *};

    #[test]
    fn the_origin_is_told_and_no_more() {
        let links = Links::new("https://app.example.org/base", "https://auth.example.org").unwrap();
        let told = |reason: &str| {
            let mut error = ErrorBody::new();
            error.id = Some(ErrorId::SelfServiceFlowReturnToForbidden);
            error.reason = Some(reason.to_owned());
            of_error(&error, Some(&links)).unwrap()
        };
        let ours = told("Requested return_to URL \"https://app.example.org/x?code=s3cret\" is not allowed.");
        assert_eq!(ours.verdict(), Verdict::Problem);
        assert_eq!(
            ours.to_string(),
            "Kratos refuses to send people back to https://app.example.org: add it to `selfservice.allowed_return_urls`, \
             or correct the application's URL in `Links::new`: https://app.example.org"
        );
        for reason in
            ["\"https://u:s3cret@evil.example/s3cret\"", "\"s3cret\"", "s3cret", "\"data:s3cret\"", ""]
        {
            let theirs = told(reason);
            assert_eq!(theirs.verdict(), Verdict::Warning);
            assert!(!theirs.to_string().contains("s3cret"), "{theirs}");
        }
        assert!(of_error(&ErrorBody::new(), None).is_none());
    }
}
