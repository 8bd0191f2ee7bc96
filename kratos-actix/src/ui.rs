//! Self-service pages as a service, rendered by [`kratos_ui`].

mod account;

use actix_web::{
    HttpRequest, HttpResponse, Resource, Route,
    dev::{AppService, HttpServiceFactory},
    guard,
    http::header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, LOCATION},
    web::{self, ServiceConfig},
};
use kratos_core::{Kratos, pages::AccountDeleter};
use kratos_ui::assets::Asset;

pub use kratos_core::pages::AccountDeletion;
pub use kratos_ui::*;

use crate::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout};

/// The self-service pages: login, registration, recovery, verification, settings, errors, logout, and their assets.
///
/// As a service, it mounts all of them. The methods return one page each as a `Route`, to replace some pages. Mount them
/// inside a [`KratosMiddleware`](crate::KratosMiddleware).
///
/// ```
/// use actix_web::App;
/// use kratos_actix::{Kratos, KratosMiddleware, ui::Pages};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Kratos::new("http://localhost:4433")?.with_app("http://localhost:4455")?;
/// let pages = Pages::new(&kratos, "Acme");
/// let app = App::new().service(pages.clone()).wrap(KratosMiddleware::new(kratos.clone()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Pages {
    renderer: PageRenderer<HttpRequest>,
    deleter: Option<AccountDeleter>,
}

macro_rules! page {
    ($(#[$meta:meta])* $name:ident, $flow:ident, $render:ident) => {
        $(#[$meta])*
        pub fn $name(&self) -> Route {
            let renderer = self.renderer.clone();
            read().to(move |flow: $flow, request: HttpRequest| {
                let response = respond(renderer.$render(&flow.0, &request));
                async move { response }
            })
        }
    };
}

impl Pages {
    /// Renders the pages of this [`Kratos`] with a theme, or with the default theme under this name, and mounts them at the
    /// paths of its [`Routes`].
    pub fn new(kratos: &Kratos, theme: impl Into<Theme>) -> Self {
        let urls = kratos.browser_urls();
        let renderer = PageRenderer::new(theme.into().with_origins(urls.iter().map(String::as_str)));
        let renderer = renderer.with_accept_language(|request: &HttpRequest| {
            let values = request.headers().get_all(ACCEPT_LANGUAGE);
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
        choose: impl Fn(&HttpRequest) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { renderer: self.renderer.with_language_for(choose), ..self }
    }

    /// Selects a theme by request, for example by language or tenant. `None` selects the theme of
    /// [`new`](Self::new), whose paths are mounted in every case.
    pub fn with_theme_for(
        self,
        choose: impl Fn(&HttpRequest) -> Option<Theme> + Send + Sync + 'static,
    ) -> Self {
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
    pub fn with_view(self, change: impl Fn(&mut View, &HttpRequest) + Send + Sync + 'static) -> Self {
        Self { renderer: self.renderer.with_view(change), ..self }
    }

    /// Mounts all pages and assets in a `ServiceConfig`: `App::new().configure(|app| pages.configure(app))`.
    pub fn configure(&self, app: &mut ServiceConfig) {
        self.resources().for_each(|resource| {
            app.service(resource);
        });
    }

    /// Mounts the assets alone, for applications that mount pages one by one.
    pub fn configure_assets(&self, app: &mut ServiceConfig) {
        for (path, route) in self.renderer.theme().page_routes() {
            if let PageRoute::Asset(asset) = route {
                app.route(&path, file(asset));
            }
        }
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

    fn resources(&self) -> impl Iterator<Item = Resource> {
        self.renderer.theme().page_routes().into_iter().filter_map(|(path, route)| {
            let handler = match route {
                PageRoute::Login => self.login(),
                PageRoute::Registration => self.registration(),
                PageRoute::Recovery => self.recovery(),
                PageRoute::Verification => self.verification(),
                PageRoute::Settings => self.settings(),
                PageRoute::Error => self.error(),
                PageRoute::Logout => web::post().to(logout),
                PageRoute::ChangePassword => {
                    let to = self.renderer.theme().change_password_url().unwrap_or_default();
                    read().to(move || {
                        let response =
                            HttpResponse::SeeOther().insert_header((LOCATION, to.as_str())).finish();
                        async move { response }
                    })
                }
                PageRoute::Sessions => return Some(account::sessions(self.renderer.clone(), path)),
                PageRoute::DeleteAccount => {
                    let deleter = self.deleter.clone()?;
                    return Some(account::deletion(self.renderer.clone(), deleter, path));
                }
                PageRoute::Asset(asset) => file(asset),
                _ => return None,
            };
            Some(web::resource(path).route(handler))
        })
    }
}

/// Mounts all pages and assets: `App::new().service(pages)`.
impl HttpServiceFactory for Pages {
    fn register(self, app: &mut AppService) {
        self.resources().for_each(|resource| resource.register(app));
    }
}

/// Converts a page into a response with all of its headers, for handlers that render pages themselves.
#[must_use]
pub fn respond(page: Page) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    for header in page.headers() {
        response.insert_header(header);
    }
    response.body(page.into_html())
}

fn file(asset: Asset) -> Route {
    read().to(move |request: HttpRequest| async move {
        let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok());
        let (headers, body) = asset.response(accepted);
        let mut response = HttpResponse::Ok();
        for header in headers {
            response.insert_header(header);
        }
        response.body(body)
    })
}

/// Matches GET and HEAD. Unlike axum, actix-web does not answer HEAD for GET routes.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
