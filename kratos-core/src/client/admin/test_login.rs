//! Tests of single sign-on providers.

use serde_json::json;

use super::AdminClient;
use crate::{
    client::{Error, operations::Operation},
    flow::LoginFlow,
};

impl AdminClient {
    /// Creates a login flow that tests a single sign-on provider and signs no user in (since a release after 26.2). A browser
    /// opens the page of the flow; afterwards [`LoginFlow::test_context`] has what the provider and the mapper returned.
    ///
    /// # Errors
    /// [`Error::is_not_found`] for an unknown provider; [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "createTestLoginFlow")]
    pub async fn create_test_login_flow(&self, provider: &str) -> Result<LoginFlow, Error> {
        let call = self.connection.call(Operation::CreateTestLoginFlow, &[])?;
        self.connection.json(call.json(&json!({"provider_id": provider}))?).await
    }
}
