//! The pages of a provider.

mod consent;
mod device;
mod error;
mod form;
mod form_token;
mod logout;
mod prompt;
mod response;
mod routes;
mod settings;

use http::StatusCode;
use kratos_core::{KratosRequest, SessionState};
use kratos_ui::{
    FormPage, Phrase, Theme,
    view::{PageKind, Severity},
};

pub use form::FORM_LIMIT;
pub use response::ProviderResponse;
pub use routes::ProviderRoutes;
pub use settings::{OAuth2Pages, RememberConsent};

use crate::{HydraAdmin, HydraError};
use form_token::{FormCookie, Purpose};

/// The field that holds the proof of a form.
const TOKEN: &str = "form_token";
/// The field of the button that the user pressed.
const DECISION: &str = "decision";

impl OAuth2Pages {
    /// Selects the theme of a page and its language: `ui_locales` of the client, then `Accept-Language`.
    fn theme(&self, request: &KratosRequest, locales: &[String]) -> Theme {
        self.0.renderer.theme_for(request, locales)
    }

    /// Renders a page.
    fn show(
        &self,
        request: &KratosRequest,
        theme: &Theme,
        status: StatusCode,
        page: FormPage,
    ) -> ProviderResponse {
        ProviderResponse::page(status, self.0.renderer.form_page(theme, page, request))
    }

    /// Returns the admin API for a page that also serves anonymous requests, whose calls have places of their own.
    async fn hydra_for(&self, request: &KratosRequest) -> HydraAdmin {
        match request.session_state().await {
            Ok(SessionState::Active(_)) => self.0.hydra.clone(),
            Ok(_) | Err(_) => self.0.hydra.for_stranger(),
        }
    }

    /// Renders a page whose form only this browser can post for this purpose.
    fn show_form(
        &self,
        request: &KratosRequest,
        theme: &Theme,
        status: StatusCode,
        page: FormPage,
        purpose: Purpose<'_>,
    ) -> ProviderResponse {
        let cookie = FormCookie::of(request, self.0.is_https);
        let page = page.with_hidden(TOKEN, cookie.token(request.kratos(), purpose));
        // Every form leads to Hydra.
        let page = self.0.provider.iter().map(String::as_str).fold(page, FormPage::with_form_target);
        self.show(request, theme, status, page).with_cookie(cookie.to_set(self.0.is_https))
    }

    /// A page that says what happened, with a link home.
    fn notice(&self, request: &KratosRequest, status: StatusCode, text: Phrase) -> ProviderResponse {
        let theme = self.theme(request, &[]);
        let page = FormPage::new(PageKind::Error, theme.phrase(Phrase::ErrorTitle), "")
            .with_message(Severity::Error, theme.phrase(text))
            .with_link("/", theme.phrase(Phrase::Home));
        self.show(request, &theme, status, page)
    }

    /// The form was made for another browser, session or challenge, or by another site.
    fn forged(&self, request: &KratosRequest) -> ProviderResponse {
        tracing::debug!(target: "kratos", "a form of a provider's page was refused: it was not made for this browser and session");
        self.notice(request, StatusCode::FORBIDDEN, Phrase::FromAnotherSite)
    }

    /// A call to Hydra failed.
    fn failed(&self, request: &KratosRequest, error: &HydraError) -> ProviderResponse {
        match error.redirect_to() {
            // Answered before: Hydra says where the browser goes on.
            Some(url) if error.is_gone() => ProviderResponse::redirect(url.as_str()),
            _ if error.is_not_found()
                || error.is_expired()
                || error.is_gone()
                || error.status() == Some(StatusCode::BAD_REQUEST) =>
            {
                self.notice(request, StatusCode::GONE, Phrase::ProviderExpired)
            }
            _ => {
                let page = self.notice(request, StatusCode::SERVICE_UNAVAILABLE, Phrase::ProviderUnavailable);
                page.with_retry_after(error.retry_after())
            }
        }
    }

    fn without_challenge(&self, request: &KratosRequest) -> ProviderResponse {
        self.notice(request, StatusCode::BAD_REQUEST, Phrase::ProviderExpired)
    }
}
