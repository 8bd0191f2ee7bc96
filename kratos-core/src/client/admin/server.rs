//! Health, version and metrics.

use super::AdminClient;
use crate::{
    client::{Error, operations::Operation},
    model::{HealthStatus, Version},
};

impl AdminClient {
    /// Checks that the server accepts requests.
    ///
    /// # Errors
    /// [`Error::is_unavailable`].
    #[doc(alias = "is_alive_admin")]
    #[doc(alias = "isAlive")]
    pub async fn is_alive(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsAlive, &[])?).await
    }

    /// Checks that the server is ready: its database is reachable and migrated.
    ///
    /// # Errors
    /// [`Error::is_unavailable`], with status 503 and the failed checks if Kratos is not ready.
    #[doc(alias = "is_ready_admin")]
    #[doc(alias = "isReady")]
    pub async fn is_ready(&self) -> Result<HealthStatus, Error> {
        self.connection.json(self.connection.call(Operation::IsReady, &[])?).await
    }

    /// Returns the release of the server.
    ///
    /// # Errors
    /// [`Error::is_unavailable`].
    #[doc(alias = "get_version_admin")]
    #[doc(alias = "getVersion")]
    pub async fn get_version(&self) -> Result<Version, Error> {
        self.connection.json(self.connection.call(Operation::GetVersion, &[])?).await
    }

    /// Returns metrics in Prometheus' text format.
    ///
    /// # Errors
    /// [`Error::is_unavailable`].
    #[doc(alias = "prometheus_admin")]
    pub async fn metrics(&self) -> Result<String, Error> {
        self.connection.text(self.connection.call(Operation::Prometheus, &[])?).await
    }

    /// Returns the hash of the configuration (since 0.9). It changes with the configuration.
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    pub async fn config_hash(&self) -> Result<String, Error> {
        self.connection.text(self.connection.call(Operation::ConfigHash, &[])?).await
    }
}
