//! The self-service pages as routes, rendered by [`kratos_ui`].

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING, request::Parts};
use kratos_ui::{Page, PageRenderer, PageRoute, Theme, assets::Asset, view::View};

use crate::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout};

/// The self-service pages of an application: login, registration, recovery, verification, settings, errors,
/// signing out, and the files that they load.
///
/// [`router`](Self::router) mounts all of them. Each page alone is a `MethodRouter`, for those who bring some of
/// their own. All go inside of a [`KratosLayer`](crate::KratosLayer) whose [`Kratos`](crate::Kratos) have a
/// client and links.
///
/// ```
/// use axum::Router;
/// use kratos_axum::{KratosLayer, Kratos, ui::Pages};
/// use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
/// use kratos_ui::Theme;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let theme = Theme::new().with_name("Acme");
/// let kratos = "http://localhost:4433";
/// let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
///     .with_client(Client::new(kratos)?)
///     .with_app("http://localhost:4455")?.with_browser_url(kratos)?;
/// let app: Router = Pages::new(theme).router().layer(KratosLayer::new(sessions));
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
            let look = self.0.clone();
            get(async move |flow: $flow, parts: Parts| respond(look.$render(&flow.0, &parts)))
        }
    };
}

impl Pages {
    /// The pages by this theme, at the paths of its [`Routes`](kratos_ui::Routes).
    pub fn new(theme: Theme) -> Self {
        Self(PageRenderer::new(theme))
    }

    /// Another theme for some requests: a language, a tenant's colours. `None` keeps the one of
    /// [`new`](Self::new), whose paths are served in any case.
    pub fn with_theme_for(self, choose: impl Fn(&Parts) -> Option<Theme> + Send + Sync + 'static) -> Self {
        Self(self.0.with_theme_for(choose))
    }

    /// Changes what a page shows before it is rendered. Default: nothing.
    pub fn with_view(self, change: impl Fn(&mut View, &Parts) + Send + Sync + 'static) -> Self {
        Self(self.0.with_view(change))
    }

    /// All of them. Those that [`Routes`](kratos_ui::Routes) leaves out are not there.
    ///
    /// # Panics
    /// When two of the theme's paths are the same, as axum does, or hold what is no path for axum.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.0.theme().served().into_iter().fold(Router::new(), |router, (path, served)| {
            let route = match served {
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
            router.route(&path, route)
        })
    }

    /// The files that the pages load, alone: for those who mount pages one by one.
    pub fn assets<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.0.theme().served().into_iter().fold(Router::new(), |router, (path, served)| match served {
            PageRoute::Asset(asset) => {
                router.route(&path, get(async move |headers: HeaderMap| file(asset, &headers)))
            }
            _ => router,
        })
    }

    page!(
        /// The page of login flows: sign-in, sign-in again, second factor.
        login, LoginFlow, page
    );
    page!(
        /// The page of registration flows.
        registration, RegistrationFlow, page
    );
    page!(
        /// The page of recovery flows.
        recovery, RecoveryFlow, page
    );
    page!(
        /// The page of verification flows.
        verification, VerificationFlow, page
    );
    page!(
        /// The page of settings flows.
        settings, SettingsFlow, page
    );
    page!(
        /// The page of errors.
        error, FlowError, error_page
    );
}

/// A page as a response, with the headers that belong to it: for handlers of your own that render a flow.
#[must_use]
pub fn respond(page: Page) -> Response {
    let headers = page.headers().map(|(name, value)| (name, HeaderValue::from_str(value)));
    let mut response = Response::new(Body::empty());
    for (name, value) in headers {
        // What the theme was given is no header only where an origin was none; then there is no page either.
        let Ok(value) = value else { return http::StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        response.headers_mut().insert(name, value);
    }
    *response.body_mut() = Body::from(page.into_html());
    response
}

fn file(asset: Asset, headers: &HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok());
    let (headers, body) = asset.answer(accepted);
    let mut response = Response::new(Body::from(body));
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
