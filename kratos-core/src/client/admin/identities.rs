//! Identities.

use uuid::Uuid;

use super::{AdminClient, BatchIdentities, JsonPatch, ListIdentities, NewIdentity, UpdatedIdentity, list};
use crate::{
    client::{Error, Operation, Pager},
    model::{BatchResults, Identity, Method},
};

impl AdminClient {
    /// Identities, page by page.
    ///
    /// # Errors
    /// When filters are given in an era that has none: it would answer everybody.
    #[doc(alias = "list_identities_admin")]
    #[doc(alias = "listIdentities")]
    pub fn list_identities(&self, which: ListIdentities) -> Result<Pager<Identity>, Error> {
        let call = self.connection.call(Operation::ListIdentities, &[])?;
        Ok(Pager::new(&self.connection, which.apply(call, self.connection.era)?))
    }

    /// Makes an identity.
    ///
    /// # Errors
    /// [`Error::is_conflict`] when an identifier is taken; [`Error::is_invalid`] when traits do not fit the schema
    /// or the release does not know a field.
    #[doc(alias = "create_identity_admin")]
    #[doc(alias = "createIdentity")]
    pub async fn create_identity(&self, identity: &NewIdentity) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::CreateIdentity, &[])?;
        self.connection.json(call.json(identity)?).await
    }

    /// Makes many identities (0.13 and later). The answer is a success although some may have failed: look at each.
    /// 1.3.1 on SQLite then reports identities as made that it does not have (observed); ask for them again.
    ///
    /// # Errors
    /// [`Error::is_conflict`] when all failed; [`Error::is_invalid`] when there are too many.
    #[doc(alias = "batchPatchIdentities")]
    pub async fn batch_patch_identities(&self, identities: &BatchIdentities) -> Result<BatchResults, Error> {
        let call = self.connection.call(Operation::BatchPatchIdentities, &[])?;
        self.connection.json(call.json(identities)?).await
    }

    /// One identity, without the secrets of its credentials.
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "get_identity_admin")]
    #[doc(alias = "getIdentity")]
    pub async fn get_identity(&self, id: Uuid) -> Result<Identity, Error> {
        self.get_identity_with_credentials(id, &[]).await
    }

    /// One identity with the secrets of these credentials: hashed passwords, tokens of providers (0.8 and later;
    /// `oidc` alone up to 0.13).
    ///
    /// # Errors
    /// [`Error::is_not_found`]; [`Error::is_invalid`] for a kind that is not told.
    pub async fn get_identity_with_credentials(&self, id: Uuid, kinds: &[Method]) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::GetIdentity, &[&id.to_string()])?;
        let query = kinds.iter().map(|kind| ("include_credential", kind.as_str().into())).collect();
        self.connection.json(list::with_query(call, query)).await
    }

    /// One identity by the id that your own system has for it (25.4 and later).
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
    /// [`Error::is_not_found`], [`Error::is_conflict`], [`Error::is_invalid`]. Up to 0.8 a field that the release
    /// does not know is answered with 500.
    #[doc(alias = "update_identity_admin")]
    #[doc(alias = "updateIdentity")]
    pub async fn update_identity(&self, id: Uuid, identity: &UpdatedIdentity) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::UpdateIdentity, &[&id.to_string()])?;
        self.connection.json(call.json(identity)?).await
    }

    /// Changes parts of an identity (0.11 and later).
    ///
    /// # Errors
    /// [`Error::is_not_found`], [`Error::is_conflict`], [`Error::is_invalid`].
    #[doc(alias = "patchIdentity")]
    pub async fn patch_identity(&self, id: Uuid, patch: &JsonPatch) -> Result<Identity, Error> {
        let call = self.connection.call(Operation::PatchIdentity, &[&id.to_string()])?;
        self.connection.json(call.json(patch)?).await
    }

    /// Deletes an identity and all that belongs to it.
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "delete_identity_admin")]
    #[doc(alias = "deleteIdentity")]
    pub async fn delete_identity(&self, id: Uuid) -> Result<(), Error> {
        self.connection.done(self.connection.call(Operation::DeleteIdentity, &[&id.to_string()])?).await
    }

    /// Deletes a credential (0.13 and later). `identifier` says which of many: `provider:subject` for single
    /// sign-on (1.3 and later).
    ///
    /// # Errors
    /// [`Error::is_not_found`]; [`Error::is_invalid`] for the last first factor and kinds that stay.
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
