//! Everybody's sessions.

use uuid::Uuid;

use super::{AdminClient, ListSessions, SessionExpand, list};
use crate::{
    client::{Error, Operation, Pager, answer::RelayRule, connection::decode},
    model::Session,
};

impl AdminClient {
    /// Sessions of everybody, page by page (0.11 and later).
    ///
    /// # Errors
    /// In an era without it.
    #[doc(alias = "listSessions")]
    pub fn list_sessions(&self, which: ListSessions) -> Result<Pager<Session>, Error> {
        let call = self.connection.call(Operation::ListSessions, &[])?;
        Ok(Pager::new(&self.connection, which.apply(call)))
    }

    /// The sessions of an identity, page by page (0.8.3 and later).
    ///
    /// # Errors
    /// In an era without it.
    #[doc(alias = "listIdentitySessions")]
    pub fn list_identity_sessions(&self, id: Uuid, active: Option<bool>) -> Result<Pager<Session>, Error> {
        let call = self.connection.call(Operation::ListIdentitySessions, &[&id.to_string()])?;
        Ok(Pager::new(&self.connection, call.query_opt("active", active.map(|active| active.to_string()))))
    }

    /// Ends all sessions of an identity (0.8 and later).
    ///
    /// # Errors
    /// [`Error::is_not_found`] when it has none.
    #[doc(alias = "deleteIdentitySessions")]
    pub async fn delete_identity_sessions(&self, id: Uuid) -> Result<(), Error> {
        self.connection
            .done(self.connection.call(Operation::DeleteIdentitySessions, &[&id.to_string()])?)
            .await
    }

    /// One session (0.11 and later).
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "getSession")]
    pub async fn get_session(&self, id: Uuid, expand: &[SessionExpand]) -> Result<Session, Error> {
        let call = self.connection.call(Operation::GetSession, &[&id.to_string()])?;
        self.connection.json(list::with_query(call, SessionExpand::query(expand))).await
    }

    /// Ends a session (0.11 and later).
    ///
    /// # Errors
    /// [`Error::is_not_found`] where the release tells it.
    #[doc(alias = "disableSession")]
    pub async fn disable_session(&self, id: Uuid) -> Result<(), Error> {
        self.connection.done(self.connection.call(Operation::DisableSession, &[&id.to_string()])?).await
    }

    /// Lets a session live as long again as a new one, if it is near its end as configured (0.10 and later). The
    /// browser gets the new date with the next whoami. `None` where Kratos is set not to tell the session
    /// (`faster_session_extend`, the default on the Ory Network). A session that was ended is not revived.
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
