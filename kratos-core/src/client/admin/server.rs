//! What a server tells its operators.

use super::AdminClient;
use crate::{
    client::{Error, Operation},
    model::{HealthStatus, Version},
};

impl AdminClient {
    /// Whether the server is up.
    ///
    /// # Errors
    /// When it is not.
    #[doc(alias = "is_alive_admin")]
    #[doc(alias = "isAlive")]
    pub async fn is_alive(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsAlive, &[])?).await
    }

    /// Whether the server can work: its database is there and migrated.
    ///
    /// # Errors
    /// 503 when it cannot, with what is missing.
    #[doc(alias = "is_ready_admin")]
    #[doc(alias = "isReady")]
    pub async fn is_ready(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsReady, &[])?).await
    }

    /// Which release the server is.
    ///
    /// # Errors
    /// As for every call.
    #[doc(alias = "get_version_admin")]
    #[doc(alias = "getVersion")]
    pub async fn get_version(&self) -> Result<Version, Error> {
        self.connection.json(self.connection.call(Operation::GetVersion, &[])?).await
    }

    /// Metrics in Prometheus' text form.
    ///
    /// # Errors
    /// As for every call.
    #[doc(alias = "prometheus_admin")]
    pub async fn metrics(&self) -> Result<String, Error> {
        self.connection.text(self.connection.call(Operation::Prometheus, &[])?).await
    }

    /// The hash of the configuration (0.9 and later). It changes when the configuration does.
    ///
    /// # Errors
    /// In an era without it.
    pub async fn config_hash(&self) -> Result<String, Error> {
        self.connection.text(self.connection.call(Operation::ConfigHash, &[])?).await
    }
}
