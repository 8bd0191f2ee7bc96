//! Links that come back: from a mail, from a provider, from a refresh.

use serde::Serialize;
use url::Url;
use uuid::Uuid;

use super::{Browser, Native};
use crate::{
    client::{Error, Operation, Submitted, WithCookies, answer::RelayRule, flows::Served},
    flow::{CodeExchange, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
    model::{RawJson, SecretText},
};

/// The parameters of a link.
type Query<'q> = &'q [(&'q str, &'q str)];

impl Browser<'_> {
    async fn follow<F: Served>(&self, query: Query<'_>) -> Result<WithCookies<Url>, Error> {
        let mut call = self.connection.creds_call(F::OPERATIONS.follow, &[], &self.creds())?;
        call.query.extend(query.iter().map(|(name, value)| ((*name).to_owned().into(), (*value).to_owned())));
        self.connection.redirect(call.for_a_page()).await
    }

    /// Goes on with a login flow by a link: `flow` and `provider`, for single sign-on without a form. The value is where the browser goes, whether it worked or not.
    ///
    /// # Errors
    /// When Kratos does not redirect.
    pub async fn follow_login(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<LoginFlow>(query).await
    }

    /// Goes on with a registration flow by a link: `flow` and `provider`, for single sign-on without a form. With
    /// two-step registration 26.2.0 takes no link and leads back to the page (observed). The value is where the browser goes, whether it worked or not.
    ///
    /// # Errors
    /// When Kratos does not redirect.
    pub async fn follow_registration(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<RegistrationFlow>(query).await
    }

    /// Takes up a settings change that waited for a refresh: `flow`, and the continuity cookie. The value is where the browser goes, whether it worked or not.
    ///
    /// # Errors
    /// When Kratos does not redirect.
    pub async fn follow_settings(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<SettingsFlow>(query).await
    }

    /// Follows a recovery link: `flow` and `token`. The cookies of the answer hold a session. The value is where the browser goes, whether it worked or not.
    ///
    /// # Errors
    /// When Kratos does not redirect.
    pub async fn follow_recovery(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<RecoveryFlow>(query).await
    }

    /// Follows a verification link: `flow` and `token`, or `flow` and `code`. The value is where the browser goes, whether it worked or not.
    ///
    /// # Errors
    /// When Kratos does not redirect.
    pub async fn follow_verification(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<VerificationFlow>(query).await
    }

    /// The provider sends the browser back: `code` and `state`, or `error`. The value is where the browser goes.
    ///
    /// # Errors
    /// When Kratos does not redirect: it sends most failures to its error page.
    pub async fn oidc_callback(
        &self,
        provider: &str,
        query: &[(&str, &str)],
    ) -> Result<WithCookies<Url>, Error> {
        self.callback(Operation::OidcCallback, &[provider], query).await
    }

    /// The same without the provider's name (1.3 and later).
    ///
    /// # Errors
    /// As for [`Browser::oidc_callback`].
    pub async fn oidc_callback_of_any(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.callback(Operation::OidcCallbackOfAny, &[], query).await
    }

    /// The provider sends the browser back by a form post (0.8 and later). Kratos turns it into the other kind: the
    /// value is the URL of [`Browser::oidc_callback`]. Up to 25.3 it takes such a post without a CSRF token from the
    /// provider `apple` alone.
    ///
    /// # Errors
    /// As for [`Browser::oidc_callback`].
    pub async fn oidc_callback_by_post(
        &self,
        provider: &str,
        fields: &[(&str, &str)],
    ) -> Result<WithCookies<Url>, Error> {
        let call = self.connection.creds_call(Operation::OidcCallbackByPost, &[provider], &self.creds())?;
        self.connection.redirect(call.for_a_page().form(fields)).await
    }

    async fn callback(
        &self,
        operation: Operation,
        values: &[&str],
        query: Query<'_>,
    ) -> Result<WithCookies<Url>, Error> {
        let mut call = self.connection.creds_call(operation, values, &self.creds())?;
        call.query.extend(query.iter().map(|(name, value)| ((*name).to_owned().into(), (*value).to_owned())));
        self.connection.redirect(call.for_a_page()).await
    }

    /// Starts a sign-in by FedCM (25.4 and later, Ory Network only): the parameters as Kratos tells them.
    ///
    /// # Errors
    /// [`Error::is_unsupported`] on a Kratos of one's own.
    #[doc(alias = "createFedcmFlow")]
    pub async fn create_fedcm_flow(&self) -> Result<WithCookies<RawJson>, Error> {
        let call = self.connection.creds_call(Operation::CreateFedcmFlow, &[], &self.creds())?;
        self.connection.fetch(call, &RelayRule::All).await
    }

    /// Signs in by a FedCM token (25.4 and later, Ory Network only).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] on a Kratos of one's own.
    #[doc(alias = "updateFedcmFlow")]
    pub async fn submit_fedcm_flow(
        &self,
        csrf_token: &str,
        token: &SecretText,
        nonce: Option<&str>,
    ) -> Result<WithCookies<Submitted<LoginFlow>>, Error> {
        #[derive(Serialize)]
        struct Body<'b> {
            csrf_token: &'b str,
            token: &'b SecretText,
            #[serde(skip_serializing_if = "Option::is_none")]
            nonce: Option<&'b str>,
        }
        let call = self.connection.creds_call(Operation::UpdateFedcmFlow, &[], &self.creds())?;
        self.connection
            .send_submit(call.json(&Body { csrf_token, token, nonce })?, Uuid::nil(), &self.creds())
            .await
    }
}

impl Native<'_> {
    /// A session for the two codes of a native app after single sign-on (1.0 and later): `init_code` is
    /// `session_token_exchange_code` of the flow, `return_to_code` the parameter `code` that the app was called
    /// back with. The codes work once.
    ///
    /// # Errors
    /// [`Error::is_not_found`] while the sign-in is not done, and for wrong codes; [`Error::is_invalid`] for none.
    #[doc(alias = "exchangeSessionToken")]
    pub async fn exchange_session_token(
        &self,
        init_code: &SecretText,
        return_to_code: &SecretText,
    ) -> Result<CodeExchange, Error> {
        let call = self.connection.call(Operation::ExchangeSessionToken, &[])?;
        let call = call
            .query("init_code", init_code.expose_secret())
            .query("return_to_code", return_to_code.expose_secret());
        self.connection.json(call).await
    }
}
