//! The self-service pages as a service, rendered by [`kratos_ui`].

use actix_web::{
    HttpRequest, HttpResponse, Resource, Route,
    dev::{AppService, HttpServiceFactory},
    guard,
    http::header::ACCEPT_ENCODING,
    web::{self, ServiceConfig},
};
use kratos_ui::{Page, PageRenderer, PageRoute, Theme, assets::Asset, view::View};

use crate::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, logout};

/// The self-service pages of an application: login, registration, recovery, verification, settings, errors,
/// signing out, and the files that they load.
///
/// As a service it mounts all of them. Each page alone is a `Route`, for those who bring some of their own. All go
/// inside of a [`KratosMiddleware`](crate::KratosMiddleware) whose [`Kratos`](crate::Kratos) have a client
/// and links.
///
/// ```
/// use actix_web::App;
/// use kratos_actix::{KratosMiddleware, Kratos, ui::Pages};
/// use kratos_core::{client::Client, policy::Links, resolve::HttpResolver};
/// use kratos_ui::Theme;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let pages = Pages::new(Theme::new().with_name("Acme"));
/// let kratos = "http://localhost:4433";
/// let sessions = Kratos::from_resolver(HttpResolver::new(kratos)?)
///     .with_client(Client::new(kratos)?)
///     .with_app("http://localhost:4455")?.with_browser_url(kratos)?;
/// let app = App::new().service(pages.clone()).wrap(KratosMiddleware::new(sessions.clone()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Pages(PageRenderer<HttpRequest>);

macro_rules! page {
    ($(#[$meta:meta])* $name:ident, $flow:ident, $render:ident) => {
        $(#[$meta])*
        pub fn $name(&self) -> Route {
            let look = self.0.clone();
            read().to(move |flow: $flow, request: HttpRequest| {
                let response = respond(look.$render(&flow.0, &request));
                async move { response }
            })
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
    pub fn with_theme_for(
        self,
        choose: impl Fn(&HttpRequest) -> Option<Theme> + Send + Sync + 'static,
    ) -> Self {
        Self(self.0.with_theme_for(choose))
    }

    /// Changes what a page shows before it is rendered. Default: nothing.
    pub fn with_view(self, change: impl Fn(&mut View, &HttpRequest) + Send + Sync + 'static) -> Self {
        Self(self.0.with_view(change))
    }

    /// Mounts all of them, where `App::service` cannot be called: `App::new().configure(|app| pages.configure(app))`.
    pub fn configure(&self, app: &mut ServiceConfig) {
        self.resources().for_each(|resource| {
            app.service(resource);
        });
    }

    /// Mounts the files that the pages load alone: for those who mount pages one by one.
    pub fn configure_assets(&self, app: &mut ServiceConfig) {
        for (path, served) in self.0.theme().served() {
            if let PageRoute::Asset(asset) = served {
                app.route(&path, file(asset));
            }
        }
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

    fn resources(&self) -> impl Iterator<Item = Resource> {
        self.0.theme().served().into_iter().filter_map(|(path, served)| {
            let route = match served {
                PageRoute::Login => self.login(),
                PageRoute::Registration => self.registration(),
                PageRoute::Recovery => self.recovery(),
                PageRoute::Verification => self.verification(),
                PageRoute::Settings => self.settings(),
                PageRoute::Error => self.error(),
                PageRoute::Logout => web::post().to(logout),
                PageRoute::Asset(asset) => file(asset),
                _ => return None,
            };
            Some(web::resource(path).route(route))
        })
    }
}

/// All pages: `App::new().service(pages)`.
impl HttpServiceFactory for Pages {
    fn register(self, app: &mut AppService) {
        self.resources().for_each(|resource| resource.register(app));
    }
}

/// A page as a response, with the headers that belong to it: for handlers of your own that render a flow.
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
        let (headers, body) = asset.answer(accepted);
        let mut response = HttpResponse::Ok();
        for header in headers {
            response.insert_header(header);
        }
        response.body(body)
    })
}

/// GET, and HEAD as it should be, which actix-web leaves to us.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
