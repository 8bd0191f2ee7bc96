//! Sign-in of a device (RFC 8628).

use http::StatusCode;
use kratos_core::KratosRequest;
use kratos_ui::{
    FormPage, Phrase,
    view::{ButtonStyle, PageKind, Severity},
};

use super::{
    DECISION, OAuth2Pages, ProviderResponse, TOKEN,
    form::PostedForm,
    form_token::{self, Purpose},
};

const CHALLENGE: &str = "device_challenge";
const CODE: &str = "user_code";
/// The longest code that is passed on.
const LONGEST_CODE: usize = 64;

impl OAuth2Pages {
    /// Answers `GET` of the device page: `?device_challenge=&user_code=`. Asks for the code that the device shows, also if the URL
    /// brings it: the user confirms that they have the device (RFC 8628 §3.3.1). Login and consent follow.
    pub async fn device(&self, request: &KratosRequest) -> ProviderResponse {
        let Some(challenge) = request.query(CHALLENGE) else { return self.without_challenge(request) };
        let code = request.query(CODE).filter(|code| is_code(code));
        self.ask_for_code(request, &challenge, code.as_deref(), false)
    }

    /// Answers `POST` of the device page.
    pub async fn device_decision(&self, request: &KratosRequest, body: &[u8]) -> ProviderResponse {
        let form = PostedForm::read(body);
        let challenge = form.text(CHALLENGE);
        if challenge.is_empty() {
            return self.without_challenge(request);
        }
        if !form_token::is_genuine(request, self.0.is_https, purpose(challenge), form.text(TOKEN)) {
            return self.forged(request);
        }
        let code = form.text(CODE).trim();
        if !is_code(code) {
            return self.ask_for_code(request, challenge, None, true);
        }
        match self.hydra_for(request).await.accept_user_code(challenge, code).await {
            Ok(next) => ProviderResponse::redirect(next.as_str()),
            // The challenge is known: the code is not.
            Err(error) if error.status() == Some(StatusCode::BAD_REQUEST) => {
                self.ask_for_code(request, challenge, None, true)
            }
            Err(error) => self.failed(request, &error),
        }
    }

    /// Answers `GET` of the page at which a device's sign-in ends.
    pub async fn device_success(&self, request: &KratosRequest) -> ProviderResponse {
        let theme = self.theme(request, &[]);
        let page = FormPage::new(PageKind::Device, theme.phrase(Phrase::DeviceTitle), "")
            .with_message(Severity::Success, theme.phrase(Phrase::DeviceDone));
        self.show(request, &theme, StatusCode::OK, page)
    }

    fn ask_for_code(
        &self,
        request: &KratosRequest,
        challenge: &str,
        code: Option<&str>,
        is_wrong: bool,
    ) -> ProviderResponse {
        let theme = self.theme(request, &[]);
        let mut page =
            FormPage::new(PageKind::Device, theme.phrase(Phrase::DeviceTitle), self.0.routes.device())
                .with_hidden(CHALLENGE, challenge)
                .with_text(theme.phrase(Phrase::DeviceQuestion))
                .with_input(CODE, theme.phrase(Phrase::DeviceCode), code)
                .with_button(DECISION, "accept", theme.phrase(Phrase::Continue), ButtonStyle::Primary);
        if is_wrong {
            page = page.with_message(Severity::Error, theme.phrase(Phrase::DeviceWrong));
        }
        self.show_form(request, &theme, StatusCode::OK, page, purpose(challenge))
    }
}

/// The user may sign in after this page, so that the form is bound to the browser alone.
fn purpose(challenge: &str) -> Purpose<'_> {
    Purpose { page: "device", challenge, session: None }
}

fn is_code(code: &str) -> bool {
    (1..=LONGEST_CODE).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
