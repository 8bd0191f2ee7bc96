//! Runs the scenarios through the tower layers around a plain service.

use std::convert::Infallible;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use kratos_core::policy::{GuardResponse, Refusal};
use kratos_tower::{KratosLayer, KratosRequest, RequireLayer};
use tower::{Layer as _, ServiceExt as _, service_fn, util::BoxCloneSyncService};

use super::{
    core::{chosen, headers},
    outcome::{Counting, Outcome, THROUGH, of_refusal},
    scenario::{Guard, PATH, Scenario},
};

type Bare = BoxCloneSyncService<Request<()>, Response<Full<Bytes>>, Infallible>;

pub async fn run(scenario: &Scenario) -> Outcome {
    let resolver = Counting::of(scenario);
    let layer = KratosLayer::new(resolver.sessions());
    let mut request = Request::builder().method(scenario.method()).uri(PATH).body(()).unwrap();
    *request.headers_mut() = headers(scenario);
    let handler = handler(scenario.guard);
    let response = match scenario.guard.requirement() {
        Some(requirement) => {
            let guarded = RequireLayer::new(requirement).layer(handler);
            collect(layer.layer(guarded).oneshot(request).await.unwrap()).await
        }
        None => collect(layer.layer(handler).oneshot(request).await.unwrap()).await,
    };
    let (parts, body) = response.into_parts();
    let (calls, probes) = resolver.counts();
    Outcome {
        status: parts.status.as_u16(),
        headers: chosen(&parts.headers),
        body,
        refusal: parts.extensions.get::<Refusal>().map(of_refusal),
        calls,
        probes,
    }
}

/// A service that reads what the guard's handler extracts; tower has no extractors.
fn handler(guard: Guard) -> Bare {
    BoxCloneSyncService::new(service_fn(move |request: Request<()>| async move {
        let (parts, ()) = request.into_parts();
        let bound = KratosRequest::from_parts(&parts).unwrap();
        let asked = match guard {
            Guard::Session => bound.session().await.map(drop),
            Guard::Optional => bound.optional_session().await.map(drop),
            Guard::Traits | Guard::WrongTraits | Guard::Everything => {
                bound.session().await.and_then(|session| {
                    let identity = session.identity().unwrap();
                    let read = match guard {
                        Guard::WrongTraits => identity.traits::<u8>().map(drop),
                        _ => identity.traits::<super::Person>().map(drop),
                    };
                    read.map_err(|error| bound.refuse(&Refusal::from(&error)))
                })
            }
            _ => Ok(()),
        };
        Ok(match asked {
            Ok(()) => Response::builder()
                .header("content-type", "text/plain; charset=utf-8")
                .body(Full::from(THROUGH))
                .unwrap(),
            Err(rejection) => refuse(rejection.into_response()),
        })
    }))
}

fn refuse(answer: GuardResponse) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response.extensions_mut().insert(answer.refusal);
    response
}

async fn collect<B: http_body::Body<Data = Bytes>>(response: Response<B>) -> Response<String>
where
    B::Error: std::fmt::Debug,
{
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Response::from_parts(parts, String::from_utf8(bytes.to_vec()).unwrap())
}
