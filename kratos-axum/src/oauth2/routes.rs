use axum::{
    Router,
    routing::{MethodRouter, get},
};
use axum_core::{body::Body, extract::Request, response::Response};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use kratos_oauth2::{FORM_LIMIT, OAuth2Pages, ProviderResponse};

use crate::KratosRequest;

/// Returns the pages of a provider as routes: consent, logout, device and error, at the paths of
/// [`OAuth2Pages::routes`]. `Router::merge` takes them; mount them inside a [`KratosLayer`](crate::KratosLayer).
///
/// # Panics
/// If two paths are equal, or a path is not valid for axum.
pub fn routes<S: Clone + Send + Sync + 'static>(pages: OAuth2Pages) -> Router<S> {
    let paths = pages.routes().clone();
    Router::new()
        .route(paths.consent(), consent(pages.clone()))
        .route(paths.logout(), logout(pages.clone()))
        .route(paths.device(), device(pages.clone()))
        .route(paths.device_success(), success(pages.clone()))
        .route(paths.error(), error(pages))
}

macro_rules! page {
    ($name:ident, $show:ident) => {
        fn $name<S: Clone + Send + Sync + 'static>(pages: OAuth2Pages) -> MethodRouter<S> {
            get(async move |request: KratosRequest| respond(pages.$show(&request).await))
        }
    };
    ($name:ident, $show:ident, $decide:ident) => {
        fn $name<S: Clone + Send + Sync + 'static>(pages: OAuth2Pages) -> MethodRouter<S> {
            let deciding = pages.clone();
            let show = async move |request: KratosRequest| respond(pages.$show(&request).await);
            get(show).post(async move |request: KratosRequest, posted: Request| {
                let body = read(posted).await;
                respond(deciding.$decide(&request, &body).await)
            })
        }
    };
}

page!(consent, consent, consent_decision);
page!(logout, logout, logout_decision);
page!(device, device, device_decision);
page!(success, device_success);
page!(error, error);

/// The body of a form; empty if it is too large or breaks off, which the page refuses.
pub(super) async fn read(request: Request) -> Bytes {
    let body: Body = request.into_body();
    Limited::new(body, FORM_LIMIT)
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default()
}

fn respond(page: ProviderResponse) -> Response {
    let mut response = Response::new(Body::from(page.body));
    *response.status_mut() = page.status;
    *response.headers_mut() = page.headers;
    if let Some(refusal) = page.refusal {
        response.extensions_mut().insert(refusal);
    }
    response
}
