//! Runs the scenarios through a nested axum router: redirects must keep the full path.

use axum::{
    Router,
    body::{Body, to_bytes},
    handler::Handler,
    routing::{MethodRouter, any},
};
use http::Request;
use kratos_axum::{KratosLayer, RequireLayer, Session, Traits};
use kratos_core::policy::Refusal;
use tower::ServiceExt as _;

use super::{
    Person,
    core::{chosen, headers},
    outcome::{Counting, Outcome, THROUGH, of_refusal},
    scenario::{Guard, PATH, Scenario},
};

pub async fn run(scenario: &Scenario) -> Outcome {
    let resolver = Counting::of(scenario);
    let mut route = handler(scenario.guard);
    if let Some(requirement) = scenario.guard.requirement() {
        route = route.layer(RequireLayer::new(requirement));
    }
    let app = Router::new().route("/page", route).layer(KratosLayer::new(resolver.sessions()));
    let mut request = Request::builder().method(scenario.method()).uri(PATH).body(Body::empty()).unwrap();
    *request.headers_mut() = headers(scenario);
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let (calls, probes) = resolver.counts();
    Outcome {
        status: parts.status.as_u16(),
        headers: chosen(&parts.headers),
        body: String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap(),
        refusal: parts.extensions.get::<Refusal>().map(of_refusal),
        calls,
        probes,
    }
}

fn handler(guard: Guard) -> MethodRouter {
    fn route<T: 'static>(handler: impl Handler<T, ()>) -> MethodRouter {
        any(handler)
    }
    match guard {
        Guard::Session => route(async |_: Session| THROUGH),
        Guard::Optional => route(async |_: Option<Session>| THROUGH),
        Guard::Traits => route(async |_: Traits<Person>| THROUGH),
        Guard::WrongTraits => route(async |_: Traits<u8>| THROUGH),
        Guard::Everything => route(async |_: Session, _: Option<Session>, _: Traits<Person>| THROUGH),
        _ => route(async || THROUGH),
    }
}
