//! Self-service pages as routes, rendered by [`kratos_ui`].

mod account;

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, LOCATION},
    request::Parts,
};
use kratos_core::{Kratos, pages::AccountDeleter};
use kratos_ui::assets::Asset;

pub use kratos_core::pages::AccountDeletion;
pub use kratos_ui::*;

use crate::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout};

/// The self-service pages: login, registration, recovery, verification, settings, errors, logout, and their assets.
///
/// `Router::merge` takes them, and `Router::from` makes a router of them. The methods return one page each as a
/// `MethodRouter`, to replace some pages. Mount them inside a [`KratosLayer`](crate::KratosLayer).
///
/// `Router::from` and `Router::merge` panic if two paths of the theme are equal or a path is not valid for axum.
///
/// ```
/// use axum::Router;
/// use kratos_axum::{Kratos, KratosLayer, ui::Pages};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Kratos::new("http://localhost:4433")?.with_app("http://localhost:4455")?;
/// let app: Router = Router::new().merge(Pages::new(&kratos, "Acme")).layer(KratosLayer::new(kratos));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Pages {
    renderer: PageRenderer<Parts>,
    deleter: Option<AccountDeleter>,
}

macro_rules! page {
    ($(#[$meta:meta])* $name:ident, $flow:ident, $render:ident) => {
        $(#[$meta])*
        pub fn $name<S: Clone + Send + Sync + 'static>(&self) -> MethodRouter<S> {
            let renderer = self.renderer.clone();
            get(async move |flow: $flow, parts: Parts| respond(renderer.$render(&flow.0, &parts)))
        }
    };
}

impl Pages {
    /// Renders the pages of this [`Kratos`] with a theme, or with the default theme under this name, and mounts them at the
    /// paths of its [`Routes`].
    pub fn new(kratos: &Kratos, theme: impl Into<Theme>) -> Self {
        let urls = kratos.browser_urls();
        let renderer = PageRenderer::new(theme.into().with_origins(urls.iter().map(String::as_str)));
        let renderer = renderer.with_accept_language(|parts: &Parts| {
            let values = parts.headers.get_all(ACCEPT_LANGUAGE).iter();
            let texts: Vec<_> = values.filter_map(|value| value.to_str().ok()).collect();
            (!texts.is_empty()).then(|| texts.join(","))
        });
        Self { renderer, deleter: None }
    }

    /// Selects the language of a page by request, for example by a cookie or the session's identity: a tag, or a list as in
    /// `Accept-Language`. Takes precedence over all other wishes. Needs a theme with `with_languages` (feature `languages`).
    /// Default: `None`.
    pub fn with_language_for(
        self,
        choose: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { renderer: self.renderer.with_language_for(choose), ..self }
    }

    /// Selects a theme by request, for example by language or tenant. `None` selects the theme of
    /// [`new`](Self::new), whose paths are mounted in every case.
    pub fn with_theme_for(self, choose: impl Fn(&Parts) -> Option<Theme> + Send + Sync + 'static) -> Self {
        Self { renderer: self.renderer.with_theme_for(choose), ..self }
    }

    /// Selects a theme by the languages that an OAuth2 client requests (`ui_locales`), in its order of preference. It is
    /// asked only if the client names any, and precedes [`with_theme_for`](Self::with_theme_for). Default: none.
    pub fn with_theme_for_locales(
        self,
        choose: impl Fn(&[String]) -> Option<Theme> + Send + Sync + 'static,
    ) -> Self {
        Self { renderer: self.renderer.with_theme_for_locales(choose), ..self }
    }

    /// Lets users delete their accounts, on the page that [`Routes`] places at [`LinkKind::DeleteAccount`](view::LinkKind). It asks
    /// users who authenticated more than 10 minutes ago to confirm who they are. Default: no such page.
    ///
    /// An [`AccountDeletion`] deletes the identity, by Kratos' admin API, and the application's data of the user.
    pub fn with_account_deletion(self, deletion: impl AccountDeletion) -> Self {
        Self { deleter: Some(AccountDeleter::new(deletion)), ..self }
    }

    /// Changes the content of a page before it is rendered. Default: unchanged.
    pub fn with_view(self, change: impl Fn(&mut View, &Parts) + Send + Sync + 'static) -> Self {
        Self { renderer: self.renderer.with_view(change), ..self }
    }

    /// Returns a router with the assets alone, for applications that mount pages one by one.
    pub fn assets<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.renderer.theme().page_routes().into_iter().fold(Router::new(), |router, (path, route)| {
            match route {
                PageRoute::Asset(asset) => {
                    router.route(&path, get(async move |headers: HeaderMap| file(asset, &headers)))
                }
                _ => router,
            }
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

/// All pages and assets, without those that [`Routes`] leaves out.
impl<S: Clone + Send + Sync + 'static> From<Pages> for Router<S> {
    fn from(pages: Pages) -> Self {
        pages.renderer.theme().page_routes().into_iter().fold(Self::new(), |router, (path, route)| {
            let handler = match route {
                PageRoute::Login => pages.login(),
                PageRoute::Registration => pages.registration(),
                PageRoute::Recovery => pages.recovery(),
                PageRoute::Verification => pages.verification(),
                PageRoute::Settings => pages.settings(),
                PageRoute::Error => pages.error(),
                PageRoute::Logout => post(logout),
                PageRoute::ChangePassword => {
                    let to = pages.renderer.theme().change_password_url().and_then(|url| url.parse().ok());
                    get(async move || redirect(to))
                }
                PageRoute::Sessions => account::sessions(pages.renderer.clone(), path.clone()),
                PageRoute::DeleteAccount => match &pages.deleter {
                    Some(deleter) => account::deletion(pages.renderer.clone(), deleter.clone()),
                    None => return router,
                },
                PageRoute::Asset(asset) => get(async move |headers: HeaderMap| file(asset, &headers)),
                _ => return router,
            };
            router.route(&path, handler)
        })
    }
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

fn redirect(to: Option<HeaderValue>) -> Response {
    let Some(to) = to else { return http::StatusCode::NOT_FOUND.into_response() };
    (http::StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
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
