use actix_web::{
    HttpRequest, HttpResponse, Resource, Route,
    dev::{AppService, HttpServiceFactory},
    guard,
    http::StatusCode,
    web::{self, Bytes, ServiceConfig},
};
use kratos_oauth2::{FORM_LIMIT, OAuth2Pages, ProviderResponse};

use crate::{KratosRequest, body, headers};

/// The pages of a provider as a service: consent, logout, device and error, at the paths of [`OAuth2Pages::routes`]. Mount them
/// inside a [`KratosMiddleware`](crate::KratosMiddleware).
#[derive(Clone, Debug)]
#[must_use]
pub struct ProviderService(OAuth2Pages);

macro_rules! show {
    ($pages:expr, $show:ident) => {{
        let pages = $pages.clone();
        web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(move |request: KratosRequest| {
            let pages = pages.clone();
            async move { respond(&pages.$show(&request).await) }
        })
    }};
}

macro_rules! decide {
    ($pages:expr, $decide:ident) => {{
        let pages = $pages.clone();
        web::post().to(move |request: KratosRequest, form: PostedBody| {
            let pages = pages.clone();
            async move { respond(&pages.$decide(&request, &form.0).await) }
        })
    }};
}

impl ProviderService {
    /// Mounts these pages.
    pub fn new(pages: OAuth2Pages) -> Self {
        Self(pages)
    }

    /// Mounts the pages in a `ServiceConfig`: `App::new().configure(|app| provider.configure(app))`.
    pub fn configure(&self, app: &mut ServiceConfig) {
        self.resources().into_iter().for_each(|resource| {
            app.service(resource);
        });
    }

    fn resources(&self) -> [Resource; 5] {
        let (pages, paths) = (&self.0, self.0.routes());
        let both = |path: &str, show: Route, decide: Route| web::resource(path).route(show).route(decide);
        [
            both(paths.consent(), show!(pages, consent), decide!(pages, consent_decision)),
            both(paths.logout(), show!(pages, logout), decide!(pages, logout_decision)),
            both(paths.device(), show!(pages, device), decide!(pages, device_decision)),
            web::resource(paths.device_success()).route(show!(pages, device_success)),
            web::resource(paths.error()).route(show!(pages, error)),
        ]
    }
}

/// Mounts the pages: `App::new().service(provider)`.
impl HttpServiceFactory for ProviderService {
    fn register(self, app: &mut AppService) {
        self.resources().into_iter().for_each(|resource| resource.register(app));
    }
}

/// The body of a form; empty if it is too large or breaks off, which the page refuses.
pub(super) struct PostedBody(pub(super) Bytes);

impl actix_web::FromRequest for PostedBody {
    type Error = std::convert::Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(_: &HttpRequest, payload: &mut actix_web::dev::Payload) -> Self::Future {
        let body = body::read(payload, FORM_LIMIT);
        Box::pin(async move { Ok(Self(body.await.unwrap_or_default())) })
    }
}

fn respond(page: &ProviderResponse) -> HttpResponse {
    let status = StatusCode::from_u16(page.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::new(status).set_body(page.body.clone()).map_into_boxed_body();
    for (name, value) in &page.headers {
        headers::append(response.headers_mut(), name, value);
    }
    if let Some(refusal) = &page.refusal {
        response.extensions_mut().insert(refusal.clone());
    }
    response
}
