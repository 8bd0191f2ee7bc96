//! Signing out.

use url::Url;

use crate::{
    adapter::{HeaderLookup, RequestSession},
    client::BrowserCookies,
    policy::{GuardResponse, Refusal, RefusalReason, RequestView, is_cross_site},
    request::Rejection,
};

impl RequestSession {
    /// Ends the browser's session and redirects to `return_to` (a query parameter; a URL of this application) or home. Mount
    /// it for POST: any site could hold a link that signs out. An anonymous request is redirected as well. Drops the
    /// cached session.
    ///
    /// # Errors
    /// The response to send: 403 unless the request is a POST of this site, 503 when Kratos is unreachable. The session
    /// then still stands.
    pub(crate) async fn logout<H: HeaderLookup>(
        &self,
        request: &RequestView<'_, H>,
    ) -> Result<GuardResponse, Rejection> {
        let pages = self.pages(request)?;
        let links = pages.links;
        if request.method() != "POST" || is_cross_site(request, Some(links.origins())) {
            let refusal = Refusal::new(RefusalReason::CrossSite, "logout takes a form that this site posts");
            return Err(self.refuse(&refusal, request));
        }
        let cookies = BrowserCookies::from_headers(request.headers());
        let outcome = pages.client.browser(&cookies).logout(None).await;
        let relayed = match outcome {
            Ok(answer) => Some(answer.into_parts().1),
            Err(error) if error.is_unauthenticated() => None,
            Err(error) => return Err(pages.failed(&error, request)),
        };
        if relayed.is_some() {
            self.forget_all(request).await;
        }
        let wanted = request.query("return_to");
        let back = wanted.and_then(|url| Url::parse(&url).ok()).filter(|url| links.is_app(url));
        let refusal = Refusal::new(RefusalReason::Anonymous, "signed out");
        let mut response = GuardResponse::redirect(&back.unwrap_or_else(|| links.home()), None, &refusal);
        if let Some(cookies) = relayed {
            cookies.append_to(&mut response.headers);
        }
        Ok(response)
    }

    /// Drops what is cached of every credential that the request carries, and of their sessions: the one that precedes the
    /// cookie would open the ended session from the cache otherwise.
    async fn forget_all<H: HeaderLookup>(&self, request: &RequestView<'_, H>) {
        let kratos = self.kratos();
        for credential in kratos.credentials().read_all(request.headers()) {
            kratos.resolver().forget(&credential).await;
            if let Some(tokenizer) = kratos.tokenizer() {
                tokenizer.forget(&credential);
            }
        }
        self.forget().await;
    }
}
