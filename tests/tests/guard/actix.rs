//! Runs the scenarios through an actix-web app, inside a scope: redirects must keep the full path.

use actix_web::{
    App, Resource,
    body::to_bytes,
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
    middleware::Condition,
    test::{TestRequest, call_service, init_service},
    web,
};
use http::HeaderMap;
use kratos_actix::{KratosMiddleware, Optional, Require, Session, Traits};
use kratos_core::policy::{Refusal, Requirement};

use super::{
    Person,
    core::chosen,
    outcome::{Counting, Outcome, THROUGH, of_refusal},
    scenario::{Guard, PATH, Scenario},
};

pub async fn run(scenario: &Scenario) -> Outcome {
    let resolver = Counting::of(scenario);
    let requirement = scenario.guard.requirement();
    let is_guarded = requirement.is_some();
    let guard = Require::new(requirement.unwrap_or_else(Requirement::signed_in));
    let guard = Condition::new(is_guarded, guard);
    let scope = web::scope("/page").service(handler(scenario.guard).wrap(guard));
    let app = App::new().service(scope).wrap(KratosMiddleware::new(resolver.sessions()));
    let app = init_service(app).await;

    let method = Method::from_bytes(scenario.method().as_bytes()).unwrap();
    let mut request = TestRequest::default().method(method).uri(PATH);
    for (name, value) in scenario.headers() {
        let pair = (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap());
        request = request.append_header(pair);
    }
    let response = call_service(&app, request.to_request()).await;
    let refusal = response.response().extensions().get::<Refusal>().map(of_refusal);
    let (calls, probes) = resolver.counts();
    Outcome {
        status: response.status().as_u16(),
        headers: chosen(&headers(response.headers())),
        refusal,
        body: String::from_utf8(to_bytes(response.into_body()).await.unwrap().to_vec()).unwrap(),
        calls,
        probes,
    }
}

fn handler(guard: Guard) -> Resource {
    let page = web::resource("");
    match guard {
        Guard::Session => page.to(async |_: Session| THROUGH),
        Guard::Optional => page.to(async |_: Optional<Session>| THROUGH),
        Guard::Traits => page.to(async |_: Traits<Person>| THROUGH),
        Guard::WrongTraits => page.to(async |_: Traits<u8>| THROUGH),
        Guard::Everything => page.to(async |_: Session, _: Optional<Session>, _: Traits<Person>| THROUGH),
        _ => page.to(async || THROUGH),
    }
}

/// Converts actix-web's headers to those of `http`.
fn headers(map: &actix_web::http::header::HeaderMap) -> HeaderMap {
    let pairs = map.iter().map(|(name, value)| {
        let name = http::HeaderName::from_bytes(name.as_str().as_bytes()).unwrap();
        (name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap())
    });
    pairs.fold(HeaderMap::new(), |mut all, (name, value)| {
        all.append(name, value);
        all
    })
}
