//! The targets of redirects.

use std::sync::Arc;

use http::uri::PathAndQuery;
use kratos_core::model::Timestamp;
use kratos_core::model::{Aal, Session};
use kratos_core::policy::{Decision, Facts, Links, RequestView, Requirement, decide};
use kratos_core::resolve::{Aal2Required, Resolution, SecondFactor};
use url::Url;

use crate::exchange::Exchange;

const APP: &str = "https://app.example";
const KRATOS: &str = "https://auth.example/kratos";

/// For any request: redirects go to Kratos or the application, and returns to the application alone.
pub(crate) fn return_to(data: &[u8]) {
    let exchange = Exchange::of(data);
    let Ok(first) = std::str::from_utf8(exchange.first) else { return };
    let (method, path) = first.split_once(' ').unwrap_or(("GET", first));
    // Only requests that an HTTP server accepts.
    let Ok(path) = PathAndQuery::try_from(path) else { return };
    let request = RequestView::new(method, path.as_str(), &exchange.headers);
    let links = Links::new(APP, KRATOS).expect("links");
    let demanded = std::str::from_utf8(exchange.body).ok().and_then(|text| Url::parse(text).ok());
    let mut session = Session::new(uuid::Uuid::nil());
    session.authenticator_assurance_level = Some(Aal::Aal1);
    let resolutions = [
        Resolution::Anonymous,
        Resolution::Aal2Required(Box::new(Aal2Required::new(demanded))),
        Resolution::Active(Arc::new(session)),
    ];
    let requirements = [
        Requirement::signed_in(),
        Requirement::signed_in().with_aal2().with_authenticated_within(std::time::Duration::ZERO),
        Requirement::signed_in().with_verified_address(),
        Requirement::signed_out(),
    ];
    for resolution in &resolutions {
        for requirement in &requirements {
            for factor in [SecondFactor::Enrolled, SecondFactor::NotEnrolled] {
                let facts = Facts::Resolved(resolution, factor);
                check(&decide(
                    facts,
                    requirement,
                    &request,
                    Some(&links),
                    Timestamp::from(time::OffsetDateTime::now_utc()),
                ));
            }
        }
    }
}

fn check(decision: &Decision) {
    if let Decision::Redirect { to, .. } = decision {
        let origin = to.origin().ascii_serialization();
        assert!(origin == APP || origin == "https://auth.example", "{to}");
        for (name, value) in to.query_pairs() {
            if name == "return_to" {
                let back = Url::parse(&value).expect("a URL");
                assert_eq!(back.origin().ascii_serialization(), APP, "{to}");
                assert!(back.username().is_empty() && back.password().is_none(), "{to}");
            }
        }
    }
    if let Some(answer) = decision.response() {
        let location = answer.headers.get("location");
        assert_eq!(location.is_some(), matches!(decision, Decision::Redirect { .. }));
        assert!(!answer.status.is_success(), "{answer:?}");
    }
}

/// Configured URLs: redirects to a valid one stay at it.
pub(crate) fn links(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (app, page) = text.split_once('\n').unwrap_or((text, "/login"));
    let Ok(links) = Links::new(app, KRATOS) else { return };
    let Ok(links) = links.with_login_page(page) else { return };
    let (headers, requirement) = (http::HeaderMap::new(), Requirement::signed_in());
    let request = RequestView::new("GET", "//evil.example/%2e%2e?a=b", &headers);
    let facts = Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown);
    let _ =
        decide(facts, &requirement, &request, Some(&links), Timestamp::from(time::OffsetDateTime::now_utc()))
            .response();
    let _ = kratos_core::resolve::HttpResolver::new(app);
}
