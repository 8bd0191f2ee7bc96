//! Logout, begun by a client or at the provider.

use http::StatusCode;
use kratos_core::{KratosRequest, SessionState};
use kratos_model::oauth2::LogoutRequest;
use kratos_ui::{
    FormPage, Phrase,
    view::{ButtonStyle, PageKind},
};
use uuid::Uuid;

use super::{
    DECISION, OAuth2Pages, ProviderResponse, TOKEN,
    form::PostedForm,
    form_token::{self, Purpose},
    prompt::{LONGEST_NAME, shown},
};
use crate::HydraAdmin;

const CHALLENGE: &str = "logout_challenge";

/// The session of the browser, as far as a logout concerns it.
struct Present {
    session: Option<Uuid>,
    identity: Option<Uuid>,
    hydra: HydraAdmin,
}

impl Present {
    /// Whether another user is signed in than the one whose session would end.
    fn is_other(&self, asked: &LogoutRequest) -> bool {
        let subject = Uuid::try_parse(&asked.subject).ok();
        self.identity.is_some_and(|identity| Some(identity) != subject)
    }
}

impl OAuth2Pages {
    /// Answers `GET` of the logout page: `?logout_challenge=`. Asks the user, unless Hydra knows the client as
    /// `skip_logout_consent` and the client sent an ID token of this session.
    ///
    /// A challenge of another user than the signed-in one is not accepted.
    pub async fn logout(&self, request: &KratosRequest) -> ProviderResponse {
        let Some(challenge) = request.query(CHALLENGE) else { return self.without_challenge(request) };
        let present = match self.leaving(request).await {
            Ok(present) => present,
            Err(response) => return response,
        };
        let asked = match self.leave_asked(request, &present, &challenge).await {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        let is_asked = !(asked.rp_initiated
            && asked.client.as_ref().is_some_and(|client| client.skip_logout_consent == Some(true)));
        if !is_asked {
            // Hydra ends Kratos' session, if `urls.identity_provider` is set; a GET must not.
            return match present.hydra.accept_logout_request(&challenge).await {
                Ok(next) => ProviderResponse::redirect(next.as_str()),
                Err(error) => self.failed(request, &error),
            };
        }
        let theme = self.theme(request, &[]);
        let mut page = FormPage::new(PageKind::Logout, theme.phrase(Phrase::SignOut), self.0.routes.logout())
            .with_hidden(CHALLENGE, challenge.as_str())
            .with_text(theme.phrase(Phrase::LogoutQuestion));
        if let Some(client) = &asked.client {
            let name =
                shown(&client.client_name, LONGEST_NAME).or_else(|| shown(&client.client_id, LONGEST_NAME));
            let name = name.unwrap_or_else(|| theme.phrase(Phrase::ConsentUnnamed));
            page = page
                .with_logo(&client.logo_uri, "")
                .with_text(theme.phrase(Phrase::LogoutClient).replace("{client}", &name));
            page = client.post_logout_redirect_uris.iter().cloned().fold(page, FormPage::with_form_target);
        }
        let page = page
            .with_button(DECISION, "accept", theme.phrase(Phrase::SignOut), ButtonStyle::Primary)
            .with_button(DECISION, "reject", theme.phrase(Phrase::LogoutStay), ButtonStyle::Secondary);
        let purpose = Purpose { page: "logout", challenge: &challenge, session: present.session };
        self.show_form(request, &theme, StatusCode::OK, page, purpose)
    }

    /// Answers `POST` of the logout page. Ends the session at the provider, and Kratos' session of this browser with it.
    pub async fn logout_decision(&self, request: &KratosRequest, body: &[u8]) -> ProviderResponse {
        let form = PostedForm::read(body);
        let challenge = form.text(CHALLENGE);
        if challenge.is_empty() {
            return self.without_challenge(request);
        }
        let present = match self.leaving(request).await {
            Ok(present) => present,
            Err(response) => return response,
        };
        let purpose = Purpose { page: "logout", challenge, session: present.session };
        if !form_token::is_genuine(request, self.0.is_https, purpose, form.text(TOKEN)) {
            return self.forged(request);
        }
        if let Err(response) = self.leave_asked(request, &present, challenge).await {
            return response;
        }
        if form.text(DECISION) != "accept" {
            return match present.hydra.reject_logout_request(challenge).await {
                Ok(()) => ProviderResponse::redirect("/"),
                Err(error) => self.failed(request, &error),
            };
        }
        // First Hydra: it can be asked again if Kratos does not answer. The session there ends with the redirect.
        let next = match present.hydra.accept_logout_request(challenge).await {
            Ok(next) => next,
            Err(error) => return self.failed(request, &error),
        };
        match request.logout().await {
            Ok(ended) => ProviderResponse::redirect(next.as_str()).with_cookies_of(&ended),
            Err(rejection) => rejection.into(),
        }
    }

    /// Finds the session. Hydra's can be there without one of Kratos, so that the page serves anonymous requests too; their calls
    /// have places of their own.
    async fn leaving(&self, request: &KratosRequest) -> Result<Present, ProviderResponse> {
        Ok(match request.session_state().await? {
            SessionState::Active(session) => Present {
                session: Some(session.id),
                identity: session.identity.as_ref().map(|identity| identity.id),
                hydra: self.0.hydra.clone(),
            },
            _ => Present { session: None, identity: None, hydra: self.0.hydra.for_stranger() },
        })
    }

    /// Reads the request, and refuses it for another user than the signed-in one.
    async fn leave_asked(
        &self,
        request: &KratosRequest,
        present: &Present,
        challenge: &str,
    ) -> Result<LogoutRequest, ProviderResponse> {
        let asked = match present.hydra.get_logout_request(challenge).await {
            Ok(asked) => asked,
            // Hydra 26.2.0 names the path of its own request, which this browser is not to repeat.
            Err(error) if error.is_gone() => return Err(ProviderResponse::redirect("/")),
            Err(error) => return Err(self.failed(request, &error)),
        };
        if present.is_other(&asked) {
            return Err(self.notice(request, StatusCode::FORBIDDEN, Phrase::ProviderExpired));
        }
        Ok(asked)
    }
}
