//! What a server tells everybody: schemas, errors, scripts, health.

use serde_json::Value;

use super::Client;
use crate::{
    client::{Operation, Pager, error::Error},
    flow::FlowError,
    model::{HealthStatus, IdentitySchema},
};

impl Client {
    /// What went wrong in a browser's flow, by the id that Kratos gave its error page. `stub:500` is an example
    /// that every Kratos has.
    ///
    /// # Errors
    /// [`Error::is_not_found`]; 0.6 answers 403 to an unknown id.
    #[doc(alias = "get_self_service_error")]
    #[doc(alias = "getFlowError")]
    pub async fn get_flow_error(&self, id: &str) -> Result<FlowError, Error> {
        // 0.6 reads `error`, later releases either.
        let call = self.connection.call(Operation::GetFlowError, &[])?;
        self.connection.json(call.query("id", id).query("error", id)).await
    }

    /// The identity schemas (0.8 and later), page by page.
    ///
    /// # Errors
    /// In an era without it.
    #[doc(alias = "listIdentitySchemas")]
    pub fn list_identity_schemas(&self) -> Result<Pager<IdentitySchema>, Error> {
        let call = self.connection.call(Operation::ListIdentitySchemas, &[])?;
        Ok(Pager::new(&self.connection, call))
    }

    /// An identity schema: the JSON schema itself.
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "get_schema")]
    #[doc(alias = "getIdentitySchema")]
    pub async fn get_identity_schema(&self, id: &str) -> Result<Value, Error> {
        self.connection.json(self.connection.call(Operation::GetIdentitySchema, &[id])?).await
    }

    /// The script that security keys and passkeys need (0.8 and later).
    ///
    /// # Errors
    /// In an era without it.
    #[doc(alias = "getWebAuthnJavaScript")]
    pub async fn get_webauthn_javascript(&self) -> Result<String, Error> {
        self.connection.text(self.connection.call(Operation::GetWebAuthnJavaScript, &[])?).await
    }

    /// Whether the server is up.
    ///
    /// # Errors
    /// When it is not.
    #[doc(alias = "isAlive")]
    pub async fn is_alive(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsAlivePublic, &[])?).await
    }

    /// Whether the server can work: its database is there and migrated.
    ///
    /// # Errors
    /// 503 when it cannot.
    #[doc(alias = "isReady")]
    pub async fn is_ready(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsReadyPublic, &[])?).await
    }
}
