//! Pages of an application before a server, and a browser's requests for them.

use http::{HeaderMap, HeaderName, HeaderValue};
use kratos_core::Sessions;
use kratos_core::client::{Client, Era};
use kratos_core::pages::{PageFlow, Pages, Shown};
use kratos_core::policy::{Answer, Links, RequestView};
use kratos_core::resolve::HttpResolver;
use kratos_tests::http::Jar;
use kratos_tests::lab::{self, Server};

/// The pages of the server's application.
pub(crate) fn pages(server: &Server) -> Pages {
    pages_at(server, &server.public_url)
}

/// The same, asking elsewhere.
pub(crate) fn pages_at(server: &Server, kratos: &str) -> Pages {
    let era = match server.era() {
        lab::Era::V0_6 => Era::V0_6,
        lab::Era::V0_7 => Era::V0_7,
        lab::Era::V1 => Era::default(),
    };
    let links = Links::new(&server.app_url, &server.public_url).unwrap();
    let sessions = Sessions::new(HttpResolver::new(kratos).unwrap()).with_links(links);
    Pages::new(Client::new(kratos).unwrap().with_era(era), sessions).unwrap()
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

/// Asks for a page, and takes what cookies come with it.
pub(crate) async fn ask<F: PageFlow>(server: &Server, path: &str, jar: &mut Jar) -> Result<F, Answer> {
    let headers = headers(jar, &[]);
    let view = RequestView::new("GET", path, &headers);
    match pages(server).show::<F, _>(&view).await {
        Ok(Shown { flow, cookies, .. }) => {
            let mut set = HeaderMap::new();
            cookies.append_to(&mut set);
            jar.absorb(&set);
            Ok(flow)
        }
        Err(answer) => {
            jar.absorb(&answer.headers);
            Err(*answer)
        }
    }
}

/// Where an answer leads.
pub(crate) fn location(answer: &Answer) -> url::Url {
    assert_eq!(answer.status, 303, "{answer:?}");
    url::Url::parse(answer.headers["location"].to_str().unwrap()).unwrap()
}

/// A parameter of a URL.
pub(crate) fn parameter(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
