//! Logout.

use http::{HeaderValue, StatusCode, header};
use serde_json::json;
use url::Url;

use super::{Browser, Native};
use crate::{
    client::{
        Error, WithCookies,
        operations::Operation,
        with_cookies::{RelayCookies, RelayRule},
    },
    flow::LogoutFlow,
    model::SecretText,
    resolve::relay,
};

impl Browser<'_> {
    /// Creates a logout flow: the URL that signs this browser out, and its token (since 0.7).
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`]; [`Error::is_unsupported`] for 0.6, see [`Browser::logout`].
    #[doc(alias = "createBrowserLogoutFlow")]
    pub async fn create_logout_flow(
        &self,
        return_to: Option<&str>,
    ) -> Result<WithCookies<LogoutFlow>, Error> {
        let call = self.connection.creds_call(Operation::CreateBrowserLogoutFlow, &[], &self.creds())?;
        self.connection.fetch(call.query_opt("return_to", return_to), &RelayRule::All).await
    }

    /// Signs this browser out with the token of its logout flow (since 0.7). The response's cookies delete the browser's.
    ///
    /// Returns the URL to redirect the browser to, if Kratos names one.
    ///
    /// # Errors
    /// Kratos refuses (403) the token of another session.
    #[doc(alias = "updateLogoutFlow")]
    pub async fn submit_logout_flow(
        &self,
        token: &SecretText,
        return_to: Option<&str>,
    ) -> Result<WithCookies<Option<Url>>, Error> {
        let call = self.connection.creds_call(Operation::UpdateLogoutFlow, &[], &self.creds())?;
        let mut call = call.query("token", token.expose_secret()).query_opt("return_to", return_to);
        call.is_https = self.https;
        let what = call.what.clone();
        // Kratos names the URL only in a redirect. A refusal is a redirect to the error page then, and deletes no cookie
        // (26.2.0, selfservice/flow/logout/handler.go): asked again for JSON, Kratos says what it is.
        let mut reply = self.connection.send(call.clone().for_a_page()).await?;
        if reply.status.is_redirection()
            && !deletes_a_cookie(reply.headers.get_all(header::SET_COOKIE).iter())
        {
            reply = self.connection.send(call).await?;
        }
        let cookies = RelayCookies::by(&RelayRule::All, true, &reply.headers);
        let location = self.connection.location(&reply);
        // To a program Kratos says 204 (26.2.0, 1.3.1, 0.7.6). A proxy's page or JSON with 200 ends no session.
        if reply.status == StatusCode::NO_CONTENT || location.is_some() {
            Ok(WithCookies::new(location, cookies, reply.headers))
        } else {
            Err(self.connection.refused(&what, &reply, cookies))
        }
    }

    /// Signs this browser out, in every era: one call for 0.6, two calls since 0.7.
    ///
    /// Returns the URL to redirect the browser to, if Kratos names one.
    ///
    /// # Errors
    /// [`Error::is_unauthenticated`]; 0.6 returns no URL in that case.
    #[doc(alias = "initialize_self_service_browser_logout_flow")]
    pub async fn logout(&self, return_to: Option<&str>) -> Result<WithCookies<Option<Url>>, Error> {
        let one_call = Operation::InitializeBrowserLogout;
        if one_call.route(self.connection.era).is_some() {
            let call = self.connection.creds_call(one_call, &[], &self.creds())?;
            let answer = self.connection.redirect(call.query_opt("return_to", return_to)).await?;
            // It also redirects an anonymous request, whose cookie it does not delete, and, to the error page, a `return_to`
            // that it does not allow (0.6.3, selfservice/flow/logout/handler.go).
            let ended = deletes_a_cookie(answer.cookies().iter());
            let asked = return_to.and_then(|url| Url::parse(url).ok());
            let named = |url: &Url| {
                asked
                    .as_ref()
                    .is_none_or(|asked| (asked.origin(), asked.path()) == (url.origin(), url.path()))
            };
            return Ok(answer.map(|url| (ended && named(&url)).then_some(url)));
        }
        let (flow, first) = self.create_logout_flow(return_to).await?.into_parts();
        let token = flow.token().unwrap_or_else(|| SecretText::new(""));
        Ok(self.submit_logout_flow(&token, return_to).await?.after(first))
    }
}

fn deletes_a_cookie<'a>(mut lines: impl Iterator<Item = &'a HeaderValue>) -> bool {
    lines.any(|line| relay::deletes(line.as_bytes()))
}

impl Native<'_> {
    /// Ends the session of this session token. Succeeds if the session has ended already.
    ///
    /// # Errors
    /// Kratos refuses (403) a token that was never valid.
    #[doc(alias = "revoke_session")]
    #[doc(alias = "performNativeLogout")]
    pub async fn logout(&self, token: &SecretText) -> Result<(), Error> {
        let call = self.connection.call(Operation::PerformNativeLogout, &[])?;
        self.connection.done(call.json(&json!({"session_token": token}))?).await
    }
}
