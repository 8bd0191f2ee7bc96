//! The user's own sessions.

use uuid::Uuid;

use super::{Browser, Native};
use crate::{
    client::{Error, Pager, WithCookies, operations::Operation, with_cookies::RelayRule},
    model::{DeletedSessions, Session},
};

impl Browser<'_> {
    /// Lists the user's other active sessions (since 0.9).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "listMySessions")]
    pub fn list_my_sessions(&self) -> Result<Pager<Session>, Error> {
        let call = self.connection.creds_call(Operation::ListMySessions, &[], &self.creds())?;
        Ok(Pager::new(self.connection, Operation::ListMySessions, call))
    }

    /// Ends the user's other sessions (since 0.9).
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`].
    #[doc(alias = "disableMyOtherSessions")]
    pub async fn disable_my_other_sessions(&self) -> Result<WithCookies<DeletedSessions>, Error> {
        let call = self.connection.creds_call(Operation::DisableMyOtherSessions, &[], &self.creds())?;
        self.connection.fetch(call, &RelayRule::OnSuccess).await
    }

    /// Ends one of the user's other sessions (since 0.9). Succeeds for an unknown id.
    ///
    /// # Errors
    /// [`Error::is_invalid`] for the current session; [`Error::is_unauthenticated`].
    #[doc(alias = "disableMySession")]
    pub async fn disable_my_session(&self, id: Uuid) -> Result<WithCookies<()>, Error> {
        let call =
            self.connection.creds_call(Operation::DisableMySession, &[&id.to_string()], &self.creds())?;
        let (reply, cookies) = self.connection.succeed(call, &RelayRule::OnSuccess).await?;
        Ok(WithCookies::new((), cookies, reply.headers))
    }
}

impl Native<'_> {
    /// Lists the user's other active sessions (since 0.9).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "listMySessions")]
    pub fn list_my_sessions(&self) -> Result<Pager<Session>, Error> {
        let call = self.connection.creds_call(Operation::ListMySessions, &[], &self.creds)?;
        Ok(Pager::new(self.connection, Operation::ListMySessions, call))
    }

    /// Ends the user's other sessions (since 0.9).
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`].
    #[doc(alias = "disableMyOtherSessions")]
    pub async fn disable_my_other_sessions(&self) -> Result<DeletedSessions, Error> {
        let call = self.connection.creds_call(Operation::DisableMyOtherSessions, &[], &self.creds)?;
        self.connection.json(call).await
    }

    /// Ends one of the user's other sessions (since 0.9). Succeeds for an unknown id.
    ///
    /// # Errors
    /// [`Error::is_invalid`] for the current session; [`Error::is_unauthenticated`].
    #[doc(alias = "disableMySession")]
    pub async fn disable_my_session(&self, id: Uuid) -> Result<(), Error> {
        let call =
            self.connection.creds_call(Operation::DisableMySession, &[&id.to_string()], &self.creds)?;
        self.connection.done(call).await
    }
}
