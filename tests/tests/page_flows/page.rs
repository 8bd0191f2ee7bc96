//! An application's pages, and a browser's requests for them.

use crate::frameworks::{BOTH, Got, cookie_names};
use http::{HeaderMap, HeaderName, HeaderValue};
use kratos_core::client::{Client, Era};
use kratos_core::pages::PageFlow;
use kratos_core::policy::{GuardResponse, RequestView};
use kratos_core::resolve::{CachingResolver, HttpResolver, SessionResolver};
use kratos_core::{Kratos, Rejection};
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use std::time::Duration;

/// The application of the server.
pub(crate) fn sessions(server: &Server) -> Kratos {
    sessions_at(server, &server.public_url)
}

/// A busy machine answers late.
const PATIENCE: Duration = Duration::from_secs(60);

/// The same, with a cache that keeps sessions for an hour.
pub(crate) fn cached(server: &Server) -> Kratos {
    let resolver = HttpResolver::new(&server.public_url).unwrap().with_timeout(PATIENCE);
    of(server, &server.public_url, CachingResolver::new(resolver, Duration::from_secs(3600)))
}

/// The same, with another upstream.
pub(crate) fn sessions_at(server: &Server, kratos: &str) -> Kratos {
    of(server, kratos, HttpResolver::new(kratos).unwrap().with_timeout(PATIENCE))
}

fn of(server: &Server, kratos: &str, resolver: impl SessionResolver + 'static) -> Kratos {
    let era = Era::of_release(&server.version).unwrap_or_default();
    let client = Client::new(kratos).unwrap().with_era(era).with_timeout(PATIENCE);
    Kratos::from_resolver(resolver)
        .with_app(&server.app_url)
        .unwrap()
        .with_browser_url(&server.public_url)
        .unwrap()
        .with_client(client)
        // The loop breaker's cookie is counted from one request to the next.
        .with_secret([7; 32])
        .unwrap()
}

/// A browser's headers.
pub(crate) fn headers(jar: &Jar, more: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("text/html"));
    if let Some(cookies) = jar.header() {
        headers.insert("cookie", HeaderValue::from_str(&cookies).unwrap());
    }
    for (name, value) in more {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    headers
}

/// Requests a page and stores its cookies. axum and actix-web must answer alike.
pub(crate) async fn ask<F: PageFlow>(server: &Server, path: &str, jar: &mut Jar) -> Result<F, GuardResponse> {
    let headers = headers(jar, &[]);
    let session = sessions(server).request(&headers);
    let outcome = session.flow::<F, _>(&RequestView::new("GET", path, &headers)).await;
    let mut sent =
        outcome.as_ref().map_or_else(|answer| answer.response().headers.clone(), |_| HeaderMap::new());
    for (name, value) in session.response_headers().headers(&sent) {
        sent.append(name, value);
    }
    let text =
        |name: &str| sent.get_all(name).iter().map(|value| value.to_str().unwrap()).collect::<String>();
    let core = Got {
        status: outcome.as_ref().map_or_else(|answer| answer.response().status.as_u16(), |_| 200),
        location: text("location"),
        cookies: cookie_names(&sent),
        is_stored: text("cache-control") != "no-store",
        shown: match &outcome {
            Ok(flow) => flow.id().to_string(),
            Err(answer) => String::from_utf8(answer.response().body.to_vec()).unwrap(),
        },
    };
    for framework in BOTH {
        let page = framework.ask(sessions(server), "GET", path, &headers).await;
        // A flow of five seconds may expire between two of these requests.
        if server.profile != "strict" || core.status == page.status {
            assert_eq!(core, page.got(), "{framework:?}: {path}");
        }
        if page.status == 200 {
            assert!(page.header("content-security-policy").starts_with("default-src 'none'"), "{page:?}");
            assert_eq!(page.header("x-content-type-options"), "nosniff");
        }
    }
    assert!(!core.is_stored, "a form's CSRF token, or a redirect, must not be stored");
    jar.absorb(&sent);
    outcome.map_err(Rejection::into_response)
}

/// The target of a redirect.
pub(crate) fn location(answer: &GuardResponse) -> url::Url {
    assert_eq!(answer.status, 303, "{answer:?}");
    url::Url::parse(answer.headers["location"].to_str().unwrap()).unwrap()
}

/// A query parameter of a URL.
pub(crate) fn parameter(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
