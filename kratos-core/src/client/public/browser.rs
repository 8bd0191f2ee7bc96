//! What a browser may do.

use uuid::Uuid;

use crate::{
    client::{
        BrowserCookies, Error, FlowRef, NewFlow, Submitted, WithCookies, call::Creds, connection::Connection,
        submit::SubmitBody,
    },
    flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

/// What a browser may do, with its cookies; from [`Client::browser`](super::Client::browser). Every answer comes
/// with cookies to relay.
#[derive(Clone, Debug)]
pub struct Browser<'a> {
    pub(super) connection: &'a Connection,
    pub(super) cookies: BrowserCookies,
}

impl<'a> Browser<'a> {
    pub(super) fn new(connection: &'a Connection, cookies: BrowserCookies) -> Self {
        Self { connection, cookies }
    }

    pub(super) fn creds(&self) -> Creds {
        Creds::Cookies(self.cookies.clone())
    }

    /// Starts a sign-in, a refresh or a step-up.
    ///
    /// # Errors
    /// [`Error::is_already_signed_in`] without a refresh; [`Error::is_unauthenticated`] for AAL2 without a session.
    #[doc(alias = "initialize_self_service_login_for_browsers")]
    #[doc(alias = "createBrowserLoginFlow")]
    pub async fn create_login_flow(&self, options: &NewFlow) -> Result<WithCookies<LoginFlow>, Error> {
        self.connection.create_browser(&self.cookies, options).await
    }

    /// Reads a login flow.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_login_flow")]
    #[doc(alias = "getLoginFlow")]
    pub async fn get_login_flow(&self, id: Uuid) -> Result<WithCookies<LoginFlow>, Error> {
        self.connection.get_flow(id, &self.creds()).await
    }

    /// Submits a login flow. Give the flow itself, or its id and the CSRF token in the body.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_login_flow")]
    #[doc(alias = "updateLoginFlow")]
    pub async fn submit_login_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<LoginFlow>,
    ) -> Result<WithCookies<Submitted<LoginFlow>>, Error> {
        self.connection.submit(flow.into(), &self.creds(), body.into_body()).await
    }

    /// Starts a sign-up.
    ///
    /// # Errors
    /// [`Error::is_already_signed_in`]; a refusal when registration is switched off.
    #[doc(alias = "initialize_self_service_registration_for_browsers")]
    #[doc(alias = "createBrowserRegistrationFlow")]
    pub async fn create_registration_flow(
        &self,
        options: &NewFlow,
    ) -> Result<WithCookies<RegistrationFlow>, Error> {
        self.connection.create_browser(&self.cookies, options).await
    }

    /// Reads a registration flow.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_registration_flow")]
    #[doc(alias = "getRegistrationFlow")]
    pub async fn get_registration_flow(&self, id: Uuid) -> Result<WithCookies<RegistrationFlow>, Error> {
        self.connection.get_flow(id, &self.creds()).await
    }

    /// Submits a registration flow. Give the flow itself, or its id and the CSRF token in the body.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_registration_flow")]
    #[doc(alias = "updateRegistrationFlow")]
    pub async fn submit_registration_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<RegistrationFlow>,
    ) -> Result<WithCookies<Submitted<RegistrationFlow>>, Error> {
        self.connection.submit(flow.into(), &self.creds(), body.into_body()).await
    }

    /// Starts a change of profile or credentials.
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`]; [`Error::needs_aal2`].
    #[doc(alias = "initialize_self_service_settings_for_browsers")]
    #[doc(alias = "createBrowserSettingsFlow")]
    pub async fn create_settings_flow(&self, options: &NewFlow) -> Result<WithCookies<SettingsFlow>, Error> {
        self.connection.create_browser(&self.cookies, options).await
    }

    /// Reads a settings flow. It needs the session, not the CSRF cookie.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_settings_flow")]
    #[doc(alias = "getSettingsFlow")]
    pub async fn get_settings_flow(&self, id: Uuid) -> Result<WithCookies<SettingsFlow>, Error> {
        self.connection.get_flow(id, &self.creds()).await
    }

    /// Submits a settings flow. Give the flow itself, or its id and the CSRF token in the body.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_settings_flow")]
    #[doc(alias = "updateSettingsFlow")]
    pub async fn submit_settings_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<SettingsFlow>,
    ) -> Result<WithCookies<Submitted<SettingsFlow>>, Error> {
        self.connection.submit(flow.into(), &self.creds(), body.into_body()).await
    }

    /// Starts a recovery.
    ///
    /// # Errors
    /// [`Error::is_already_signed_in`]; a refusal when recovery is switched off.
    #[doc(alias = "initialize_self_service_recovery_for_browsers")]
    #[doc(alias = "createBrowserRecoveryFlow")]
    pub async fn create_recovery_flow(&self, options: &NewFlow) -> Result<WithCookies<RecoveryFlow>, Error> {
        self.connection.create_browser(&self.cookies, options).await
    }

    /// Reads a recovery flow.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_recovery_flow")]
    #[doc(alias = "getRecoveryFlow")]
    pub async fn get_recovery_flow(&self, id: Uuid) -> Result<WithCookies<RecoveryFlow>, Error> {
        self.connection.get_flow(id, &self.creds()).await
    }

    /// Submits a recovery flow. Give the flow itself, or its id and the CSRF token in the body.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_recovery_flow")]
    #[doc(alias = "submit_self_service_recovery_flow_with_link_method")]
    #[doc(alias = "updateRecoveryFlow")]
    pub async fn submit_recovery_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<RecoveryFlow>,
    ) -> Result<WithCookies<Submitted<RecoveryFlow>>, Error> {
        self.connection.submit(flow.into(), &self.creds(), body.into_body()).await
    }

    /// Starts a verification.
    ///
    /// # Errors
    /// A refusal when verification is switched off.
    #[doc(alias = "initialize_self_service_verification_for_browsers")]
    #[doc(alias = "createBrowserVerificationFlow")]
    pub async fn create_verification_flow(
        &self,
        options: &NewFlow,
    ) -> Result<WithCookies<VerificationFlow>, Error> {
        self.connection.create_browser(&self.cookies, options).await
    }

    /// Reads a verification flow.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], [`Error::is_expired`].
    #[doc(alias = "get_self_service_verification_flow")]
    #[doc(alias = "getVerificationFlow")]
    pub async fn get_verification_flow(&self, id: Uuid) -> Result<WithCookies<VerificationFlow>, Error> {
        self.connection.get_flow(id, &self.creds()).await
    }

    /// Submits a verification flow. Give the flow itself, or its id and the CSRF token in the body.
    ///
    /// # Errors
    /// [`Error::is_csrf`], [`Error::is_not_found`], or no answer.
    #[doc(alias = "submit_self_service_verification_flow")]
    #[doc(alias = "updateVerificationFlow")]
    pub async fn submit_verification_flow(
        &self,
        flow: impl Into<FlowRef>,
        body: impl SubmitBody<VerificationFlow>,
    ) -> Result<WithCookies<Submitted<VerificationFlow>>, Error> {
        self.connection.submit(flow.into(), &self.creds(), body.into_body()).await
    }
}
