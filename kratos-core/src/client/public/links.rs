//! Redirects back to Kratos: links in mails, single sign-on callbacks, FedCM and the session token exchange.

use http::StatusCode;
use kratos_model::__private::decode_salvaging;
use serde::Serialize;
use url::Url;
use uuid::Uuid;

use super::{Browser, Native};
use crate::{
    client::{
        Error, SessionExchange, Submitted, WithCookies,
        call::Call,
        connection::decode,
        flows::Served,
        operations::Operation,
        with_cookies::{RelayCookies, RelayRule},
    },
    flow::{Flow as _, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
    model::{RawJson, SecretText},
};

/// The query parameters of a link.
type Query<'q> = &'q [(&'q str, &'q str)];

impl Browser<'_> {
    /// Continues a login flow by a link with the parameters `flow` and `provider`, for single sign-on without a form.
    ///
    /// Returns the URL to redirect the browser to, after success and after failure.
    ///
    /// # Errors
    /// Returns an error if Kratos does not redirect.
    pub async fn follow_login(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<LoginFlow>(query).await
    }

    /// Continues a registration flow by a link with the parameters `flow` and `provider`, for single sign-on without a
    /// form. With two-step registration Kratos 26.2.0 ignores the method and redirects to the registration page.
    ///
    /// Returns the URL to redirect the browser to, after success and after failure.
    ///
    /// # Errors
    /// Returns an error if Kratos does not redirect.
    pub async fn follow_registration(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<RegistrationFlow>(query).await
    }

    /// Resumes a settings change after the refresh it required: parameter `flow`, and the continuity cookie.
    ///
    /// Returns the URL to redirect the browser to, after success and after failure.
    ///
    /// # Errors
    /// Returns an error if Kratos does not redirect.
    pub async fn follow_settings(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<SettingsFlow>(query).await
    }

    /// Follows a recovery link with the parameters `flow` and `token`. On success the cookies include a session.
    ///
    /// Returns the URL to redirect the browser to, after success and after failure.
    ///
    /// # Errors
    /// Returns an error if Kratos does not redirect.
    pub async fn follow_recovery(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<RecoveryFlow>(query).await
    }

    /// Follows a verification link with the parameters `flow` and `token`, or `flow` and `code`.
    ///
    /// Returns the URL to redirect the browser to, after success and after failure.
    ///
    /// # Errors
    /// Returns an error if Kratos does not redirect.
    pub async fn follow_verification(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        self.follow::<VerificationFlow>(query).await
    }

    async fn follow<F: Served>(&self, query: Query<'_>) -> Result<WithCookies<Url>, Error> {
        let call = self.connection.creds_call(F::OPERATIONS.follow, &[], &self.creds())?;
        self.page(call, query).await
    }

    /// Passes the callback of a single sign-on provider to Kratos: parameters `code` and `state`, or `error`.
    ///
    /// Returns the URL to redirect the browser to.
    ///
    /// # Errors
    /// Returns an error if Kratos does not redirect. Most failures redirect to the error page.
    pub async fn oidc_callback(
        &self,
        provider: &str,
        query: &[(&str, &str)],
    ) -> Result<WithCookies<Url>, Error> {
        let call = self.connection.creds_call(Operation::OidcCallback, &[provider], &self.creds())?;
        self.page(call, query).await
    }

    /// Does the same as [`oidc_callback`](Self::oidc_callback) on the route without the provider's name (since 1.3).
    ///
    /// # Errors
    /// As [`oidc_callback`](Self::oidc_callback).
    pub async fn oidc_callback_of_any(&self, query: &[(&str, &str)]) -> Result<WithCookies<Url>, Error> {
        let call = self.connection.creds_call(Operation::OidcCallbackOfAny, &[], &self.creds())?;
        self.page(call, query).await
    }

    /// Passes a callback by form post to Kratos (since 0.8). Kratos answers with the URL of
    /// [`oidc_callback`](Self::oidc_callback). Up to 25.3 it accepts such a post without a CSRF token for the provider
    /// `apple` only.
    ///
    /// # Errors
    /// As [`oidc_callback`](Self::oidc_callback).
    pub async fn oidc_callback_by_post(
        &self,
        provider: &str,
        fields: &[(&str, &str)],
    ) -> Result<WithCookies<Url>, Error> {
        let call = self.connection.creds_call(Operation::OidcCallbackByPost, &[provider], &self.creds())?;
        self.page(call.form(fields), &[]).await
    }

    /// Sends a call as a page navigation, which Kratos answers with a redirect.
    async fn page(&self, mut call: Call, query: Query<'_>) -> Result<WithCookies<Url>, Error> {
        call.query.extend(query.iter().map(|(name, value)| ((*name).to_owned().into(), (*value).to_owned())));
        self.connection.redirect(call.for_a_page()).await
    }

    /// Returns the parameters of a sign-in by FedCM (Ory Network, since 25.4), as Kratos' JSON.
    ///
    /// # Errors
    /// [`Error::is_unsupported`] on a self-hosted Kratos.
    #[doc(alias = "createFedcmFlow")]
    pub async fn create_fedcm_flow(&self) -> Result<WithCookies<RawJson>, Error> {
        let call = self.connection.creds_call(Operation::CreateFedcmFlow, &[], &self.creds())?;
        self.connection.fetch(call, &RelayRule::All).await
    }

    /// Signs in with a FedCM token (Ory Network, since 25.4).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] on a self-hosted Kratos.
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

impl Browser<'_> {
    /// Deletes a login flow that tests a provider (since a release after 26.2).
    ///
    /// # Errors
    /// [`Error::is_not_found`]; [`Error::is_invalid`] for a flow that tests none; [`Error::is_unsupported`] in an era without
    /// this operation.
    #[doc(alias = "deleteTestLoginFlow")]
    pub async fn delete_test_login_flow(&self, id: Uuid) -> Result<WithCookies<()>, Error> {
        let call = self.connection.creds_call(Operation::DeleteTestLoginFlow, &[], &self.creds())?;
        let call = call.query("id", id.to_string());
        let (reply, cookies) = self.connection.succeed(call, &RelayRule::OnSuccess).await?;
        Ok(WithCookies::new((), cookies, reply.headers))
    }
}

