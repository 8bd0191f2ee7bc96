//! Sessions of all users.

use uuid::Uuid;

use super::{AdminClient, ListSessions, SessionExpand, list};
use crate::{
    client::{Error, Pager, connection::decode, operations::Operation, with_cookies::RelayRule},
    model::Session,
};

impl AdminClient {
    /// Lists sessions of all users (since 0.11).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "listSessions")]
    pub fn list_sessions(&self, filter: ListSessions) -> Result<Pager<Session>, Error> {
        let call = self.connection.call(Operation::ListSessions, &[])?;
        Ok(Pager::new(&self.connection, Operation::ListSessions, filter.apply(call)))
    }

    /// Lists the sessions of an identity (since 0.9).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "listIdentitySessions")]
    pub fn list_identity_sessions(&self, id: Uuid, active: Option<bool>) -> Result<Pager<Session>, Error> {
        let call = self.connection.call(Operation::ListIdentitySessions, &[&id.to_string()])?;
        Ok(Pager::new(
            &self.connection,
            Operation::ListIdentitySessions,
            call.query_opt("active", active.map(|active| active.to_string())),
        ))
    }

    /// Ends all sessions of an identity (since 0.8).
    ///
    /// # Errors
    /// [`Error::is_not_found`] if it has none.
    #[doc(alias = "deleteIdentitySessions")]
    pub async fn delete_identity_sessions(&self, id: Uuid) -> Result<(), Error> {
        self.connection
            .done(self.connection.call(Operation::DeleteIdentitySessions, &[&id.to_string()])?)
            .await
    }

    /// Returns a session (since 0.11).
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "getSession")]
    pub async fn get_session(&self, id: Uuid, expand: &[SessionExpand]) -> Result<Session, Error> {
        let call = self.connection.call(Operation::GetSession, &[&id.to_string()])?;
        self.connection.json(list::with_query(call, SessionExpand::query(expand))).await
    }

    /// Ends a session (since 0.11).
    ///
    /// # Errors
    /// [`Error::is_not_found`], depending on the release.
    #[doc(alias = "disableSession")]
    pub async fn disable_session(&self, id: Uuid) -> Result<(), Error> {
        self.connection.done(self.connection.call(Operation::DisableSession, &[&id.to_string()])?).await
    }

    /// Extends a session to the full lifespan, if it is within the configured time of its end (since 0.10). The browser
    /// receives the new expiry with the next whoami. Does not revive an ended session.
    ///
    /// Returns `None` if Kratos is configured not to return the session (`faster_session_extend`, the default of the Ory
    /// Network).
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "extendSession")]
    pub async fn extend_session(&self, id: Uuid) -> Result<Option<Session>, Error> {
        let call = self.connection.call(Operation::ExtendSession, &[&id.to_string()])?;
        let what = call.what.clone();
        let (reply, _) = self.connection.succeed(call, &RelayRule::None).await?;
        if reply.body.is_empty() { Ok(None) } else { decode(&what, &reply).map(Some) }
    }
}
