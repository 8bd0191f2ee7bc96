//! Self-service pages as routes, rendered by [`kratos_ui`].

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING, request::Parts};
use kratos_core::Kratos;
use kratos_ui::assets::Asset;

pub use kratos_ui::*;

use crate::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout};

/// The self-service pages: login, registration, recovery, verification, settings, errors, logout, and their assets.
///
/// [`router`](Self::router) mounts all of them. The other methods return one page each as a `MethodRouter`, to replace some
/// pages. Mount them inside a [`KratosLayer`](crate::KratosLayer).
///
/// ```
/// use axum::Router;
/// use kratos_axum::{Kratos, KratosLayer, ui::{Pages, Theme}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Kratos::new("http://localhost:4433")?.with_app("http://localhost:4455")?;
/// let pages = Pages::new(&kratos, Theme::new().with_name("Acme"));
/// let app: Router = pages.router().layer(KratosLayer::new(kratos));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Pages(PageRenderer<Parts>);

macro_rules! page {
    ($(#[$meta:meta])* $name:ident, $flow:ident, $render:ident) => {
        $(#[$meta])*
        pub fn $name<S: Clone + Send + Sync + 'static>(&self) -> MethodRouter<S> {
            let renderer = self.0.clone();
            get(async move |flow: $flow, parts: Parts| respond(renderer.$render(&flow.0, &parts)))
        }
    };
}

impl Pages {
    /// Renders the pages of this [`Kratos`] with a theme and mounts them at the paths of its [`Routes`].
    pub fn new(kratos: &Kratos, theme: Theme) -> Self {
        let urls = kratos.browser_urls();
        Self(PageRenderer::new(theme.with_origins(urls.iter().map(String::as_str))))
    }

    /// Selects a theme by request, for example by language or tenant. `None` selects the theme of
    /// [`new`](Self::new), whose paths are mounted in every case.
    pub fn with_theme_for(self, choose: impl Fn(&Parts) -> Option<Theme> + Send + Sync + 'static) -> Self {
        Self(self.0.with_theme_for(choose))
    }

    /// Changes the content of a page before it is rendered. Default: unchanged.
    pub fn with_view(self, change: impl Fn(&mut View, &Parts) + Send + Sync + 'static) -> Self {
        Self(self.0.with_view(change))
    }

    /// Returns a router with all pages and assets, without those that [`Routes`] leaves out.
    ///
    /// # Panics
    /// Panics if two paths of the theme are equal or a path is not valid for axum.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.0.theme().page_routes().into_iter().fold(Router::new(), |router, (path, route)| {
            let handler = match route {
                PageRoute::Login => self.login(),
                PageRoute::Registration => self.registration(),
                PageRoute::Recovery => self.recovery(),
                PageRoute::Verification => self.verification(),
                PageRoute::Settings => self.settings(),
                PageRoute::Error => self.error(),
                PageRoute::Logout => post(logout),
                PageRoute::Asset(asset) => get(async move |headers: HeaderMap| file(asset, &headers)),
                _ => return router,
            };
            router.route(&path, handler)
        })
    }

    /// Returns a router with the assets alone, for applications that mount pages one by one.
    pub fn assets<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.0.theme().page_routes().into_iter().fold(Router::new(), |router, (path, route)| match route {
            PageRoute::Asset(asset) => {
                router.route(&path, get(async move |headers: HeaderMap| file(asset, &headers)))
            }
            _ => router,
        })
    }

    page!(
        /// Returns the login page: login, refresh and second factor.
        login, LoginFlow, page
    );
    page!(
        /// Returns the registration page.
        registration, RegistrationFlow, page
    );
    page!(
        /// Returns the recovery page.
        recovery, RecoveryFlow, page
    );
    page!(
        /// Returns the verification page.
        verification, VerificationFlow, page
    );
    page!(
        /// Returns the settings page.
        settings, SettingsFlow, page
    );
    page!(
        /// Returns the error page.
        error, FlowError, error_page
    );
}

/// Converts a page into a response with all of its headers, for handlers that render pages themselves.
#[must_use]
pub fn respond(page: Page) -> Response {
    let headers = page.headers().map(|(name, value)| (name, HeaderValue::from_str(value)));
    let mut response = Response::new(Body::empty());
    for (name, value) in headers {
        // Fails only if an origin of the theme is not a valid header value.
        let Ok(value) = value else { return http::StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        response.headers_mut().insert(name, value);
    }
    *response.body_mut() = Body::from(page.into_html());
    response
}

fn file(asset: Asset, headers: &HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok());
    let (headers, body) = asset.response(accepted);
    let mut response = Response::new(Body::from(body));
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
