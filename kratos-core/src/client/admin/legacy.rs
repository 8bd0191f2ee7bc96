//! Reads that only the admin port of 0.6 serves. In later eras they are unsupported: the server would redirect to the
//! public port, which requires the browser's CSRF cookie.

use serde_json::Value;
use uuid::Uuid;

use super::AdminClient;
use crate::{
    client::{Error, call::Creds, flows::Served, operations::Operation},
    flow::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

impl AdminClient {
    async fn get_flow_as_admin<F: Served>(&self, id: Uuid) -> Result<F, Error> {
        let call = self.connection.creds_call(F::OPERATIONS.get_as_admin, &[], &Creds::None)?;
        self.connection.json(call.query("id", id.to_string())).await
    }

    /// Returns a login flow, in 0.6 only. Later:
    /// [`Browser::get_login_flow`](crate::client::Browser::get_login_flow).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras; [`Error::is_not_found`].
    #[doc(alias = "get_self_service_login_flow_admin")]
    pub async fn get_login_flow(&self, id: Uuid) -> Result<LoginFlow, Error> {
        self.get_flow_as_admin(id).await
    }

    /// Returns a registration flow, in 0.6 only. Later:
    /// [`Browser::get_registration_flow`](crate::client::Browser::get_registration_flow).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras; [`Error::is_not_found`].
    #[doc(alias = "get_self_service_registration_flow_admin")]
    pub async fn get_registration_flow(&self, id: Uuid) -> Result<RegistrationFlow, Error> {
        self.get_flow_as_admin(id).await
    }

    /// Returns a settings flow, in 0.6 only. Later:
    /// [`Browser::get_settings_flow`](crate::client::Browser::get_settings_flow).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras; [`Error::is_not_found`].
    #[doc(alias = "get_self_service_settings_flow_admin")]
    pub async fn get_settings_flow(&self, id: Uuid) -> Result<SettingsFlow, Error> {
        self.get_flow_as_admin(id).await
    }

    /// Returns a recovery flow, in 0.6 only. Later:
    /// [`Browser::get_recovery_flow`](crate::client::Browser::get_recovery_flow).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras; [`Error::is_not_found`].
    #[doc(alias = "get_self_service_recovery_flow_admin")]
    pub async fn get_recovery_flow(&self, id: Uuid) -> Result<RecoveryFlow, Error> {
        self.get_flow_as_admin(id).await
    }

    /// Returns a verification flow, in 0.6 only. Later:
    /// [`Browser::get_verification_flow`](crate::client::Browser::get_verification_flow).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras; [`Error::is_not_found`].
    #[doc(alias = "get_self_service_verification_flow_admin")]
    pub async fn get_verification_flow(&self, id: Uuid) -> Result<VerificationFlow, Error> {
        self.get_flow_as_admin(id).await
    }

    /// Returns the error of a browser's flow, in 0.6 only. Later:
    /// [`Client::get_flow_error`](crate::client::Client::get_flow_error).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras.
    #[doc(alias = "get_self_service_error_admin")]
    pub async fn get_flow_error(&self, id: &str) -> Result<FlowError, Error> {
        let call = self.connection.call(Operation::GetFlowErrorAsAdmin, &[])?;
        self.connection.json(call.query("id", id).query("error", id)).await
    }

    /// Returns an identity schema, in 0.6 only. Later:
    /// [`Client::get_identity_schema`](crate::client::Client::get_identity_schema).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in later eras; [`Error::is_not_found`].
    #[doc(alias = "get_schema_admin")]
    pub async fn get_identity_schema(&self, id: &str) -> Result<Value, Error> {
        self.connection.json(self.connection.call(Operation::GetIdentitySchemaAsAdmin, &[id])?).await
    }
}