impl Native<'_> {
    /// Exchanges the two codes of a native single sign-on for a session (since 1.0).
    ///
    /// `init_code` is `session_token_exchange_code` of the flow. `return_to_code` is the parameter `code` of the URL
    /// that opened the app. Each pair of codes works once.
    ///
    /// Returns the flow if the sign-in or registration failed (after 26.2; before, [`Error::is_not_found`]).
    ///
    /// # Errors
    /// [`Error::is_not_found`] until the sign-in is complete, and for wrong codes; [`Error::is_invalid`] for empty ones.
    #[doc(alias = "exchangeSessionToken")]
    pub async fn exchange_session_token(
        &self,
        init_code: &SecretText,
        return_to_code: &SecretText,
    ) -> Result<SessionExchange, Error> {
        let call = self.connection.call(Operation::ExchangeSessionToken, &[])?;
        let call = call
            .query("init_code", init_code.expose_secret())
            .query("return_to_code", return_to_code.expose_secret());
        let what = call.what.clone();
        let reply = self.connection.send(call).await?;
        if reply.status.is_success() {
            return decode(&what, &reply).map(Box::new).map(SessionExchange::Done);
        }
        // selfservice/sessiontokenexchange: the flow that failed, as a submit answers it.
        let failed = (reply.status == StatusCode::UNPROCESSABLE_ENTITY).then(|| failed_flow(&reply.body));
        match failed.flatten() {
            Some(outcome) => Ok(outcome),
            None => Err(self.connection.refused(&what, &reply, RelayCookies::default())),
        }
    }
}

/// Returns the flow of a failed exchange. The path of its action says which flow it is.
fn failed_flow(body: &[u8]) -> Option<SessionExchange> {
    let flow: LoginFlow = decode_salvaging(body).ok()?;
    let action = Url::parse(&flow.ui().action).ok()?;
    if action.path().ends_with("/self-service/registration") {
        return decode_salvaging(body).ok().map(Box::new).map(SessionExchange::Registration);
    }
    Some(SessionExchange::Login(Box::new(flow)))
}
