//! Ways back into an account, for support staff.

use std::time::Duration;

use serde::Serialize;
use uuid::Uuid;

use super::AdminClient;
use crate::{
    client::{Error, Operation},
    flow::FlowType,
    model::QuietText,
    model::{RecoveryCode, RecoveryLink},
};

/// A recovery link to make.
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
    /// A link into this identity's account.
    pub fn new(identity_id: Uuid) -> Self {
        Self { identity_id, expires_in: None, return_to: None }
    }

    /// How long it works, to the second. Default: the lifespan in Kratos' configuration.
    pub fn with_expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = Some(go_duration(expires_in));
        self
    }

    /// Where the browser goes afterwards (0.11 and later).
    pub fn with_return_to(mut self, url: &str) -> Self {
        self.return_to = Some(url.into());
        self
    }
}

/// A recovery code to make (0.11 and later).
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
    /// A code for this identity's account.
    pub fn new(identity_id: Uuid) -> Self {
        Self { identity_id, expires_in: None, flow_type: None }
    }

    /// How long it works, to the second. Default: the lifespan in Kratos' configuration.
    pub fn with_expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = Some(go_duration(expires_in));
        self
    }

    /// For a browser or a native app (1.2 and later). Default: a browser.
    pub fn with_flow_type(mut self, flow_type: FlowType) -> Self {
        self.flow_type = Some(flow_type);
        self
    }
}

fn go_duration(duration: Duration) -> String {
    format!("{}s", duration.as_secs())
}

impl AdminClient {
    /// Makes a link that lets its holder into an account. Hand it to nobody but its owner.
    ///
    /// # Errors
    /// [`Error::is_not_found`] (up to 0.8) or [`Error::is_invalid`] (0.11 and later) for an unknown identity.
    #[doc(alias = "create_recovery_link_admin")]
    #[doc(alias = "createRecoveryLinkForIdentity")]
    pub async fn create_recovery_link(&self, link: &NewRecoveryLink) -> Result<RecoveryLink, Error> {
        let call = self.connection.call(Operation::CreateRecoveryLinkForIdentity, &[])?;
        self.connection.json(call.query_opt("return_to", link.return_to.as_deref()).json(link)?).await
    }

    /// Makes a code that lets its holder into an account (0.11 and later), and a link to the page that asks for it.
    ///
    /// # Errors
    /// [`Error::is_invalid`] or [`Error::is_not_found`] for an unknown identity, or when the method is switched off.
    #[doc(alias = "createRecoveryCodeForIdentity")]
    pub async fn create_recovery_code(&self, code: &NewRecoveryCode) -> Result<RecoveryCode, Error> {
        let call = self.connection.call(Operation::CreateRecoveryCodeForIdentity, &[])?;
        self.connection.json(call.json(code)?).await
    }
}
