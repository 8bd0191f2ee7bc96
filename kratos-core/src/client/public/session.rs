//! Whose session it is.

use super::Client;
use crate::{
    client::{
        Operation,
        answer::{RelayCookies, WithCookies},
        connection::decode,
        error::Error,
    },
    credential::Credential,
    model::Session,
    resolve::relay,
};

impl Client {
    /// Whose session a credential opens (`GET /sessions/whoami`). The cookies of the answer are the session cookie
    /// re-issued after an extension, and no other.
    ///
    /// To guard an application use a [`SessionResolver`](crate::resolve::SessionResolver), which tells "nobody",
    /// "second factor" and "cannot tell" apart.
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`], [`Error::needs_aal2`] (0.8 and later), or no answer.
    #[doc(alias = "toSession")]
    #[doc(alias = "whoami")]
    pub async fn to_session(&self, credential: &Credential) -> Result<WithCookies<Session>, Error> {
        self.whoami(credential, None).await
    }

    /// The same, with the session as a JWT in [`Session::tokenized`] by this template of Kratos' configuration (1.1
    /// and later; others ignore it).
    ///
    /// # Errors
    /// As for [`Client::to_session`], and [`Error::is_invalid`] for a template that is not configured.
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
            Error::invalid_call(&call.what, "the credential holds bytes that no header can carry")
        })?;
        call.credential = Some(header);
        let what = call.what.clone();
        let reply = self.connection.send(call).await?;
        let cookies = RelayCookies::from(relay::session_cookies(&reply.headers, credential));
        if !reply.status.is_success() {
            return Err(self.connection.refused(&what, &reply, cookies));
        }
        Ok(WithCookies::new(decode(&what, &reply)?, cookies, reply.headers))
    }
}
