//! What Hydra cannot tell the client.

use http::StatusCode;
use kratos_core::KratosRequest;
use kratos_ui::{
    FormPage, Phrase,
    view::{PageKind, Severity},
};

use super::{OAuth2Pages, ProviderResponse, prompt::shown};

/// The longest text that is shown, in characters.
const LONGEST_TEXT: usize = 500;

impl OAuth2Pages {
    /// Answers `GET` of the error page: `?error=&error_description=&error_hint=`, shown as text.
    ///
    /// Anyone can link to it with a text of their own, so that the page says first, in the application's words, what
    /// happened, and shows the rest as details, shortened. It shows neither links nor `error_debug`.
    pub async fn error(&self, request: &KratosRequest) -> ProviderResponse {
        let theme = self.theme(request, &[]);
        let mut page = FormPage::new(PageKind::Error, theme.phrase(Phrase::ErrorTitle), "")
            .with_message(Severity::Error, theme.phrase(Phrase::ProviderError))
            .with_link("/", theme.phrase(Phrase::Home));
        let code = request.query("error").filter(|code| is_code(code));
        let texts = ["error_description", "error_hint"].into_iter().filter_map(|name| request.query(name));
        for text in code.into_iter().chain(texts) {
            page = shown(&text, LONGEST_TEXT).into_iter().fold(page, FormPage::with_text);
        }
        self.show(request, &theme, StatusCode::BAD_REQUEST, page)
    }
}

fn is_code(code: &str) -> bool {
    code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
