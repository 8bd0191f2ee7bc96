//! Consent to a client.

use std::sync::Arc;

use http::StatusCode;
use kratos_core::{
    KratosRequest,
    policy::{Refusal, Requirement},
};
use kratos_model::{Identity, Session, oauth2::ConsentRequest};
use url::form_urlencoded;
use uuid::Uuid;

use super::{
    DECISION, OAuth2Pages, ProviderResponse, RememberConsent, TOKEN,
    form::PostedForm,
    form_token::{self, Purpose},
    prompt,
};
use crate::{ConsentGrant, GrantedScopes, ProviderRefusal};

const CHALLENGE: &str = "consent_challenge";
/// The parameter of a user who signed in anew for this request.
const ANEW: &str = "anew";

/// What a request for consent is decided by.
struct Asked {
    request: ConsentRequest,
    challenge: String,
    present: Present,
}

/// The signed-in user.
struct Present {
    session: Arc<Session>,
    identity: Arc<Identity>,
}

impl Present {
    fn purpose<'a>(&self, challenge: &'a str) -> Purpose<'a> {
        Purpose { page: "consent", challenge, session: Some(self.session.id) }
    }
}

impl Asked {
    fn is_subject(&self) -> bool {
        Uuid::try_parse(&self.request.subject).is_ok_and(|subject| subject == self.present.identity.id)
    }

    fn purpose(&self) -> Purpose<'_> {
        self.present.purpose(&self.challenge)
    }
}

impl OAuth2Pages {
    /// Answers `GET` of the consent page: `?consent_challenge=`. Asks the user, or accepts at once where no question is left: the
    /// consent was remembered, or the client skips it.
    ///
    /// Redirects to login without a session, and to the second factor where the client asks for it by `acr_values`; both
    /// return here.
    pub async fn consent(&self, request: &KratosRequest) -> ProviderResponse {
        let Some(challenge) = request.query(CHALLENGE) else { return self.without_challenge(request) };
        let asked = match self.present(request).await {
            Ok(present) => self.asked(request, present, challenge).await,
            Err(response) => Err(response),
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        let theme = self.theme(request, asked.request.ui_locales());
        if !asked.is_subject() {
            if request.query(ANEW).is_some() {
                return self.reject(request, &asked.challenge).await;
            }
            let page = self.0.other_account(&theme, &asked.request, &asked.present.identity);
            return self.show_form(request, &theme, StatusCode::OK, page, asked.purpose());
        }
        if self.is_skipped(&asked.request) {
            let scopes = asked.request.requested_scope.clone();
            return self.accept(request, &asked, scopes, false).await;
        }
        let page = self.0.prompt(&theme, &asked.request, &asked.present.identity);
        self.show_form(request, &theme, StatusCode::OK, page, asked.purpose())
    }

    /// Answers `POST` of the consent page, with the body of its form: at most [`FORM_LIMIT`](crate::FORM_LIMIT) bytes.
    pub async fn consent_decision(&self, request: &KratosRequest, body: &[u8]) -> ProviderResponse {
        let form = PostedForm::read(body);
        let challenge = form.text(CHALLENGE).to_owned();
        if challenge.is_empty() {
            return self.without_challenge(request);
        }
        let present = match self.present(request).await {
            Ok(present) => present,
            Err(response) => return response,
        };
        let purpose = present.purpose(&challenge);
        if !form_token::is_genuine(request, self.0.is_https, purpose, form.text(TOKEN)) {
            return self.forged(request);
        }
        let asked = match self.asked(request, present, challenge).await {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        match form.text(DECISION) {
            "anew" if !asked.is_subject() => self.sign_in_anew(request, &asked.challenge).await,
            "accept" if asked.is_subject() => {
                let is_granted =
                    |scope: &&String| !prompt::is_choice(scope) || form.is_checked(&prompt::choice(scope));
                let scopes = asked.request.requested_scope.iter().filter(is_granted).cloned().collect();
                self.accept(request, &asked, scopes, form.is_checked("remember")).await
            }
            "reject" => self.reject(request, &asked.challenge).await,
            _ => self.forged(request),
        }
    }

    /// Requires the session of a user: before Hydra is called, so that anonymous requests cost it nothing.
    async fn present(&self, request: &KratosRequest) -> Result<Present, ProviderResponse> {
        request.require(&Requirement::signed_in().with_live_session()).await?;
        let session = request.session().await?;
        let identity = session.identity.clone();
        let identity = identity.ok_or_else(|| request.refuse(&Refusal::missing_identity()))?;
        Ok(Present { session, identity })
    }

    /// Reads the request, and requires a second factor if the client asks for it.
    async fn asked(
        &self,
        request: &KratosRequest,
        present: Present,
        challenge: String,
    ) -> Result<Asked, ProviderResponse> {
        let consent = self.0.hydra.get_consent_request(&challenge).await;
        let mut consent = consent.map_err(|error| self.failed(request, &error))?;
        // The one that the form sends back, whatever Hydra repeats.
        consent.challenge = challenge.as_str().into();
        if consent.acr_values().iter().any(|value| self.0.two_factors.contains(value)) {
            request.require(&Requirement::signed_in().with_live_session().with_aal2()).await?;
        }
        Ok(Asked { request: consent, challenge, present })
    }

    fn is_skipped(&self, asked: &ConsentRequest) -> bool {
        let skips = asked
            .client
            .as_ref()
            .is_some_and(|client| client.skip_consent || self.0.trusted.contains(&client.client_id));
        asked.skip || skips
    }

    async fn accept(
        &self,
        request: &KratosRequest,
        asked: &Asked,
        scopes: Vec<String>,
        is_remembered: bool,
    ) -> ProviderResponse {
        let granted = GrantedScopes::from_iter(scopes);
        let claims = match &self.0.claims {
            Some(claims) => claims(&asked.present.identity, &asked.request, &granted),
            None => self.0.mapping.claims(&asked.present.identity, &granted),
        };
        let mut grant = ConsentGrant::new(granted.iter())
            .with_audience(&asked.request.requested_access_token_audience)
            .with_claims(claims);
        grant = match self.0.remember {
            RememberConsent::Always(time) => grant.with_remember_for(time),
            RememberConsent::Ask(time) if is_remembered => grant.with_remember_for(time),
            RememberConsent::Ask(_) | RememberConsent::Never => grant,
        };
        match self.0.hydra.accept_consent_request(&asked.challenge, &grant).await {
            Ok(next) => ProviderResponse::redirect(next.as_str()),
            Err(error) => self.failed(request, &error),
        }
    }

    async fn reject(&self, request: &KratosRequest, challenge: &str) -> ProviderResponse {
        let refusal = ProviderRefusal::access_denied().with_description("The user denied the request.");
        match self.0.hydra.reject_consent_request(challenge, &refusal).await {
            Ok(next) => ProviderResponse::redirect(next.as_str()),
            Err(error) => self.failed(request, &error),
        }
    }

    /// Ends the session of the wrong user. The next request for this page redirects to login and returns.
    async fn sign_in_anew(&self, request: &KratosRequest, challenge: &str) -> ProviderResponse {
        let ended = match request.logout().await {
            Ok(ended) => ended,
            Err(rejection) => return rejection.into(),
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair(CHALLENGE, challenge)
            .append_pair(ANEW, "true")
            .finish();
        let back = format!("{}?{query}", self.0.routes.consent());
        ProviderResponse::redirect(&back).with_cookies_of(&ended)
    }
}
