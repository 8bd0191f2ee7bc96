//! Signing out.

use url::Url;

use crate::{
    RequestSession,
    client::BrowserCookies,
    credential::HeaderLookup,
    policy::{GuardResponse, Refusal, RefusalReason, RequestView, is_cross_site},
};

impl RequestSession {
    /// Ends the browser's session and leads it to `return_to` (a query parameter; on this application only) or
    /// home. Mount it for POST: a link that signs out could be on any site.
    ///
    /// Somebody who is not signed in is led the same way. What a caching resolver remembers is dropped.
    ///
    /// # Errors
    /// The answer to send instead: 403 when another site sent the request or it is no POST, 503 when Kratos cannot
    /// be asked, and then the session still stands.
    pub async fn logout<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<GuardResponse, Box<GuardResponse>> {
        let pages = self.pages(request)?;
        let links = pages.links;
        if request.method() != "POST" || is_cross_site(request, links) {
            let refusal =
                Refusal::new(RefusalReason::CrossSite, "sign out by a form of this site that posts");
            return Err(self.refuse(&refusal, request));
        }
        let cookies = BrowserCookies::from_headers(request.headers());
        let outcome = pages.client.browser(&cookies).logout(None).await;
        let relayed = match outcome {
            Ok(answer) => Some(answer.into_parts().1),
            Err(error) if error.is_unauthenticated() => None,
            Err(error) => return Err(pages.failed(&error, request)),
        };
        self.forget().await;
        let wanted = request.query("return_to");
        let back = wanted.and_then(|url| Url::parse(&url).ok()).filter(|url| links.is_app(url));
        let refusal = Refusal::new(RefusalReason::Anonymous, "signed out");
        let mut answer = GuardResponse::redirect(&back.unwrap_or_else(|| links.home()), None, &refusal);
        if let Some(cookies) = relayed {
            cookies.append_to(&mut answer.headers);
        }
        Ok(answer)
    }
}
