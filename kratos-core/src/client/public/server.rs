//! Schemas, flow errors, scripts and health.

use serde_json::Value;

use super::Client;
use crate::{
    client::{Error, Pager, operations::Operation},
    flow::FlowError,
    model::{HealthStatus, IdentitySchema},
};

impl Client {
    /// Returns the error of a browser's flow by the `id` parameter of the error page. Every Kratos has the example
    /// `stub:500`.
    ///
    /// # Errors
    /// [`Error::is_not_found`]; 0.6 answers 403 to an unknown id.
    #[doc(alias = "get_self_service_error")]
    #[doc(alias = "getFlowError")]
    pub async fn get_flow_error(&self, id: &str) -> Result<FlowError, Error> {
        // 0.6 reads `error`, later releases read either.
        let call = self.connection.call(Operation::GetFlowError, &[])?;
        self.connection.json(call.query("id", id).query("error", id)).await
    }

    /// Lists the identity schemas (since 0.8).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "listIdentitySchemas")]
    pub fn list_identity_schemas(&self) -> Result<Pager<IdentitySchema>, Error> {
        let call = self.connection.call(Operation::ListIdentitySchemas, &[])?;
        Ok(Pager::new(&self.connection, Operation::ListIdentitySchemas, call))
    }

    /// Returns an identity schema as JSON schema.
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "get_schema")]
    #[doc(alias = "getIdentitySchema")]
    pub async fn get_identity_schema(&self, id: &str) -> Result<Value, Error> {
        self.connection.json(self.connection.call(Operation::GetIdentitySchema, &[id])?).await
    }

    /// Returns the script for security keys and passkeys (since 0.8).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "getWebAuthnJavaScript")]
    pub async fn get_webauthn_javascript(&self) -> Result<String, Error> {
        self.connection.text(self.connection.call(Operation::GetWebAuthnJavaScript, &[])?).await
    }

    /// Returns the page on which a user changes the password (since a release after 26.2): where password managers send users of
    /// an application that serves this URL at its own `/.well-known/change-password`.
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "getWellKnownChangePassword")]
    pub async fn get_change_password_url(&self) -> Result<url::Url, Error> {
        let call = self.connection.call(Operation::GetChangePasswordUrl, &[])?;
        self.connection.redirect(call).await.map(crate::client::WithCookies::drop_cookies)
    }

    /// Checks that the server accepts requests.
    ///
    /// # Errors
    /// [`Error::is_unavailable`].
    #[doc(alias = "isAlive")]
    pub async fn is_alive(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsAlivePublic, &[])?).await
    }

    /// Checks that the server is ready: its database is reachable and migrated.
    ///
    /// # Errors
    /// [`Error::is_unavailable`], with status 503 if Kratos is not ready.
    #[doc(alias = "isReady")]
    pub async fn is_ready(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsReadyPublic, &[])?).await
    }
}
