//! What becomes of a user's data when the user deletes the account.

use std::error::Error;

use kratos_axum::{client::AdminClient, model::Identity, ui::AccountDeletion};

/// Deletes accounts by Kratos' admin API.
pub struct Accounts {
    pub kratos: AdminClient,
}

impl AccountDeletion for Accounts {
    async fn delete_account(&self, identity: &Identity) -> Result<(), Box<dyn Error + Send + Sync>> {
        // A real application deletes its own data of the user first: if the call fails, the user can ask again.
        Ok(self.kratos.delete_identity(identity.id).await?)
    }
}
