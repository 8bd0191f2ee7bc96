//! What a native app may do.

use uuid::Uuid;

use crate::{
    client::{
        Error, FlowRef, NewFlow, Submitted, WithCookies, call::Creds, connection::Connection,
        submit::SubmitBody,
    },
    flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
    model::SecretText,
};

/// What a native app may do; from [`Client::native`](super::Client::native). No cookie can get here: Kratos refuses
/// a native flow that comes with one (0.9 and later).
#[derive(Clone, Debug)]
pub struct Native<'a> {
    pub(super) connection: &'a Connection,
    pub(super) creds: Creds,
}

impl<'a> Native<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, creds: Creds::None }
    }

    /// The same with a session: settings, a refresh, a step-up and one's own sessions need it.
    #[must_use]
    pub fn with_session_token(mut self, token: &SecretText) -> Self {
        self.creds = Creds::Token(token.clone());
        self
    }

    /// Starts a sign-in, a refresh or a step-up.
    ///
    /// # Errors
    /// [`Error::is_already_signed_in`] without a refresh; [`Error::is_unauthenticated`] for AAL2 without a session.
    #[doc(alias = "initialize_self_service_login_without_browser")]
    #[doc(alias = "createNativeLoginFlow")]
    pub async fn create_login_flow(&self, options: &NewFlow) -> Result<LoginFlow, Error> {
        self.connection.create_native(&self.creds, options).await
    }

    /// Reads a login flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_login_flow")]
    #[doc(alias = "getLoginFlow")]
    pub async fn get_login_flow(&self, id: Uuid) -> Result<LoginFlow, Error> {
        self.connection.get_flow(id, &self.creds).await.map(WithCookies::drop_cookies)
    }

    /// Submits a login flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_login_flow")]
    #[doc(alias = "updateLoginFlow")]
    pub async fn submit_login_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<LoginFlow>,
    ) -> Result<Submitted<LoginFlow>, Error> {
        self.connection
            .submit(flow.into(), &self.creds, body.into_body())
            .await
            .map(WithCookies::drop_cookies)
    }

    /// Starts a sign-up.
    ///
    /// # Errors
    /// [`Error::is_already_signed_in`]; a refusal when registration is switched off.
    #[doc(alias = "initialize_self_service_registration_without_browser")]
    #[doc(alias = "createNativeRegistrationFlow")]
    pub async fn create_registration_flow(&self, options: &NewFlow) -> Result<RegistrationFlow, Error> {
        self.connection.create_native(&self.creds, options).await
    }

    /// Reads a registration flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_registration_flow")]
    #[doc(alias = "getRegistrationFlow")]
    pub async fn get_registration_flow(&self, id: Uuid) -> Result<RegistrationFlow, Error> {
        self.connection.get_flow(id, &self.creds).await.map(WithCookies::drop_cookies)
    }

    /// Submits a registration flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_registration_flow")]
    #[doc(alias = "updateRegistrationFlow")]
    pub async fn submit_registration_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<RegistrationFlow>,
    ) -> Result<Submitted<RegistrationFlow>, Error> {
        self.connection
            .submit(flow.into(), &self.creds, body.into_body())
            .await
            .map(WithCookies::drop_cookies)
    }

    /// Starts a change of profile or credentials.
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`]; [`Error::needs_aal2`].
    #[doc(alias = "initialize_self_service_settings_for_native_apps")]
    #[doc(alias = "createNativeSettingsFlow")]
    pub async fn create_settings_flow(&self, options: &NewFlow) -> Result<SettingsFlow, Error> {
        self.connection.create_native(&self.creds, options).await
    }

    /// Reads a settings flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_settings_flow")]
    #[doc(alias = "getSettingsFlow")]
    pub async fn get_settings_flow(&self, id: Uuid) -> Result<SettingsFlow, Error> {
        self.connection.get_flow(id, &self.creds).await.map(WithCookies::drop_cookies)
    }

    /// Submits a settings flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_settings_flow")]
    #[doc(alias = "updateSettingsFlow")]
    pub async fn submit_settings_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<SettingsFlow>,
    ) -> Result<Submitted<SettingsFlow>, Error> {
        self.connection
            .submit(flow.into(), &self.creds, body.into_body())
            .await
            .map(WithCookies::drop_cookies)
    }

    /// Starts a recovery.
    ///
    /// # Errors
    /// [`Error::is_already_signed_in`]; a refusal when recovery is switched off.
    #[doc(alias = "initialize_self_service_recovery_for_native_apps")]
    #[doc(alias = "createNativeRecoveryFlow")]
    pub async fn create_recovery_flow(&self, options: &NewFlow) -> Result<RecoveryFlow, Error> {
        self.connection.create_native(&self.creds, options).await
    }

    /// Reads a recovery flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_recovery_flow")]
    #[doc(alias = "getRecoveryFlow")]
    pub async fn get_recovery_flow(&self, id: Uuid) -> Result<RecoveryFlow, Error> {
        self.connection.get_flow(id, &self.creds).await.map(WithCookies::drop_cookies)
    }

    /// Submits a recovery flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_recovery_flow")]
    #[doc(alias = "submit_self_service_recovery_flow_with_link_method")]
    #[doc(alias = "updateRecoveryFlow")]
    pub async fn submit_recovery_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<RecoveryFlow>,
    ) -> Result<Submitted<RecoveryFlow>, Error> {
        self.connection
            .submit(flow.into(), &self.creds, body.into_body())
            .await
            .map(WithCookies::drop_cookies)
    }

    /// Starts a verification.
    ///
    /// # Errors
    /// A refusal when verification is switched off.
    #[doc(alias = "initialize_self_service_verification_for_native_apps")]
    #[doc(alias = "createNativeVerificationFlow")]
    pub async fn create_verification_flow(&self, options: &NewFlow) -> Result<VerificationFlow, Error> {
        self.connection.create_native(&self.creds, options).await
    }

    /// Reads a verification flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_verification_flow")]
    #[doc(alias = "getVerificationFlow")]
    pub async fn get_verification_flow(&self, id: Uuid) -> Result<VerificationFlow, Error> {
        self.connection.get_flow(id, &self.creds).await.map(WithCookies::drop_cookies)
    }

    /// Submits a verification flow.
    ///
    /// # Errors
    /// [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_verification_flow")]
    #[doc(alias = "updateVerificationFlow")]
    pub async fn submit_verification_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<VerificationFlow>,
    ) -> Result<Submitted<VerificationFlow>, Error> {
        self.connection
            .submit(flow.into(), &self.creds, body.into_body())
            .await
            .map(WithCookies::drop_cookies)
    }
}
