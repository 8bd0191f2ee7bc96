//! Identities.

use uuid::Uuid;

use super::{AdminClient, BatchIdentities, JsonPatch, ListIdentities, NewIdentity, UpdatedIdentity, list};
use crate::{
    client::{Error, Pager, operations::Operation},
    model::{BatchResults, Identity, Method},
};

impl AdminClient {
    /// Lists identities.
    ///
    /// # Errors
    /// Returns an error for a filter in an era before 0.11, which would ignore it and list all identities.
    #[doc(alias = "list_identities_admin")]
    #[doc(alias = "listIdentities")]
    pub fn list_identities(&self, filter: ListIdentities) -> Result<Pager<Identity>, Error> {
        let call = self.connection.call(Operation::ListIdentities, &[])?;
        Ok(Pager::new(&self.connection, Operation::ListIdentities, filter.apply(call, self.connection.era)?))
    }

    /// Creates an identity.
    ///
    /// # Errors
    /// [`Error::is_conflict`] if an identifier is taken; [`Error::is_invalid`] if the traits do not match the schema or the
    /// release does not support a field.
    #[doc(alias = "create_identity_admin")]
    #[doc(alias = "createIdentity")]
    pub async fn create_identity(&self, identity: &NewIdentity) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::CreateIdentity, &[])?;
        self.connection.json(call.json(identity)?).await
    }

    /// Creates many identities (since 0.13). Succeeds although some may have failed: check each result. Kratos 1.3.1 on SQLite
    /// then also reports identities as created that it did not store.
    ///
    /// # Errors
    /// [`Error::is_conflict`] if all failed; [`Error::is_invalid`] if there are too many.
    #[doc(alias = "batchPatchIdentities")]
    pub async fn batch_patch_identities(&self, identities: &BatchIdentities) -> Result<BatchResults, Error> {
        let call = self.connection.call(Operation::BatchPatchIdentities, &[])?;
        self.connection.json(call.json(identities)?).await
    }

    /// Returns an identity without the secrets of its credentials.
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "get_identity_admin")]
    #[doc(alias = "getIdentity")]
    pub async fn get_identity(&self, id: Uuid) -> Result<Identity, Error> {
        self.get_identity_with_credentials(id, &[]).await
    }

    /// Returns an identity with the secrets of these credentials: hashed passwords, tokens of providers (since 0.8; only
    /// `oidc` up to 0.13).
    ///
    /// # Errors
    /// [`Error::is_not_found`]; [`Error::is_invalid`] for a kind that Kratos does not return.
    pub async fn get_identity_with_credentials(&self, id: Uuid, kinds: &[Method]) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::GetIdentity, &[&id.to_string()])?;
        let query = kinds.iter().map(|kind| ("include_credential", kind.as_str().into())).collect();
        self.connection.json(list::with_query(call, query)).await
    }

    /// Returns an identity by its id in another system (since 25.4).
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "getIdentityByExternalID")]
    pub async fn get_identity_by_external_id(&self, external_id: &str) -> Result<Identity, Error> {
        self.connection.json(self.connection.call(Operation::GetIdentityByExternalId, &[external_id])?).await
    }

    /// Replaces an identity.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_conflict`], [`Error::is_invalid`]. Up to 0.8 Kratos answers 500 to a field that
    /// the release does not support.
    #[doc(alias = "update_identity_admin")]
    #[doc(alias = "updateIdentity")]
    pub async fn update_identity(&self, id: Uuid, identity: &UpdatedIdentity) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::UpdateIdentity, &[&id.to_string()])?;
        self.connection.json(call.json(identity)?).await
    }

    /// Changes parts of an identity (since 0.11). 0.11.1 deletes `metadata_admin` with each patch: set it by
    /// [`update_identity`](Self::update_identity) afterwards.
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_conflict`], [`Error::is_invalid`].
    #[doc(alias = "patchIdentity")]
    pub async fn patch_identity(&self, id: Uuid, patch: &JsonPatch) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::PatchIdentity, &[&id.to_string()])?;
        self.connection.json(call.json(patch)?).await
    }

    /// Deletes an identity with its sessions and credentials.
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "delete_identity_admin")]
    #[doc(alias = "deleteIdentity")]
    pub async fn delete_identity(&self, id: Uuid) -> Result<(), Error> {
        self.connection.done(self.connection.call(Operation::DeleteIdentity, &[&id.to_string()])?).await
    }

    /// Deletes a credential (since 0.13). `identifier` selects one of several: `provider:subject` for single sign-on (since
    /// 1.3).
    ///
    /// # Errors
    /// [`Error::is_not_found`]; [`Error::is_invalid`] for the last first factor and for kinds that cannot be deleted.
    #[doc(alias = "deleteIdentityCredentials")]
    pub async fn delete_identity_credentials(
        &self,
        id: Uuid,
        kind: &Method,
        identifier: Option<&str>,
    ) -> Result<(), Error> {
        let values = [id.to_string(), kind.as_str().to_owned()];
        let [id, kind] = &values;
        let call = self.connection.call(Operation::DeleteIdentityCredentials, &[id, kind])?;
        self.connection.done(call.query_opt("identifier", identifier)).await
    }
}
