//! Signing out.

use serde_json::json;
use url::Url;

use super::{Browser, Native};
use crate::{
    client::{
        Error, Operation, WithCookies,
        answer::{RelayCookies, RelayRule},
    },
    flow::LogoutFlow,
    model::SecretText,
};

impl Browser<'_> {
    /// The link that signs this browser out, and its token (0.7 and later).
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`]; in 0.6, which has no such link: see [`Browser::logout`].
    #[doc(alias = "createBrowserLogoutFlow")]
    pub async fn create_logout_flow(
        &self,
        return_to: Option<&str>,
    ) -> Result<WithCookies<LogoutFlow>, Error> {
        let call = self.connection.creds_call(Operation::CreateBrowserLogoutFlow, &[], &self.creds())?;
        self.connection.fetch(call.query_opt("return_to", return_to), &RelayRule::All).await
    }

    /// Signs this browser out by the token of its link (0.7 and later). The cookies of the answer delete those of
    /// the browser. The value is where the browser goes, where Kratos tells it.
    ///
    /// # Errors
    /// A token of another session (403).
    #[doc(alias = "updateLogoutFlow")]
    pub async fn submit_logout_flow(
        &self,
        token: &SecretText,
        return_to: Option<&str>,
    ) -> Result<WithCookies<Option<Url>>, Error> {
        let call = self.connection.creds_call(Operation::UpdateLogoutFlow, &[], &self.creds())?;
        let call = call.query("token", token.expose_secret()).query_opt("return_to", return_to);
        let what = call.what.clone();
        let reply = self.connection.send(call).await?;
        let cookies = RelayCookies::by(&RelayRule::All, true, &reply.headers);
        let go_to = self.connection.location(&reply);
        if reply.status.is_success() || go_to.is_some() {
            Ok(WithCookies::new(go_to, cookies, reply.headers))
        } else {
            Err(self.connection.refused(&what, &reply, cookies))
        }
    }

    /// Signs this browser out, in every era: one call in 0.6, two later.
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`]; 0.6 redirects in that case too.
    #[doc(alias = "initialize_self_service_browser_logout_flow")]
    pub async fn logout(&self, return_to: Option<&str>) -> Result<WithCookies<Option<Url>>, Error> {
        let in_one = Operation::InitializeBrowserLogout;
        if in_one.route(self.connection.era).is_some() {
            let call = self.connection.creds_call(in_one, &[], &self.creds())?;
            return Ok(self.connection.redirect(call.query_opt("return_to", return_to)).await?.map(Some));
        }
        let (flow, first) = self.create_logout_flow(return_to).await?.into_parts();
        let token = flow.token().unwrap_or_else(|| SecretText::new(""));
        Ok(self.submit_logout_flow(&token, return_to).await?.after(first))
    }
}

impl Native<'_> {
    /// Ends the session of this token. Ending it twice is no error. (0.6 has another path for it, which today ends
    /// one's *other* sessions; it is never sent to a later era.)
    ///
    /// # Errors
    /// A token that never opened a session (403).
    #[doc(alias = "revoke_session")]
    #[doc(alias = "performNativeLogout")]
    pub async fn logout(&self, token: &SecretText) -> Result<(), Error> {
        let call = self.connection.call(Operation::PerformNativeLogout, &[])?;
        self.connection.done(call.json(&json!({"session_token": token}))?).await
    }
}
