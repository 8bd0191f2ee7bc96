//! The session of a credential (whoami).

use super::Client;
use crate::{
    client::{
        Error,
        connection::decode,
        operations::Operation,
        with_cookies::{RelayCookies, WithCookies},
    },
    credential::Credential,
    model::Session,
    resolve::relay,
};

impl Client {
    /// Returns the session of a credential (`GET /sessions/whoami`). Relays only the session cookie, which Kratos sets again
    /// when it extends the session.
    ///
    /// To guard an application use a [`SessionResolver`](crate::resolve::SessionResolver). It distinguishes an anonymous
    /// request, a required step-up and a failing Kratos.
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`], [`Error::needs_aal2`] (since 0.8), [`Error::is_unavailable`].
    #[doc(alias = "toSession")]
    #[doc(alias = "whoami")]
    pub async fn to_session(&self, credential: &Credential) -> Result<WithCookies<Session>, Error> {
        self.whoami(credential, None).await
    }

    /// Returns the session of a credential, with a JWT in [`Session::tokenized`] made from this template of Kratos'
    /// configuration (since 1.1; earlier releases ignore the template).
    ///
    /// # Errors
    /// As [`Client::to_session`]; [`Error::is_invalid`] for a template that is not configured.
    #[doc(alias = "tokenize_as")]
    pub async fn to_session_tokenized(
        &self,
        credential: &Credential,
        template: &str,
    ) -> Result<WithCookies<Session>, Error> {
        self.whoami(credential, Some(template)).await
    }

    async fn whoami(
        &self,
        credential: &Credential,
        template: Option<&str>,
    ) -> Result<WithCookies<Session>, Error> {
        let mut call = self.connection.call(Operation::ToSession, &[])?.query_opt("tokenize_as", template);
        let header = credential.to_header().ok_or_else(|| {
            Error::invalid_call(&call.what, "the credential contains bytes that a header must not contain")
        })?;
        call.credential = Some(header);
        let what = call.what.clone();
        let reply = self.connection.send(call).await?;
        let cookies = RelayCookies::new(relay::session_cookies(&reply.headers, credential));
        if !reply.status.is_success() {
            return Err(self.connection.refused(&what, &reply, cookies));
        }
        Ok(WithCookies::new(decode(&what, &reply)?, cookies, reply.headers))
    }
}
