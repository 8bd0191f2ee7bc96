//! Runs the scenarios on core alone: the behaviour that every framework crate implements.

use http::{HeaderMap, HeaderName, HeaderValue};
use kratos_core::{
    Rejection,
    policy::{Refusal, RequestView},
};

use super::{
    outcome::{Counting, HEADERS, Outcome, THROUGH, of_refusal},
    scenario::{Guard, PATH, Scenario},
};

pub async fn run(scenario: &Scenario) -> Outcome {
    let resolver = Counting::of(scenario);
    let headers = headers(scenario);
    let session = resolver.sessions().request(&headers);
    let request = RequestView::new(scenario.method(), PATH, &headers);
    let mut answered: Result<(), Rejection> = Ok(());
    if let Some(requirement) = scenario.guard.requirement() {
        answered = session.require(&requirement, &request).await;
    }
    if answered.is_ok() {
        answered = match scenario.guard {
            Guard::Session => session.session(&request).await.map(drop),
            Guard::Optional => session.optional_session(&request).await.map(drop),
            Guard::Traits | Guard::WrongTraits | Guard::Everything => {
                session.session(&request).await.and_then(|found| {
                    let identity = found.identity().unwrap();
                    let read = match scenario.guard {
                        Guard::WrongTraits => identity.traits::<u8>().map(drop),
                        _ => identity.traits::<super::Person>().map(drop),
                    };
                    read.map_err(|error| session.refuse(&Refusal::from(&error), &request))
                })
            }
            _ => Ok(()),
        };
    }
    let (calls, probes) = resolver.counts();
    let (status, mut map, body, refusal) = match answered {
        Ok(()) => (200, content("text/plain; charset=utf-8"), THROUGH.to_owned(), None),
        Err(rejection) => {
            let answer = rejection.into_response();
            let body = String::from_utf8(answer.body.to_vec()).unwrap();
            (answer.status.as_u16(), answer.headers, body, Some(of_refusal(&answer.refusal)))
        }
    };
    for (name, value) in session.response_headers().headers(&map) {
        map.append(name, value);
    }
    Outcome { status, headers: chosen(&map), body, refusal, calls, probes }
}

/// The scenario's request headers.
pub fn headers(scenario: &Scenario) -> HeaderMap {
    let pairs = scenario.headers().into_iter();
    pairs
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap()))
        .collect()
}

/// The compared headers.
pub fn chosen(map: &HeaderMap) -> std::collections::BTreeMap<String, Vec<String>> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let all = HEADERS
        .iter()
        .map(|name| ((*name).to_owned(), map.get_all(*name).iter().map(text).collect::<Vec<_>>()));
    all.filter(|(_, values)| !values.is_empty()).collect()
}

fn content(kind: &'static str) -> HeaderMap {
    [(http::header::CONTENT_TYPE, HeaderValue::from_static(kind))].into_iter().collect()
}
