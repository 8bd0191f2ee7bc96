//! Recovery links and codes for support staff.

use std::time::Duration;

use serde::Serialize;
use uuid::Uuid;

use super::AdminClient;
use crate::{
    client::{Error, operations::Operation},
    flow::FlowType,
    model::{QuietText, RecoveryCode, RecoveryLink},
};

/// A recovery link to create.
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct NewRecoveryLink {
    identity_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<String>,
    #[serde(skip)]
    return_to: Option<QuietText>,
}

impl NewRecoveryLink {
    /// Creates a link to the account of this identity.
    pub fn new(identity_id: Uuid) -> Self {
        Self { identity_id, expires_in: None, return_to: None }
    }

    /// Sets the lifespan, in whole seconds. Default: that of Kratos' configuration.
    pub fn with_expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = Some(go_duration(expires_in));
        self
    }

    /// Sets the URL to redirect the browser to afterwards (since 0.11).
    pub fn with_return_to(mut self, url: &str) -> Self {
        self.return_to = Some(url.into());
        self
    }
}

/// A recovery code to create (since 0.11).
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct NewRecoveryCode {
    identity_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_type: Option<FlowType>,
}

impl NewRecoveryCode {
    /// Creates a code for the account of this identity.
    pub fn new(identity_id: Uuid) -> Self {
        Self { identity_id, expires_in: None, flow_type: None }
    }

    /// Sets the lifespan, in whole seconds. Default: that of Kratos' configuration.
    pub fn with_expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = Some(go_duration(expires_in));
        self
    }

    /// Sets whether the flow is for a browser or a native app (since 1.2). Default: a browser.
    pub fn with_flow_type(mut self, flow_type: FlowType) -> Self {
        self.flow_type = Some(flow_type);
        self
    }
}

fn go_duration(duration: Duration) -> String {
    format!("{}s", duration.as_secs())
}

impl AdminClient {
    /// Creates a link that signs its holder in to the account. Send it to the account's owner only.
    ///
    /// # Errors
    /// [`Error::is_not_found`] (up to 0.8) or [`Error::is_invalid`] (since 0.11) for an unknown identity.
    #[doc(alias = "create_recovery_link_admin")]
    #[doc(alias = "createRecoveryLinkForIdentity")]
    pub async fn create_recovery_link(&self, link: &NewRecoveryLink) -> Result<RecoveryLink, Error> {
        let call = self.connection.call(Operation::CreateRecoveryLinkForIdentity, &[])?;
        self.connection.json(call.query_opt("return_to", link.return_to.as_deref()).json(link)?).await
    }

    /// Creates a code that signs its holder in to the account (since 0.11), and the link of the page to enter it.
    ///
    /// # Errors
    /// [`Error::is_invalid`] or [`Error::is_not_found`] for an unknown identity or a disabled method.
    #[doc(alias = "createRecoveryCodeForIdentity")]
    pub async fn create_recovery_code(&self, code: &NewRecoveryCode) -> Result<RecoveryCode, Error> {
        let call = self.connection.call(Operation::CreateRecoveryCodeForIdentity, &[])?;
        self.connection.json(call.json(code)?).await
    }
}
